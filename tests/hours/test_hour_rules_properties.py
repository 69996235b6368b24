"""What must hold for every evidence, however it is cut, ordered, corrected or taken back."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import (
    DeliveredSegment,
    Earned,
    LiveEntry,
    ModuleHours,
    Part,
    Presence,
    Source,
    SourceKind,
    VersionHours,
    balance,
    difference,
    earned_from_presence,
    forecast,
    minute_of,
    target_slices,
    total_minutes,
)

REQUIRED = [uuid.UUID(int=n) for n in (1, 2)]
ELECTIVE = uuid.UUID(int=3)
START = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)  # 23:00 in Chicago, the night the clocks go back
modes = st.sampled_from(DeliveryMode)


def ranges(limit):
    pairs = st.tuples(st.integers(0, limit), st.integers(0, limit))
    return pairs.filter(lambda pair: pair[0] != pair[1]).map(sorted)


@st.composite
def versions(draw):
    owed = draw(st.integers(0, 20))
    caps = draw(st.dictionaries(modes, st.integers(0, 40)))
    modules = {module: ModuleHours(30, position=n) for n, module in enumerate(REQUIRED)}
    modules[ELECTIVE] = ModuleHours(25, is_required=False, position=9)
    return VersionHours(60 + owed, modules, owed, caps, {DeliveryMode.IN_PERSON: 10})


@st.composite
def parts(draw):
    from_minute, to_minute = draw(ranges(35))
    return Part(draw(st.sampled_from([*REQUIRED, ELECTIVE])), from_minute, to_minute, draw(modes))


@st.composite
def facts(draw):
    part = draw(parts())
    source = Source(SourceKind.MARK, uuid.UUID(int=draw(st.integers(50, 54))))
    return Earned(part.module_id, part.from_minute, part.to_minute, part.mode, source)


@st.composite
def presences(draw):
    start, end = draw(ranges(240))
    return Presence(START + timedelta(minutes=start), START + timedelta(minutes=end), draw(modes))


@st.composite
def agendas(draw):
    cuts = sorted(draw(st.sets(st.integers(0, 240), min_size=2, max_size=6)))
    return [
        DeliveredSegment(
            uuid.UUID(int=900 + number),
            uuid.UUID(int=800),
            draw(st.sampled_from([None, *REQUIRED])),
            draw(st.integers(0, 60)),
            START + timedelta(minutes=start),
            START + timedelta(minutes=end),
            DeliveryMode.IN_PERSON,
        )
        for number, (start, end) in enumerate(pairwise(cuts))
    ]


def earn(present, agenda, minutes=1000):
    return earned_from_presence(uuid.UUID(int=7), present, agenda, dict.fromkeys(REQUIRED, minutes))


def clock_minutes(spans):
    return {m for span in spans for m in range(minute_of(span.start), minute_of(span.end))}


def post(live, evidence, version):
    """The ledger after one posting, and what is new given fresh ids."""
    posting = difference(live, target_slices(evidence, version, live))
    kept = [entry for entry in live if entry not in posting.reversals]
    added = [
        LiveEntry(each.module_id, each.from_minute, each.to_minute, each.mode, each.source, uuid.uuid4())
        for each in posting.additions
    ]
    return kept + added


@given(st.lists(presences(), max_size=4), agendas())
def test_credit_is_exactly_the_overlap_of_presence_and_teaching(present, agenda):
    teaching = clock_minutes(segment for segment in agenda if segment.module_id)
    earned = earn(present, agenda)
    assert sum(each.minutes for each in earned) == len(clock_minutes(present) & teaching)


@given(st.lists(presences(), max_size=4), agendas(), st.integers(1, 90))
def test_credit_never_exceeds_the_overlap_or_a_module(present, agenda, minutes):
    teaching = clock_minutes(segment for segment in agenda if segment.module_id)
    earned = earn(present, agenda, minutes)
    assert sum(each.minutes for each in earned) <= len(clock_minutes(present) & teaching)
    assert all(each.to_minute <= minutes for each in earned)


@given(st.lists(presences(), min_size=1, max_size=4), agendas(), st.data())
def test_splitting_an_interval_and_the_order_of_intervals_change_nothing(present, agenda, data):
    chosen = data.draw(st.sampled_from(present))
    length = (chosen.end - chosen.start) // timedelta(minutes=1)
    middle = chosen.start + timedelta(minutes=data.draw(st.integers(0, length)))
    halves = [Presence(chosen.start, middle, chosen.mode), Presence(middle, chosen.end, chosen.mode)]
    others = [each for each in present if each is not chosen]
    shuffled = data.draw(st.permutations(others + halves))
    assert earn(shuffled, data.draw(st.permutations(agenda))) == earn(present, agenda)


@given(st.lists(facts(), max_size=8), versions(), st.data())
def test_the_order_of_facts_changes_nothing(evidence, version, data):
    shuffled = data.draw(st.permutations(evidence))
    assert target_slices(shuffled, version) == target_slices(evidence, version)
    assert balance(shuffled, version) == balance(evidence, version)


@given(st.lists(facts(), min_size=1, max_size=8), versions(), st.data())
def test_splitting_a_fact_changes_nothing(evidence, version, data):
    whole = data.draw(st.sampled_from(evidence))
    at = data.draw(st.integers(whole.from_minute, whole.to_minute))
    halves = [
        Earned(whole.module_id, *pair, whole.mode, whole.source)
        for pair in ((whole.from_minute, at), (at, whole.to_minute))
        if pair[0] < pair[1]
    ]
    others = [each for each in evidence if each is not whole]
    assert target_slices(others + halves, version) == target_slices(evidence, version)


@given(st.lists(facts(), max_size=8), versions())
def test_live_entries_of_a_module_never_overlap_and_cover_all_that_was_earned(evidence, version):
    target = target_slices(evidence, version)
    for module_id, module in version.modules.items():
        slices = [each.slice for each in target if each.module_id == module_id]
        earned = {m for f in evidence if f.module_id == module_id for m in range(f.from_minute, f.to_minute)}
        assert sum(each.minutes for each in slices) == total_minutes(slices)
        assert total_minutes(slices) == len({m for m in earned if m < module.minutes})


@given(st.lists(st.lists(facts(), max_size=4), max_size=6), versions(), st.data())
def test_a_ledger_posted_event_by_event_equals_recomputation(sources, version, data):
    """Each event adds, corrects or takes back one source's facts; the figures depend on the last state only."""
    standing, live = {}, []
    for number, evidence in enumerate(sources):
        standing[data.draw(st.integers(0, number))] = evidence
        now = [fact for kept in standing.values() for fact in kept]
        live = post(live, now, version)
    now = [fact for kept in standing.values() for fact in kept]
    assert balance(live, version) == balance(target_slices(now, version), version) == balance(now, version)
    assert {entry.source for entry in live} <= {fact.source for fact in now}
    assert difference(live, target_slices(now, version, live)).is_empty


@given(st.lists(facts(), max_size=6), st.lists(facts(), max_size=6), versions())
def test_a_difference_posted_once_leaves_nothing_to_post(before, after, version):
    live = post(post([], before, version), after, version)
    assert difference(live, target_slices(after, version, live)).is_empty
    assert post(live, after, version) == live


@given(st.lists(facts(), max_size=8), versions())
def test_credit_stays_within_every_limit_and_adds_up(evidence, version):
    result = balance(evidence, version)
    assert result.credited_minutes == sum(module.credited_minutes for module in result.modules)
    assert result.credited_minutes == sum(result.mode_minutes.values()) <= result.required_minutes
    assert result.electives_minutes <= version.electives_owed_minutes
    for mode, cap in version.delivery_caps.items():
        assert result.mode_minutes[mode] <= cap
    for module in result.modules:
        if module.is_required:
            assert module.credited_minutes + total_minutes(module.missing) == module.minutes
    if result.is_complete:
        assert result.credited_minutes == result.required_minutes


@given(st.lists(facts(), max_size=6), facts(), versions())
def test_more_evidence_never_lowers_the_credit(evidence, more, version):
    assert balance([*evidence, more], version).credited_minutes >= balance(evidence, version).credited_minutes


@given(st.lists(facts(), max_size=8), versions())
def test_no_other_choice_of_modes_would_credit_more(evidence, version):
    assert balance(evidence, version).credited_minutes == most_credit(evidence, version)


def most_credit(evidence, version):
    """Minute by minute, required ones first: each finds a mode with room, moving others where it must."""
    room = {mode: version.delivery_caps.get(mode, 10_000) for mode in DeliveryMode}
    holds, credited, electives = {}, 0, 0

    def find_room(minute, tried):
        for mode in minutes[minute] - tried:
            tried.add(mode)
            holders = [each for each, held in holds.items() if held == mode]
            if len(holders) < room[mode] or any(find_room(each, tried) for each in holders):
                holds[minute] = mode
                return True
        return False

    minutes = {}
    for fact in evidence:
        for minute in range(fact.from_minute, min(fact.to_minute, version.modules[fact.module_id].minutes)):
            minutes.setdefault((fact.module_id, minute), set()).add(fact.mode)
    for minute in sorted(minutes):
        is_elective = minute[0] == ELECTIVE
        if not (is_elective and electives == version.electives_owed_minutes) and find_room(minute, set()):
            credited, electives = credited + 1, electives + is_elective
    return credited


@given(*[st.lists(parts(), max_size=4)] * 4, versions())
def test_the_parts_of_a_forecast_never_exceed_what_is_required(live, awaiting, unconfirmed, upcoming, version):
    result = forecast(live, awaiting, upcoming, version, unconfirmed)
    figures = (result.credited, result.awaiting, result.unconfirmed, result.still_possible)
    assert all(figure >= 0 for figure in figures)
    assert sum(figures) <= result.required == version.required_contact_minutes
    owed = sum(total_minutes(slices) for slices in result.owed_without_place.values())
    assert owed + result.electives_without_place == result.without_place_minutes
    assert result.credited == balance(live, version).credited_minutes
    if result.can_complete_here:
        assert result.without_place_minutes == 0
