"""Laying modules out over a pattern of meetings, as cases and as properties."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import read_document
from advocates.schedule.rules import (
    Break,
    Layout,
    Meeting,
    Pattern,
    PlannedSegment,
    Preset,
    SlicePlan,
    agenda_problems,
    coverage,
    instant_of,
    lay_out,
    overlapping,
    pattern_problems,
    preset_pattern,
)

CHICAGO = "America/Chicago"
US_ZONES = [
    "America/New_York",
    CHICAGO,
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
]
# In 2026 clocks go forward on March 8 and back on November 1.
FORWARD, BACK = date(2026, 3, 8), date(2026, 11, 1)
A, B = UUID(int=1), UUID(int=2)
MINUTE = timedelta(minutes=1)


def shipped_modules(name: str) -> list[tuple[UUID, int]]:
    document = read_document((files("advocates.curriculum") / "data" / f"{name}.json").read_bytes())
    return [(UUID(int=n), module.contact_minutes) for n, module in enumerate(document.modules, 1)]


def once(day: date, starts: str, ends: str, *breaks: tuple[str, str], zone: str = CHICAGO) -> Pattern:
    """One meeting on one day."""
    pauses = tuple(Break(time.fromisoformat(b), time.fromisoformat(e)) for b, e in breaks)
    meeting = Meeting(
        day.weekday(), time.fromisoformat(starts), time.fromisoformat(ends), DeliveryMode.IN_PERSON, pauses
    )
    return Pattern((meeting,), day, day, zone)


def clocks(layout: Layout, zone: str = CHICAGO) -> list[list[tuple[str, str, UUID | None, int | None]]]:
    def shown(instant: datetime) -> str:
        return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"

    return [
        [(shown(part.start), shown(part.end), part.module_id, part.from_minute) for part in session.segments]
        for session in layout.sessions
    ]


def test_modules_are_cut_at_breaks_and_continue_after_them():
    layout = lay_out([(A, 90), (B, 120)], once(date(2026, 10, 6), "17:30", "20:30", ("18:30", "18:40")))
    assert clocks(layout) == [
        [
            ("17:30", "18:30", A, 0),
            ("18:30", "18:40", None, None),
            ("18:40", "19:10", A, 60),
            ("19:10", "20:30", B, 0),
        ]
    ]
    assert layout.left_over == (SlicePlan(B, 80, 120),)
    assert layout.left_over_minutes == 40


def test_the_last_session_ends_when_its_content_ends_and_keeps_no_idle_break():
    layout = lay_out([(A, 60)], once(date(2026, 10, 6), "17:30", "20:30", ("18:30", "18:40")))
    (session,) = layout.sessions
    assert clocks(layout) == [[("17:30", "18:30", A, 0)]]
    assert session.end - session.start == timedelta(hours=1)


def test_a_break_at_the_edge_of_a_meeting_is_kept_before_content_and_dropped_after_it():
    pattern = once(date(2026, 10, 6), "17:30", "20:30", ("17:30", "17:40"), ("20:20", "20:30"))
    assert clocks(lay_out([(A, 200)], pattern)) == [[("17:30", "17:40", None, None), ("17:40", "20:20", A, 0)]]


def test_skipped_days_hold_no_session():
    weekly = replace(once(date(2026, 11, 19), "18:00", "20:00"), last_day=None)
    layout = lay_out([(A, 240)], replace(weekly, skipped_days=frozenset({date(2026, 11, 26)})))
    starts = [session.start.astimezone(ZoneInfo(CHICAGO)).date() for session in layout.sessions]
    assert starts == [date(2026, 11, 19), date(2026, 12, 3)]


@pytest.mark.parametrize("name", ["chicago-40h", "statewide-40h"])
def test_five_long_days_with_lunch_leave_300_of_2400_minutes_over(name):
    layout = lay_out(shipped_modules(name), preset_pattern(Preset.FIVE_LONG_DAYS, date(2026, 10, 5), CHICAGO))
    assert len(layout.sessions) == 5
    assert sum(s.minutes for session in layout.sessions for s in session.segments if s.slice) == 2100
    assert layout.left_over_minutes == 300


def test_five_long_days_begun_on_a_wednesday_are_still_five():
    layout = lay_out([(A, 6000)], preset_pattern(Preset.FIVE_LONG_DAYS, date(2026, 10, 7), CHICAGO))
    assert len(layout.sessions) == 5


@pytest.mark.parametrize("name", ["chicago-40h", "statewide-40h"])
@pytest.mark.parametrize(
    ("preset", "sessions"), [(Preset.EVENINGS_AND_SATURDAYS, 11), (Preset.ONLINE_EVENINGS_AND_DAYS, 13)]
)
def test_open_ended_presets_hold_all_2400_minutes(name, preset, sessions):
    modules = shipped_modules(name)
    layout = lay_out(modules, preset_pattern(preset, date(2026, 10, 5), CHICAGO))
    assert layout.left_over == ()
    assert len(layout.sessions) == sessions
    segments = [segment for session in layout.sessions for segment in session.segments]
    assert coverage(dict(modules), segments).missing_minutes == 0


def test_online_evenings_and_days_meet_the_1200_minutes_in_person_that_the_curricula_ask():
    pattern = preset_pattern(Preset.ONLINE_EVENINGS_AND_DAYS, date(2026, 10, 5), CHICAGO)
    minutes: dict[DeliveryMode, int] = defaultdict(int)
    for session in lay_out(shipped_modules("chicago-40h"), pattern).sessions:
        minutes[session.delivery_mode] += sum(s.minutes for s in session.segments if s.slice)
    assert minutes[DeliveryMode.IN_PERSON] >= 1200
    assert sum(minutes.values()) == 2400


def test_evenings_keep_their_clock_time_across_the_november_change():
    pattern = preset_pattern(Preset.EVENINGS_AND_SATURDAYS, date(2026, 10, 27), CHICAGO)
    sessions = lay_out([(A, 1340)], pattern).sessions
    assert [session.start.isoformat() for session in sessions] == [
        "2026-10-27T22:30:00+00:00",
        "2026-10-29T22:30:00+00:00",
        "2026-10-31T14:00:00+00:00",
        "2026-11-03T23:30:00+00:00",
        "2026-11-05T23:30:00+00:00",
        "2026-11-07T15:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("day", "starts", "ends", "minutes"),
    [
        (BACK - timedelta(days=1), "22:00", "04:00", 420),
        (FORWARD - timedelta(days=1), "22:00", "04:00", 300),
        (date(2026, 10, 6), "22:00", "04:00", 360),
        (date(2026, 10, 6), "22:00", "22:00", 1440),
        (BACK, "00:30", "01:30", 60),
        (BACK, "01:30", "02:30", 120),
        (FORWARD, "01:30", "03:30", 60),
        (FORWARD, "02:10", "03:10", 10),
        (FORWARD, "01:30", "02:30", 30),
    ],
)
def test_a_meeting_holds_the_minutes_that_really_pass(day, starts, ends, minutes):
    layout = lay_out([(A, 2000)], once(day, starts, ends))
    assert layout.left_over == (SlicePlan(A, minutes, 2000),)


def test_a_break_after_midnight_belongs_to_the_meeting_that_began_before_it():
    layout = lay_out([(A, 150)], once(date(2026, 10, 6), "23:00", "02:00", ("00:30", "01:00")))
    assert clocks(layout) == [[("23:00", "00:30", A, 0), ("00:30", "01:00", None, None), ("01:00", "02:00", A, 90)]]


def test_a_break_that_the_spring_change_swallows_is_no_segment():
    layout = lay_out([(A, 300)], once(FORWARD, "01:00", "04:00", ("02:10", "02:40")))
    assert clocks(layout) == [[("01:00", "04:00", A, 0)]]
    assert layout.left_over_minutes == 180


def test_a_pattern_whose_every_day_is_skipped_leaves_everything_over():
    pattern = replace(once(BACK, "09:00", "10:00"), skipped_days=frozenset({BACK}))
    assert lay_out([(A, 60)], pattern) == Layout((), (SlicePlan(A, 0, 60),))


def test_a_pattern_with_problems_is_not_laid_out():
    with pytest.raises(ValueError, match="Add at least one weekly meeting"):
        lay_out([(A, 60)], Pattern((), BACK, BACK, CHICAGO))


HALF_HOURS = st.integers(0, 47).map(lambda n: time(n // 2, n % 2 * 30))


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    starts, ends, weekday = draw(HALF_HOURS), draw(HALF_HOURS), draw(st.integers(0, 6))
    meeting = Meeting(weekday, starts, ends, draw(st.sampled_from(DeliveryMode)))
    edges = sorted(draw(st.sets(st.integers(0, meeting.length // MINUTE), max_size=6)))
    walls = [(datetime.combine(BACK, starts) + edge * MINUTE).time() for edge in edges]
    breaks = tuple(Break(b, e) for b, e in zip(walls[::2], walls[1::2], strict=False) if b != e)
    return replace(meeting, breaks=breaks)


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    first_day = draw(st.sampled_from([FORWARD, BACK])) - timedelta(days=draw(st.integers(0, 20)))
    pattern = Pattern(
        meetings=tuple(draw(st.lists(meetings(), min_size=1, max_size=3))),
        first_day=first_day,
        last_day=first_day + timedelta(days=draw(st.integers(0, 30))),
        time_zone=draw(st.sampled_from(US_ZONES)),
        skipped_days=frozenset(first_day + timedelta(days=n) for n in draw(st.sets(st.integers(0, 30), max_size=4))),
    )
    while pattern_problems(pattern):
        pattern = replace(pattern, meetings=pattern.meetings[:-1] or (replace(pattern.meetings[0], breaks=()),))
    return pattern


MODULES = st.lists(st.integers(1, 300), max_size=12).map(
    lambda lengths: [(UUID(int=n), minutes) for n, minutes in enumerate(lengths, 1)]
)


def meeting_days(pattern: Pattern) -> list[tuple[Meeting, date]]:
    assert pattern.last_day is not None
    days = [pattern.first_day + timedelta(days=n) for n in range((pattern.last_day - pattern.first_day).days + 1)]
    return [
        (meeting, day)
        for day in days
        for meeting in pattern.meetings
        if meeting.weekday == day.weekday() and day not in pattern.skipped_days
    ]


def wall_instant(meeting: Meeting, day: date, clock: time, pattern: Pattern) -> datetime:
    if clock < meeting.starts:
        day += timedelta(days=1)
    return instant_of(day, clock, pattern.time_zone)


def capacity_minute_by_minute(pattern: Pattern) -> int:
    """Counted the slow way: the minutes of each meeting, less those of its breaks."""
    capacity = 0
    for meeting, day in meeting_days(pattern):
        start = instant_of(day, meeting.starts, pattern.time_zone)
        end_day = day + timedelta(days=meeting.ends <= meeting.starts)
        end = instant_of(end_day, meeting.ends, pattern.time_zone)
        minutes = set(range((end - start) // MINUTE))
        for pause in meeting.breaks:
            pause_start = wall_instant(meeting, day, pause.starts, pattern)
            pause_end = wall_instant(meeting, day, pause.ends, pattern)
            minutes -= set(range((pause_start - start) // MINUTE, (pause_end - start) // MINUTE))
        capacity += len(minutes)
    return capacity


@given(modules=MODULES, pattern=patterns())
def test_exactly_what_fits_is_laid_out(modules, pattern):
    layout = lay_out(modules, pattern)
    total = sum(minutes for _, minutes in modules)
    laid = sum(s.minutes for session in layout.sessions for s in session.segments if s.slice)
    assert laid == min(total, capacity_minute_by_minute(pattern))
    assert laid + layout.left_over_minutes == total


@given(modules=MODULES, pattern=patterns())
def test_every_minute_of_every_module_is_laid_once_and_in_order(modules, pattern):
    layout = lay_out(modules, pattern)
    slices = [s.slice for session in layout.sessions for s in session.segments if s.slice] + [*layout.left_over]
    assert [(s.module_id, minute) for s in slices for minute in range(s.from_minute, s.to_minute)] == [
        (module_id, minute) for module_id, minutes in modules for minute in range(minutes)
    ]


@given(modules=MODULES, pattern=patterns())
def test_every_agenda_laid_out_is_free_of_problems_gaps_and_overlaps(modules, pattern):
    sessions = lay_out(modules, pattern).sessions
    assert overlapping([(session.start, session.end) for session in sessions]) == ()
    for session in sessions:
        assert agenda_problems(session.start, session.end, session.segments, dict(modules)) == ()
        assert session.segments[0].start == session.start
        assert session.segments[-1].end == session.end
        assert all(before.end == after.start for before, after in pairwise(session.segments))


@given(pattern=patterns())
def test_nothing_is_taught_during_a_break(pattern):
    pauses = [
        (wall_instant(meeting, day, pause.starts, pattern), wall_instant(meeting, day, pause.ends, pattern))
        for meeting, day in meeting_days(pattern)
        for pause in meeting.breaks
    ]
    taught = [s for session in lay_out([(A, 6000)], pattern).sessions for s in session.segments if s.slice]
    assert not [(s, start, end) for s in taught for start, end in pauses if s.start < end and start < s.end]


@given(
    zone=st.sampled_from(US_ZONES),
    year=st.integers(2020, 2037),
    spring=st.booleans(),
    ends=st.integers(3, 19),
)
def test_elapsed_minutes_are_right_on_every_clock_change(zone, year, spring, ends):
    earliest = date(year, 3, 8) if spring else date(year, 11, 1)
    sunday = earliest + timedelta(days=(6 - earliest.weekday()) % 7)
    night = once(sunday - timedelta(days=1), "20:00", f"{ends:02}:00", zone=zone)
    (session,) = lay_out([(A, 6000)], night).sessions
    by_the_clock = 4 * 60 + ends * 60
    change = 0 if zone in {"America/Phoenix", "Pacific/Honolulu"} else -60 if spring else 60
    assert session.segments == (PlannedSegment(session.start, session.end, A, 0),)
    assert session.segments[0].minutes == by_the_clock + change
    local_end = session.end.astimezone(ZoneInfo(zone))
    assert (local_end.date(), local_end.time()) == (sunday, time(ends))


@given(day=st.dates(date(2020, 1, 1), date(2037, 12, 30)), zone=st.sampled_from(US_ZONES), clocks=st.data())
def test_later_on_the_clock_is_never_earlier_in_time(day, zone, clocks):
    first, second = sorted([clocks.draw(st.times()), clocks.draw(st.times())])
    assert instant_of(day, first, zone) <= instant_of(day, second, zone)
