"""What could still be booked for missed minutes: limits, caps, last days, and never a minute twice."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.attendance.rules.ways import Terms, Way, choose_ways
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import MakeUpLimits, MakeUpRoute
from advocates.hours.rules import ModuleHours, Part, Slice, VersionHours, balance, total_minutes

A, B, ELECTIVE = UUID(int=1), UUID(int=2), UUID(int=3)
S1, S2 = UUID(int=11), UUID(int=12)
IN_PERSON, ONLINE, ACTIVITY = DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE, DeliveryMode.EQUIVALENT_ACTIVITY
OTHER, EQUIVALENT = MakeUpRoute.OTHER_COHORT, MakeUpRoute.EQUIVALENT_ACTIVITY
MODULES = {A: ModuleHours(60, position=0), B: ModuleHours(40, position=1)}
VERSION = VersionHours(100, MODULES)
MONDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 6)


def session(*parts: tuple[UUID, int, int], key: UUID = S1, on: date = FRIDAY, mode: DeliveryMode = IN_PERSON) -> Way:
    return Way(OTHER, on, tuple(Part(*part, mode) for part in parts), key)


def activity(*modules: UUID) -> Way:
    return Way(EQUIVALENT, MONDAY, tuple(Part(m, 0, MODULES[m].minutes, ACTIVITY) for m in modules))


def missed(**slices: tuple[int, int]) -> dict[UUID, tuple[Slice, ...]]:
    return {{"a": A, "b": B}[name]: (Slice(*each),) for name, each in slices.items()}


def chosen(missing, ways, known=(), **terms):
    """By session key (None for activities), the minutes that each would credit."""
    values = {"hours": VERSION, **terms}
    return {fix.way.session_id: fix.minutes for fix in choose_ways(list(known), missing, ways, Terms(**values))}


@pytest.mark.parametrize(
    ("missing", "ways", "expected"),
    [
        pytest.param(missed(a=(0, 60)), [], {}, id="nothing known"),
        pytest.param(missed(a=(0, 60)), [session((A, 0, 60))], {S1: 60}, id="a session teaches all of it"),
        pytest.param(missed(a=(20, 60)), [session((A, 0, 40))], {S1: 20}, id="a session teaches a part of it"),
        pytest.param(missed(a=(0, 20)), [session((B, 0, 40))], {}, id="another module is of no use"),
        pytest.param(missed(a=(0, 60)), [activity(A)], {None: 60}, id="an activity"),
        pytest.param(missed(a=(0, 60)), [session((A, 0, 60)), activity(A)], {S1: 60}, id="sessions come first"),
        pytest.param(
            missed(a=(0, 60)),
            [session((A, 0, 40)), session((A, 20, 60), key=S2)],
            {S1: 40, S2: 20},
            id="by two sessions, each minute once",
        ),
        pytest.param(
            missed(a=(0, 60), b=(0, 40)), [session((B, 0, 40)), activity(A)], {S1: 40, None: 60}, id="one by each"
        ),
        pytest.param(
            missed(a=(0, 60)), [session((A, 0, 60), mode=DeliveryMode.SELF_PACED)], {}, id="a mode that never counts"
        ),
    ],
)
def test_ways(missing, ways, expected):
    hours = VersionHours(100, MODULES, delivery_caps={DeliveryMode.SELF_PACED: 0})
    assert chosen(missing, ways, hours=hours) == expected


@pytest.mark.parametrize(
    ("limits", "used", "expected"),
    [
        (MakeUpLimits(), {}, {S1: 60, None: 40}),
        (MakeUpLimits(most_minutes=70), {}, {S1: 60, None: 10}),
        (MakeUpLimits(most_minutes=70), {EQUIVALENT: 30}, {S1: 40}),
        (MakeUpLimits(most_minutes_by_route={OTHER: 25}), {}, {S1: 25, None: 40}),
        (MakeUpLimits(most_minutes_by_route={EQUIVALENT: 30}), {EQUIVALENT: 10}, {S1: 60, None: 20}),
        (MakeUpLimits(most_minutes=0), {}, {}),
    ],
)
def test_limits_bound_each_way_and_all_of_them(limits, used, expected):
    ways = [session((A, 0, 60)), activity(B)]
    assert chosen(missed(a=(0, 60), b=(0, 40)), ways, limits=limits, used=used) == expected


def test_a_limit_on_sessions_is_not_spent_on_what_an_activity_can_do():
    ways = [session((A, 0, 60), (B, 0, 40)), activity(A)]
    limits = MakeUpLimits(most_minutes_by_route={OTHER: 40})
    assert chosen(missed(a=(0, 60), b=(0, 40)), ways, limits=limits) == {S1: 40, None: 60}


def test_a_cap_on_activities_counts_what_is_credited_by_them_already():
    hours = VersionHours(100, MODULES, delivery_caps={ACTIVITY: 50})
    known = [Part(B, 0, 40, ACTIVITY)]
    assert chosen(missed(a=(0, 60)), [activity(A)], known, hours=hours) == {None: 10}


def test_what_is_over_after_the_last_day_is_no_way():
    last = {A: date(2026, 11, 5), B: None}
    ways = [session((A, 0, 60), (B, 0, 40)), activity(A)]
    assert chosen(missed(a=(0, 60), b=(0, 40)), ways, last_day=lambda m, _minutes: last[m]) == {S1: 40, None: 60}
    past = {A: date(2026, 11, 1), B: None}
    assert chosen(missed(a=(0, 60)), ways, last_day=lambda m, _minutes: past[m]) == {}


def test_sessions_stand_in_order_of_time_and_activities_last():
    ways = [activity(B), session((A, 30, 60)), session((A, 0, 30), key=S2, on=MONDAY)]
    assert list(chosen(missed(a=(0, 60), b=(0, 40)), ways)) == [S2, S1, None]


SLICES = st.tuples(st.integers(0, 59), st.integers(0, 59)).map(lambda ends: (min(ends), max(ends) + 1))
PARTS = st.lists(
    st.builds(
        lambda module, ends, mode: Part(module, *ends, mode),
        st.sampled_from([A, B, ELECTIVE]),
        SLICES,
        st.sampled_from([IN_PERSON, ONLINE]),
    ),
    max_size=4,
)
SESSIONS = st.lists(PARTS, max_size=4).map(
    lambda found: [Way(OTHER, FRIDAY, tuple(parts), UUID(int=100 + n)) for n, parts in enumerate(found)]
)
LIMITS = st.builds(
    lambda most, other, equivalent: MakeUpLimits(
        most, {route: room for route, room in ((OTHER, other), (EQUIVALENT, equivalent)) if room is not None}
    ),
    *[st.none() | st.integers(0, 80)] * 3,
)
VERSIONS = st.builds(
    lambda owed, caps: VersionHours(
        100 + owed, {**MODULES, ELECTIVE: ModuleHours(50, is_required=False, position=2)}, owed, caps
    ),
    st.integers(0, 50),
    st.sampled_from([{}, {ONLINE: 0}, {ONLINE: 25}, {ACTIVITY: 30}, {ONLINE: 20, ACTIVITY: 20}]),
)


@given(known=PARTS, sessions=SESSIONS, activities=st.sets(st.sampled_from([A, B])), limits=LIMITS, hours=VERSIONS)
def test_every_chosen_minute_is_missed_credited_once_and_within_the_limits(known, sessions, activities, limits, hours):
    now = balance(known, hours)
    missing = {module.module_id: module.missing for module in now.modules}
    ways = [*sessions, activity(*activities)]
    fixes = choose_ways(known, missing, ways, Terms(hours, limits))
    parts = [part for fix in fixes for part in fix.parts]
    for module_id, slices in missing.items():
        mine = [part.slice for part in parts if part.module_id == module_id]
        assert total_minutes(mine) == sum(each.minutes for each in mine) <= total_minutes(slices)
    after = balance([*known, *parts], hours)
    assert after.credited_minutes - now.credited_minutes == sum(fix.minutes for fix in fixes)
    spent = {route: sum(fix.minutes for fix in fixes if fix.way.route is route) for route in (OTHER, EQUIVALENT)}
    assert limits.most_minutes is None or sum(spent.values()) <= limits.most_minutes
    assert all(spent[route] <= room for route, room in limits.most_minutes_by_route.items())


@given(known=PARTS, sessions=SESSIONS, more=SESSIONS, activities=st.sets(st.sampled_from([A, B])))
def test_without_limits_one_way_more_never_brings_less(known, sessions, more, activities):
    missing = {module.module_id: module.missing for module in balance(known, VERSION).modules}

    def minutes(ways):
        return sum(fix.minutes for fix in choose_ways(known, missing, ways, Terms(VERSION)))

    added = [Way(way.route, way.on, way.parts, UUID(int=way.session_id.int + 100)) for way in more]
    few = minutes(sessions)
    assert few <= minutes([*sessions, *added]) <= minutes([*sessions, *added, activity(*activities)])
