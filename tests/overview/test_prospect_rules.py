"""On track, at risk, not here, nowhere: a table of cases, and figures that add up whatever happens."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.attendance.rules.ways import Terms, Way
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import MakeUpRoute
from advocates.hours.rules import ModuleHours, Part, VersionHours, balance
from advocates.overview.rules import Evidence, Offer, Prospect, Reach, Situation, look_ahead, prospect_of
from tests.overview.test_rules import PARTS, VERSIONS

A, B = UUID(int=1), UUID(int=2)
VERSION = VersionHours(100, {A: ModuleHours(60, position=0), B: ModuleHours(40, position=1)})
SESSION, THERE = UUID(int=11), UUID(int=21)
IN_PERSON, ONLINE, ACTIVITY = DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE, DeliveryMode.EQUIVALENT_ACTIVITY
TODAY = date(2026, 11, 2)
OVER = TODAY - timedelta(days=1)
ALL_A, ALL_B = Part(A, 0, 60, IN_PERSON), Part(B, 0, 40, IN_PERSON)
MISSED_A = {"taught": [ALL_A], "offers": [Offer(SESSION, [ALL_B])]}
TO_COME = {"offers": [Offer(SESSION, [ALL_A, ALL_B])]}
THERE_A = Way(MakeUpRoute.OTHER_COHORT, TODAY + timedelta(days=7), (ALL_A,), THERE)
HALF_A = Way(MakeUpRoute.OTHER_COHORT, TODAY + timedelta(days=7), (Part(A, 0, 30, IN_PERSON),), THERE)
ACTIVITY_A = Way(MakeUpRoute.EQUIVALENT_ACTIVITY, TODAY, (Part(A, 0, 60, ACTIVITY),))


def prospect(live=(), ways=(), claimed=(), version=VERSION, window=None, last_day=None, **evidence) -> Prospect:
    given_ = Evidence(**evidence)
    terms = Terms(version, last_day=lambda _module, _minutes: last_day)
    situation = Situation(list(live), given_, list(claimed), list(ways), terms, TODAY, window)
    return prospect_of(look_ahead(balance(live, version), list(live), given_, version), situation)


def figures(found: Prospect) -> tuple[int, ...]:
    f = found.forecast
    here = (f.credited, f.awaiting, f.unconfirmed, f.still_possible)
    return (*here, f.claimed, f.elsewhere, found.nowhere, found.unplanned)


@pytest.mark.parametrize(
    ("case", "reach", "expected"),
    [
        pytest.param({}, "on_track", (0, 0, 0, 0, 0, 0, 0, 100), id="nothing is scheduled yet: nobody is alarmed"),
        pytest.param(TO_COME, "on_track", (0, 0, 0, 100, 0, 0, 0, 0), id="everything is to come"),
        pytest.param({"live": [ALL_A, ALL_B]}, "on_track", (100, 0, 0, 0, 0, 0, 0, 0), id="complete"),
        pytest.param(
            {"awaiting": [ALL_A], **MISSED_A}, "on_track", (0, 60, 0, 40, 0, 0, 0, 0), id="marked present is not missed"
        ),
        pytest.param(
            {"unconfirmed": [ALL_A], "offers": MISSED_A["offers"]},
            "on_track",
            (0, 0, 60, 40, 0, 0, 0, 0),
            id="unmarked is unknown",
        ),
        pytest.param(MISSED_A, "nowhere", (0, 0, 0, 40, 0, 0, 60, 0), id="missed, and nothing is known"),
        pytest.param({"ways": [HALF_A], **MISSED_A}, "nowhere", (0, 0, 0, 40, 0, 30, 30, 0), id="half of it is known"),
        pytest.param({"ways": [THERE_A], **MISSED_A}, "not_here", (0, 0, 0, 40, 0, 60, 0, 0), id="only elsewhere"),
        pytest.param({"ways": [ACTIVITY_A], **MISSED_A}, "at_risk", (0, 0, 0, 40, 0, 60, 0, 0), id="an activity does"),
        pytest.param(
            {"ways": [THERE_A, ACTIVITY_A], **MISSED_A}, "at_risk", (0, 0, 0, 40, 0, 60, 0, 0), id="either does"
        ),
        pytest.param({"claimed": [ALL_A], **MISSED_A}, "on_track", (0, 0, 0, 40, 60, 0, 0, 0), id="all is proposed"),
        pytest.param(
            {"claimed": [Part(A, 0, 20, ACTIVITY)], "ways": [ACTIVITY_A], **MISSED_A},
            "at_risk",
            (0, 0, 0, 40, 20, 40, 0, 0),
            id="a part is proposed",
        ),
        pytest.param(
            {"claimed": [ALL_B], "ways": [THERE_A], **MISSED_A},
            "not_here",
            (0, 0, 0, 40, 0, 60, 0, 0),
            id="a make-up of what is to come anyway brings nothing",
        ),
        pytest.param(
            {"claimed": [ALL_A]},
            "on_track",
            (0, 0, 0, 0, 60, 0, 0, 40),
            id="what is not scheduled yet is proposed",
        ),
        pytest.param(
            {"claimed": [Part(A, 30, 60, IN_PERSON)], "taught": [Part(A, 0, 30, IN_PERSON)], "ways": [ACTIVITY_A]},
            "at_risk",
            (0, 0, 0, 0, 30, 30, 0, 40),
            id="a make-up of what is not scheduled yet brings nothing of what was missed",
        ),
        pytest.param(
            {"ways": [THERE_A], "last_day": TODAY + timedelta(days=6), **MISSED_A},
            "nowhere",
            (0, 0, 0, 40, 0, 0, 60, 0),
            id="the session comes after the last day",
        ),
        pytest.param(
            {"ways": [THERE_A], "last_day": TODAY + timedelta(days=7), **MISSED_A},
            "not_here",
            (0, 0, 0, 40, 0, 60, 0, 0),
            id="the session comes on the last day",
        ),
        pytest.param(
            {"window": TODAY + timedelta(days=14), **TO_COME},
            "at_risk",
            (0, 0, 0, 100, 0, 0, 0, 0),
            id="the window is near",
        ),
        pytest.param(
            {"window": TODAY + timedelta(days=15), **TO_COME},
            "on_track",
            (0, 0, 0, 100, 0, 0, 0, 0),
            id="the window is far",
        ),
        pytest.param(
            {"window": TODAY, "live": [ALL_A, ALL_B]}, "on_track", (100, 0, 0, 0, 0, 0, 0, 0), id="complete in time"
        ),
        pytest.param({"window": OVER, **TO_COME}, "nowhere", (0, 0, 0, 0, 0, 0, 100, 0), id="too late for sessions"),
        pytest.param({"window": OVER}, "nowhere", (0, 0, 0, 0, 0, 0, 100, 0), id="too late to plan any"),
        pytest.param(
            {"window": OVER, "ways": [ACTIVITY_A, THERE_A], **MISSED_A},
            "nowhere",
            (0, 0, 0, 0, 0, 0, 100, 0),
            id="too late for activities and sessions elsewhere",
        ),
        pytest.param(
            {"window": OVER, "live": [ALL_A], "awaiting": [ALL_B]},
            "on_track",
            (60, 40, 0, 0, 0, 0, 0, 0),
            id="the window is over, and the rest awaits sign-off",
        ),
        pytest.param(
            {"window": OVER, "live": [ALL_A, ALL_B]}, "on_track", (100, 0, 0, 0, 0, 0, 0, 0), id="was complete in time"
        ),
        pytest.param(
            {"window": THERE_A.on - timedelta(days=1), "ways": [THERE_A], **MISSED_A},
            "nowhere",
            (0, 0, 0, 40, 0, 0, 60, 0),
            id="the session elsewhere comes after the window",
        ),
        pytest.param(
            {"window": THERE_A.on, "ways": [THERE_A], **MISSED_A},
            "not_here",
            (0, 0, 0, 40, 0, 60, 0, 0),
            id="the session elsewhere comes on the last day of the window",
        ),
        pytest.param(
            {"window": TODAY, "offers": [Offer(SESSION, [ALL_A], TODAY), Offer(SESSION, [ALL_B], THERE_A.on)]},
            "nowhere",
            (0, 0, 0, 60, 0, 0, 40, 0),
            id="a session of the cohort comes after the window",
        ),
        pytest.param(
            {"window": THERE_A.on, "offers": [Offer(SESSION, [ALL_A, ALL_B], THERE_A.on)]},
            "at_risk",
            (0, 0, 0, 100, 0, 0, 0, 0),
            id="the last session comes on the last day of the window",
        ),
    ],
)
def test_cases(case, reach, expected):
    found = prospect(**case)
    assert (found.reach, figures(found)) == (reach, expected)


def test_too_few_minutes_in_person_can_not_be_completed_here():
    version = VersionHours(100, VERSION.modules, delivery_minimums={IN_PERSON: 50})
    found = prospect([Part(A, 0, 60, ONLINE)], [THERE_A], version=version, offers=[Offer(SESSION, [ALL_B])])
    assert found.reach is Reach.NOT_HERE
    assert [short.credited for short in found.outlook.unreachable] == [40]


def test_those_in_the_greatest_need_sort_last():
    by_need = [
        prospect(**TO_COME),
        prospect(ways=[ACTIVITY_A], **MISSED_A),
        prospect(ways=[THERE_A], **MISSED_A),
        prospect(ways=[HALF_A], **MISSED_A),
        prospect(**MISSED_A),
    ]
    shuffled = [by_need[n] for n in (3, 0, 4, 2, 1)]
    assert sorted(shuffled, key=lambda each: each.need) == by_need


WAYS = st.tuples(PARTS, st.booleans()).map(
    lambda drawn: [
        Way(MakeUpRoute.OTHER_COHORT, TODAY, tuple(drawn[0]), THERE),
        *([ACTIVITY_A] if drawn[1] else []),
    ]
)


@given(
    live=PARTS,
    awaiting=PARTS,
    unconfirmed=PARTS,
    upcoming=PARTS,
    taught=PARTS,
    claimed=PARTS,
    ways=WAYS,
    version=VERSIONS,
    window=st.sampled_from([None, OVER, TODAY]),
)
def test_the_figures_always_add_up_and_none_is_negative(
    live, awaiting, unconfirmed, upcoming, taught, claimed, ways, version, window
):
    offers = [Offer(SESSION, upcoming, TODAY), Offer(THERE, upcoming[::-1], TODAY + timedelta(days=1))]
    evidence = {"awaiting": awaiting, "unconfirmed": unconfirmed, "offers": offers}
    found = prospect(live, ways, claimed, version, window, taught=taught, **evidence)
    assert sum(figures(found)) == version.required_contact_minutes
    assert min(figures(found)) >= 0


@given(live=PARTS, upcoming=PARTS, taught=PARTS, claimed=PARTS, ways=WAYS)
def test_a_way_more_never_leaves_more_nowhere_nor_a_worse_outlook(live, upcoming, taught, claimed, ways):
    evidence = {"offers": [Offer(SESSION, upcoming)], "taught": taught}
    fewer, more = (prospect(live, known, claimed, **evidence) for known in ([], ways))
    assert more.nowhere <= fewer.nowhere
    assert list(Reach).index(more.reach) <= list(Reach).index(fewer.reach)


@given(taught=PARTS, live=PARTS, is_signed=st.booleans())
def test_whoever_was_there_for_everything_taught_is_never_warned(taught, live, is_signed):
    """Marked present, awaiting or credited: no minute that they attended is called missed."""
    there = {"live": [*live, *taught]} if is_signed else {"live": live, "awaiting": taught}
    found = prospect(**there, taught=taught)
    assert found.outlook.missed_minutes == 0
    assert found.open == {}
    assert found.reach is Reach.ON_TRACK
