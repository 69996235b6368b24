"""Agendas, coverage and patterns, as tables of cases and as properties."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.curriculum.delivery import DeliveryMode
from advocates.schedule.rules import (
    Break,
    Meeting,
    Pattern,
    PlannedSegment,
    PlannedSession,
    SlicePlan,
    agenda_problems,
    coverage,
    instant_of,
    move_session,
    overlapping,
    pattern_problems,
)

CHICAGO = "America/Chicago"
A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
MINUTES = {A: 90, B: 60}


def once(day: date, starts: str, ends: str, *breaks: tuple[str, str], zone: str = CHICAGO) -> Pattern:
    """One meeting on one day."""
    pauses = tuple(Break(time.fromisoformat(b), time.fromisoformat(e)) for b, e in breaks)
    meeting = Meeting(
        day.weekday(), time.fromisoformat(starts), time.fromisoformat(ends), DeliveryMode.IN_PERSON, pauses
    )
    return Pattern((meeting,), day, day, zone)


def utc(clock: str) -> datetime:
    return datetime.combine(date(2026, 10, 6), time.fromisoformat(clock), UTC)


def part(start: str, end: str, module_id: UUID | None = None, from_minute: int | None = None) -> PlannedSegment:
    return PlannedSegment(utc(start), utc(end), module_id, from_minute)


def test_an_agenda_of_slices_and_breaks_has_no_problems():
    segments = [part("17:30", "18:30", A, 0), part("18:30", "18:40"), part("18:40", "19:10", A, 60)]
    assert agenda_problems(utc("17:30"), utc("19:10"), segments, MINUTES) == ()


@pytest.mark.parametrize("end", ["17:30", "17:29"])
def test_a_session_must_end_after_it_starts(end):
    (problem,) = agenda_problems(utc("17:30"), utc(end), [part("17:00", "18:00", C, 0)], MINUTES)
    assert str(problem) == "The session must end after it starts."


NEITHER = "A part that teaches names a module and the minute it starts from; a break names neither."


@pytest.mark.parametrize(
    ("segment", "sentence"),
    [
        (part("18:30", "18:30", A, 0), "This part must end after it starts."),
        (part("18:40", "18:30", A, 0), "This part must end after it starts."),
        (part("17:29", "18:00", A, 0), "This part lies outside the session."),
        (part("20:00", "20:31"), "This part lies outside the session."),
        (part("18:00", "18:00:30"), "This part must be whole minutes long."),
        (part("18:00", "19:01", B, 0), "Minutes 0 to 61 are not all in this module of 60 min."),
        (part("18:00", "19:00", A, 31), "Minutes 31 to 91 are not all in this module of 90 min."),
        (part("18:00", "18:10", A, -5), "Minutes -5 to 5 are not all in this module of 90 min."),
        (part("18:00", "18:10", C, 0), "This module is not in the curriculum version."),
        (part("18:00", "18:10", A), NEITHER),
        (part("18:00", "18:10", None, 0), NEITHER),
    ],
)
def test_a_wrong_part_is_refused_at_its_place(segment, sentence):
    segments = [part("19:40", "19:50"), segment]
    problems = agenda_problems(utc("17:30"), utc("20:30"), segments, MINUTES)
    assert [str(problem) for problem in problems] == [f"segments[1]: {sentence}"]


def test_overlapping_parts_are_told_at_the_later_row_and_touching_ones_are_not():
    segments = [part("18:00", "18:30", A, 0), part("18:29", "18:40"), part("18:40", "19:00", A, 30)]
    problems = agenda_problems(utc("18:00"), utc("19:00"), segments, MINUTES)
    assert [str(problem) for problem in problems] == ["segments[1]: This part overlaps part 1."]


def test_an_agenda_refuses_times_that_are_not_utc():
    local = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo(CHICAGO))
    with pytest.raises(ValueError, match="UTC"):
        PlannedSegment(local, local + timedelta(hours=1), A, 0)
    with pytest.raises(ValueError, match="UTC"):
        PlannedSession(datetime(2026, 11, 1), utc("18:00"), DeliveryMode.IN_PERSON, ())  # noqa: DTZ001


@pytest.mark.parametrize(
    ("spans", "pairs"),
    [
        ([], ()),
        ([("18:00", "19:00"), ("19:00", "20:00")], ()),
        ([("18:00", "19:00"), ("18:59", "20:00")], ((0, 1),)),
        ([("19:00", "20:00"), ("08:00", "09:00"), ("18:00", "21:00")], ((0, 2),)),
        ([("18:00", "21:00"), ("18:30", "19:00"), ("18:45", "20:00")], ((0, 1), (0, 2), (1, 2))),
    ],
)
def test_sessions_that_share_a_moment_overlap(spans, pairs):
    assert overlapping([(utc(start), utc(end)) for start, end in spans]) == pairs


def test_a_session_moved_across_the_clock_change_keeps_its_clock_time_and_its_minutes():
    def at(clock: time) -> datetime:
        return instant_of(date(2026, 10, 31), clock, CHICAGO)

    segments = (
        PlannedSegment(at(time(9)), at(time(10)), A, 0),
        PlannedSegment(at(time(10)), at(time(10, 15))),
        PlannedSegment(at(time(10, 15)), at(time(10, 45)), A, 60),
    )
    session = PlannedSession(at(time(9)), at(time(10, 45)), DeliveryMode.IN_PERSON, segments)
    moved = move_session(session, instant_of(date(2026, 11, 7), time(9), CHICAGO))
    assert moved.start == datetime(2026, 11, 7, 15, tzinfo=UTC)
    assert moved.end == datetime(2026, 11, 7, 16, 45, tzinfo=UTC)
    assert [segment.minutes for segment in moved.segments] == [60, 15, 30]
    assert [segment.slice for segment in moved.segments] == [segment.slice for segment in segments]


# Coverage


@pytest.mark.parametrize(
    ("segments", "scheduled", "extra", "missing"),
    [
        ([], 0, 0, [(0, 90)]),
        ([part("18:00", "18:30", A, 0)], 30, 0, [(30, 90)]),
        ([part("18:00", "18:30", A, 60)], 30, 0, [(0, 60)]),
        ([part("18:00", "18:30", A, 30)], 30, 0, [(0, 30), (60, 90)]),
        ([part("18:00", "18:30", A, 0), part("19:00", "20:00", A, 30)], 90, 0, []),
        ([part("18:00", "18:30", A, 0), part("19:00", "19:30", A, 0)], 30, 30, [(30, 90)]),
        ([part("18:00", "18:40", A, 0), part("19:00", "20:00", A, 30)], 90, 10, []),
        ([part("18:00", "20:00", A, 0)], 90, 0, []),
        ([part("18:00", "18:30"), part("18:30", "19:00", C, 0)], 0, 0, [(0, 90)]),
    ],
)
def test_a_module_is_covered_by_the_union_of_its_slices(segments, scheduled, extra, missing):
    (module,) = coverage({A: 90}, segments).modules
    assert (module.required_minutes, module.scheduled_minutes, module.extra_minutes) == (90, scheduled, extra)
    assert module.missing == tuple(SlicePlan(A, start, end) for start, end in missing)
    assert module.missing_minutes == 90 - scheduled


def test_a_surplus_in_one_module_covers_no_other():
    twice = [part("18:00", "19:30", A, 0), part("19:30", "21:00", A, 0)]
    whole = coverage(MINUTES, twice)
    assert [module.missing_minutes for module in whole.modules] == [0, 60]
    assert whole.missing_minutes == 60


@given(
    slices=st.lists(st.tuples(st.sampled_from([A, B]), st.integers(0, 89), st.integers(1, 90)), max_size=8),
    order=st.randoms(),
)
def test_coverage_is_the_set_of_minutes_taught_in_any_order(slices, order):
    start = utc("09:00")
    segments = [PlannedSegment(start, start + timedelta(minutes=n), m, first) for m, first, n in slices]
    result = coverage(MINUTES, segments)
    for module in result.modules:
        minutes = MINUTES[module.module_id]
        taught = [minute for m, first, n in slices if m == module.module_id for minute in range(first, first + n)]
        inside = [minute for minute in taught if minute < minutes]
        gaps = [minute for gap in module.missing for minute in range(gap.from_minute, gap.to_minute)]
        assert gaps == sorted(set(range(minutes)) - set(inside))
        assert module.scheduled_minutes == len(set(inside))
        assert module.extra_minutes == len(inside) - len(set(inside))
    order.shuffle(segments)
    assert coverage(MINUTES, segments) == result


# Patterns


@pytest.mark.parametrize(
    ("changes", "path", "sentence"),
    [
        ({"first_day": date(9999, 12, 31)}, "first_day", "The first day must be in the years 2000 to 2100."),
        ({"last_day": date(2026, 10, 5)}, "last_day", "The last day must not be before the first day."),
        ({"time_zone": "America"}, "time_zone", "This time zone is not known."),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "This time zone is not known."),
        ({"time_zone": ""}, "time_zone", "This time zone is not known."),
        ({"time_zone": "a\0b"}, "time_zone", "This time zone is not known."),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "This time zone is not known."),
        ({"time_zone": "x" * 5000}, "time_zone", "This time zone is not known."),
        ({"meetings": ()}, "meetings", "Add at least one weekly meeting."),
    ],
)
def test_a_wrong_pattern_is_refused_at_its_place(changes, path, sentence):
    pattern = replace(once(date(2026, 10, 6), "17:30", "20:30"), **{"last_day": None} | changes)
    assert [(p.path, p.message % p.values) for p in pattern_problems(pattern)] == [(path, sentence)]


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [
        ([("18:30", "18:40"), ("18:40", "18:50")], []),
        ([("17:30", "20:30")], []),
        ([("18:30", "18:30")], ["breaks[0]: A break must start and end inside its meeting."]),
        ([("17:00", "17:40")], ["breaks[0]: A break must start and end inside its meeting."]),
        ([("20:20", "20:40")], ["breaks[0]: A break must start and end inside its meeting."]),
        ([("18:40", "18:30")], ["breaks[0]: A break must start and end inside its meeting."]),
        ([("18:30", "18:40"), ("18:35", "18:45")], ["breaks[1]: This break overlaps another."]),
    ],
)
def test_breaks_lie_apart_inside_their_meeting(breaks, expected):
    problems = pattern_problems(once(date(2026, 10, 6), "17:30", "20:30", *breaks))
    assert [str(problem) for problem in problems] == [f"meetings[0].{sentence}" for sentence in expected]


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ((1, "17:30", "20:30"), (1, "20:30", "21:30"), False),
        ((1, "17:30", "20:30"), (1, "20:29", "21:30"), True),
        ((1, "17:30", "20:30"), (1, "17:30", "20:30"), True),
        ((1, "17:30", "20:30"), (3, "17:30", "20:30"), False),
        ((1, "22:00", "02:00"), (2, "01:00", "03:00"), True),
        ((6, "22:00", "02:00"), (0, "01:00", "03:00"), True),
        ((0, "01:00", "03:00"), (6, "22:00", "01:00"), False),
    ],
)
def test_meetings_of_a_week_may_not_overlap(one, other, overlap):
    both = tuple(
        Meeting(weekday, time.fromisoformat(starts), time.fromisoformat(ends), DeliveryMode.IN_PERSON)
        for weekday, starts, ends in (one, other)
    )
    problems = pattern_problems(Pattern(both, date(2026, 10, 6), None, CHICAGO))
    assert [problem.path for problem in problems] == (["meetings[1]"] if overlap else [])
