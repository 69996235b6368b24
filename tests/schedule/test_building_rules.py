"""What a builder rests on: needs of modules, what a pattern holds, what would fit, closed days, and splitting."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from advocates.curriculum.delivery import DeliveryMode
from advocates.schedule.rules import (
    Break,
    Closing,
    Fit,
    Meeting,
    Needs,
    Pattern,
    PlannedSegment,
    Preset,
    SlicePlan,
    TooEarly,
    WrongMode,
    agenda_in_order,
    closed_days,
    contact_minutes,
    even_split,
    instant_of,
    lay_out_slices,
    meetings_from_json,
    meetings_to_json,
    preset_pattern,
    proposals,
    split_session,
    too_early,
    wrong_modes,
)
from advocates.schedule.rules.agenda import Part, PlannedSession

CHICAGO = "America/Chicago"
A, B, C = (UUID(int=n) for n in (1, 2, 3))
PERSON, ONLINE = DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE
MONDAY = date(2026, 10, 26)


def whole(*minutes: int) -> list[SlicePlan]:
    return [SlicePlan(UUID(int=n), 0, each) for n, each in enumerate(minutes, 1)]


def order(layout):
    return [[(s.module_id, s.from_minute) for s in session.segments if s.slice] for session in layout.sessions]


def week(*meetings: Meeting, first: date = MONDAY, last: date | None = None) -> Pattern:
    return Pattern(meetings, first, last, CHICAGO)


ONLINE_MONDAY = Meeting(0, time(18), time(19), ONLINE, link="https://meet.example/one")
TUESDAY = Meeting(1, time(18), time(19), PERSON, room="1104")


def test_what_may_not_be_taught_online_waits_for_the_room_and_lets_the_next_pass():
    needs = {A: Needs(frozenset({PERSON}))}
    layout = lay_out_slices(whole(60, 60), week(ONLINE_MONDAY, TUESDAY), needs)
    assert order(layout) == [[(B, 0)], [(A, 0)]]
    assert [(s.room, s.link) for s in layout.sessions] == [("", "https://meet.example/one"), ("1104", "")]


def test_a_module_waits_until_its_prerequisite_is_taught_whole():
    needs = {A: Needs(frozenset({PERSON})), B: Needs(prerequisites=frozenset({A}))}
    layout = lay_out_slices(whole(90, 60, 30), week(ONLINE_MONDAY, TUESDAY), needs)
    assert order(layout) == [[(C, 0)], [(A, 0)], [(A, 60), (B, 0)], [(B, 30)]]
    segments = [segment for session in layout.sessions for segment in session.segments]
    assert too_early({A: 90, B: 60, C: 30}, needs, segments) == ()
    assert not layout.left_over


def test_what_no_meeting_may_teach_is_left_over_and_makes_no_session():
    layout = lay_out_slices(whole(60, 60), week(ONLINE_MONDAY), {B: Needs(frozenset({PERSON}))})
    assert order(layout) == [[(A, 0)]]
    assert layout.left_over == (SlicePlan(B, 0, 60),)


def test_a_module_before_its_prerequisite_and_one_in_a_mode_it_refuses_are_found():
    start = datetime(2026, 10, 26, 18, tzinfo=UTC)
    segments = agenda_in_order(start, [Part(30, A, 0), Part(60, B, 0), Part(30, A, 30)])
    needs = {B: Needs(frozenset({PERSON}), frozenset({A, C}))}
    assert too_early({A: 60, B: 60, C: 60}, needs, segments) == (TooEarly(B, A),)
    assert too_early({A: 60, B: 60}, needs, [segments[0], segments[2], replace_start(segments[1], 180)]) == ()
    taught = [(A, ONLINE), (None, None), (B, ONLINE), (B, PERSON), (B, ONLINE)]
    assert wrong_modes(needs, taught) == (WrongMode(B, ONLINE),)


def replace_start(segment: PlannedSegment, minutes: int) -> PlannedSegment:
    by = timedelta(minutes=minutes)
    return replace(segment, start=segment.start + by, end=segment.end + by)


def test_five_days_of_eight_hours_hold_35_and_three_ways_to_hold_40_are_proposed():
    pattern = preset_pattern(Preset.FIVE_LONG_DAYS, MONDAY, CHICAGO)
    assert contact_minutes(pattern) == 2100
    sixth, longer, evenings = proposals(whole(*[150] * 16), pattern)
    assert (sixth.fit, sixth.days) == (Fit.FURTHER_DAYS, (date(2026, 10, 31),))
    assert (longer.fit, longer.longer_by) == (Fit.LONGER_DAYS, 60)
    assert {meeting.ends for meeting in longer.pattern.meetings} == {time(18)}
    assert (evenings.fit, evenings.days) == (Fit.EVENINGS, (date(2026, 11, 2), date(2026, 11, 3)))
    for proposal in (sixth, longer, evenings):
        taught = sum(s.minutes for session in proposal.layout.sessions for s in session.segments if s.slice)
        assert (taught, proposal.layout.left_over) == (2400, ())


def test_no_further_day_or_evening_falls_on_a_closed_day():
    closed = frozenset({date(2026, 10, 31), date(2026, 11, 2), date(2026, 11, 3)})
    pattern = replace(preset_pattern(Preset.FIVE_LONG_DAYS, MONDAY, CHICAGO), skipped_days=closed)
    found = {proposal.fit: proposal.days for proposal in proposals(whole(*[150] * 16), pattern)}
    assert found[Fit.FURTHER_DAYS] == (date(2026, 11, 4),)
    assert found[Fit.EVENINGS] == (date(2026, 11, 4), date(2026, 11, 5))


def test_a_last_day_typed_too_early_may_be_dropped_and_evenings_follow_the_patterns_own():
    pattern = replace(preset_pattern(Preset.EVENINGS_AND_SATURDAYS, MONDAY, CHICAGO), last_day=date(2026, 11, 7))
    found = {proposal.fit: proposal for proposal in proposals(whole(*[100] * 16), pattern)}
    assert set(found) >= {Fit.NO_LAST_DAY, Fit.EVENINGS, Fit.FURTHER_DAYS}
    assert found[Fit.NO_LAST_DAY].pattern.last_day is None
    assert found[Fit.EVENINGS].meeting.starts == time(17, 30)
    assert all(day.weekday() == 5 for day in found[Fit.FURTHER_DAYS].days)


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (week(ONLINE_MONDAY, last=MONDAY), {A: Needs(frozenset({PERSON}))}),
        (week(ONLINE_MONDAY, last=date(2026, 10, 25), first=date(2026, 10, 24)), {}),
    ],
)
def test_nothing_is_proposed_that_would_not_fit(pattern, needs):
    assert proposals(whole(120), pattern, needs) == ()


def test_meetings_that_would_run_into_each_other_are_not_made_longer():
    morning, afternoon = Meeting(0, time(9), time(12), PERSON), Meeting(0, time(12, 30), time(16, 30), PERSON)
    found = proposals(whole(500), week(morning, afternoon, last=MONDAY))
    assert Fit.LONGER_DAYS not in {proposal.fit for proposal in found}
    assert found


def test_no_evening_is_proposed_while_a_night_session_lasts():
    early, night = Meeting(0, time(16), time(17), PERSON), Meeting(0, time(20), time(19, 45), PERSON)
    found = {proposal.fit: proposal for proposal in proposals(whole(1500), week(early, night, last=MONDAY))}
    assert Fit.EVENINGS not in found
    assert found[Fit.FURTHER_DAYS].days == (date(2026, 10, 31),)


def test_the_pattern_without_a_last_day_holds_all():
    assert contact_minutes(week(TUESDAY)) is None


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 10, 12), ("Columbus Day", "Indigenous Peoples' Day")),
        (date(2026, 11, 3), ("Election Day",)),
        (date(2026, 3, 2), ("Casimir Pulaski Day",)),
        (date(2027, 12, 31), ("New Year's Day (observed)",)),
        (date(2026, 7, 3), ("Independence Day (observed)",)),
        (date(2026, 5, 25), ("Memorial Day",)),
        (date(2026, 12, 25), ("Christmas Day", "Winter break")),
        (date(2027, 1, 2), ("Winter break",)),
        (date(2026, 11, 4), None),
    ],
)
def test_holidays_of_the_state_and_the_city_and_the_programs_own_days_are_closed(day, names):
    own = [Closing(date(2026, 12, 24), date(2027, 1, 2), "Winter break")]
    closed = closed_days(date(2026, 1, 1), date(2027, 12, 31), own)
    assert closed.get(day) == names
    assert list(closed) == sorted(closed)
    assert date(2027, 1, 3) not in closed


def test_only_the_days_asked_for_are_told():
    assert list(closed_days(date(2026, 11, 11), date(2026, 11, 26))) == [date(2026, 11, 11), date(2026, 11, 26)]


def test_saved_meetings_come_back_as_they_were():
    meetings = (
        replace(TUESDAY, breaks=(Break(time(18, 20), time(18, 30)),)),
        replace(ONLINE_MONDAY, ends=time(0, 30)),
    )
    assert meetings_from_json(meetings_to_json(meetings)) == meetings


def evening(*parts: Part, starts: datetime = datetime(2026, 10, 26, 22, tzinfo=UTC)) -> PlannedSession:
    segments = agenda_in_order(starts, parts)
    return PlannedSession(starts, segments[-1].end, PERSON, segments, "1104")


def test_a_session_split_in_a_part_goes_on_with_its_next_minute():
    session = evening(Part(60, A, 30), Part(10), Part(60, B, 0))
    first, second = split_session(session, session.start + timedelta(minutes=45))
    assert [(s.module_id, s.from_minute, s.minutes) for s in first.segments] == [(A, 30, 45)]
    assert [(s.module_id, s.from_minute, s.minutes) for s in second.segments] == [
        (A, 75, 15),
        (None, None, 10),
        (B, 0, 60),
    ]
    assert (first.end, second.start, second.room) == (second.start, session.start + timedelta(minutes=45), "1104")


@pytest.mark.parametrize("minutes", [60, 65, 70])
def test_a_break_at_the_cut_falls_away(minutes):
    session = evening(Part(60, A, 0), Part(10), Part(60, B, 0))
    first, second = split_session(session, session.start + timedelta(minutes=minutes))
    assert (first.end - first.start, second.end - second.start) == (timedelta(hours=1), timedelta(hours=1))
    assert even_split(session) == session.start + timedelta(hours=1)


@pytest.mark.parametrize("minutes", [-5, 0, 10, 70, 90])
def test_a_half_that_would_teach_nothing_is_no_half(minutes):
    session = evening(Part(10), Part(60, A, 0), Part(10))
    assert split_session(session, session.start + timedelta(minutes=minutes)) is None
    assert even_split(session) is None


def test_a_night_on_which_the_clocks_go_back_splits_by_the_minutes_that_pass():
    """From 11 PM to 3 AM five hours pass; at 1:30 AM the second time, three and a half have."""
    starts = instant_of(date(2026, 10, 31), time(23), CHICAGO)
    meeting = Meeting(5, time(23), time(3), PERSON)
    pattern = Pattern((meeting,), date(2026, 10, 31), date(2026, 10, 31), CHICAGO)
    assert contact_minutes(pattern) == 300
    (session,) = lay_out_slices(whole(300), pattern).sessions
    assert (session.start, session.end - session.start) == (starts, timedelta(hours=5))
    first, second = split_session(session, starts + timedelta(minutes=210))
    assert [s.minutes for s in (*first.segments, *second.segments)] == [210, 90]
    assert second.segments[0].from_minute == 210


def test_a_night_on_which_the_clocks_go_forward_holds_an_hour_less():
    meeting = Meeting(5, time(23), time(3), PERSON)
    assert contact_minutes(Pattern((meeting,), date(2026, 3, 7), date(2026, 3, 7), CHICAGO)) == 180
