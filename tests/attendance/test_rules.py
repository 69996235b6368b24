"""What a trainer types in the room becomes intervals, or one clear sentence at one field."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.attendance.rules import (
    ClockError,
    Exceptions,
    Outcome,
    exceptions_of,
    intervals_from_text,
    intervals_to_text,
    parse_clock,
    resolve_presence,
)
from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import Presence

IN_PERSON, ONLINE = DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE
ZONE = "America/Chicago"


def at(clock, month=10, day=29, year=2026, fold=0):
    hour, minute = map(int, clock.split(":"))
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(ZONE), fold=fold).astimezone(UTC)


def t(clock):
    return time.fromisoformat(clock) if clock else None


START, END = at("17:30"), at("20:30")
EVENING = (START, END)
OVERNIGHT = (at("22:00"), at("02:00", day=30))
CLOCKS_BACK = (at("23:00", 10, 31), at("03:00", 11, 1))  # five hours
CLOCKS_FORWARD = (at("23:00", 3, 13, 2027), at("04:00", 3, 14, 2027))  # four hours


def resolve(arrived=None, left=None, absences=(), brief=5, session=EVENING):
    outings = [(t(out), t(back)) for out, back in absences]
    return resolve_presence(*session, ZONE, t(arrived), t(left), outings, brief, IN_PERSON)


def spans(presences):
    return [(each.start, each.end) for each in presences]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param({}, [("17:30", "20:30")], id="everyone is here"),
        pytest.param({"arrived": "17:55"}, [("17:55", "20:30")], id="late"),
        pytest.param({"left": "20:20"}, [("17:30", "20:20")], id="left early"),
        pytest.param({"absences": [("18:40", "19:00")]}, [("17:30", "18:40"), ("19:00", "20:30")], id="out and back"),
        pytest.param({"absences": [("18:40", None)]}, [("17:30", "18:40")], id="out and never back"),
        pytest.param(
            {"arrived": "17:55", "left": "20:20", "absences": [("18:40", "19:00")]},
            [("17:55", "18:40"), ("19:00", "20:20")],
            id="all of it",
        ),
        pytest.param(
            {"absences": [("19:30", "19:50"), ("18:00", "18:10")]},
            [("17:30", "18:00"), ("18:10", "19:30"), ("19:50", "20:30")],
            id="absences in any order, three intervals",
        ),
        pytest.param({"arrived": "17:30", "left": "20:30"}, [("17:30", "20:30")], id="exactly on time"),
        pytest.param({"absences": [("18:00", "18:05")]}, [("17:30", "20:30")], id="brief is not recorded"),
        pytest.param(
            {"absences": [("18:00", "18:06")]},
            [("17:30", "18:00"), ("18:06", "20:30")],
            id="longer counts from its first",
        ),
        pytest.param({"arrived": "17:35"}, [("17:30", "20:30")], id="briefly late"),
        pytest.param({"arrived": "17:36"}, [("17:36", "20:30")], id="late by more"),
        pytest.param({"left": "20:25"}, [("17:30", "20:30")], id="briefly early"),
        pytest.param({"left": "20:24"}, [("17:30", "20:24")], id="early by more"),
        pytest.param({"arrived": "17:31", "brief": 0}, [("17:31", "20:30")], id="no brief absences"),
        pytest.param(
            {"absences": [("18:00", "18:04"), ("18:04", "18:08")]},
            [("17:30", "18:00"), ("18:08", "20:30")],
            id="two that touch are one longer absence",
        ),
        pytest.param(
            {"absences": [("18:00", "18:04"), ("18:05", "18:09")]}, [("17:30", "20:30")], id="two apart are brief each"
        ),
        pytest.param(
            {"absences": [("20:20", "20:26")], "left": "20:26"}, [("17:30", "20:20")], id="out, back and gone at once"
        ),
    ],
)
def test_clock_times_become_intervals(typed, expected):
    assert spans(resolve(**typed)) == [(at(start), at(end)) for start, end in expected]


def test_seconds_round_arrivals_and_returns_down_and_departures_up():
    absences = [(time(18, 40, 1), time(19, 0, 59))]
    presences = resolve_presence(*EVENING, ZONE, time(17, 55, 59), time(20, 19, 1), absences, 0, IN_PERSON)
    assert spans(presences) == [(at("17:55"), at("18:41")), (at("19:00"), at("20:20"))]


def test_the_mode_is_kept():
    [presence] = resolve_presence(*EVENING, ZONE, None, None, [], 5, ONLINE)
    assert presence == Presence(START, END, ONLINE)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(
            {"session": OVERNIGHT, "arrived": "22:30", "left": "01:15"},
            [(at("22:30"), at("01:15", day=30))],
            id="over midnight",
        ),
        pytest.param(
            {"session": OVERNIGHT, "absences": [("23:50", "00:10")]},
            [(at("22:00"), at("23:50")), (at("00:10", day=30), at("02:00", day=30))],
            id="out at midnight",
        ),
        pytest.param(
            {"session": OVERNIGHT, "arrived": "00:00"},
            [(at("00:00", day=30), at("02:00", day=30))],
            id="midnight itself",
        ),
        pytest.param(
            {"session": CLOCKS_BACK, "arrived": "01:30"},
            [(at("01:30", 11, 1), at("03:00", 11, 1))],
            id="arrived at the first 1:30 of two",
        ),
        pytest.param(
            {"session": CLOCKS_BACK, "left": "01:30"},
            [(at("23:00", 10, 31), at("01:30", 11, 1, fold=1))],
            id="left at the second",
        ),
        pytest.param(
            {"session": CLOCKS_BACK, "absences": [("01:40", "01:20")]},
            [(at("23:00", 10, 31), at("01:40", 11, 1)), (at("01:20", 11, 1, fold=1), at("03:00", 11, 1))],
            id="back at 1:20 after going out at 1:40, forty minutes",
        ),
        pytest.param(
            {"session": CLOCKS_BACK, "absences": [("01:20", "01:40")]},
            [(at("23:00", 10, 31), at("01:20", 11, 1)), (at("01:40", 11, 1), at("03:00", 11, 1))],
            id="twenty minutes, not eighty",
        ),
        pytest.param(
            {"session": CLOCKS_FORWARD, "absences": [("01:50", "03:10")]},
            [
                (at("23:00", 3, 13, 2027), at("01:50", 3, 14, 2027)),
                (at("03:10", 3, 14, 2027), at("04:00", 3, 14, 2027)),
            ],
            id="out across the hour that was skipped, twenty minutes",
        ),
    ],
)
def test_midnight_and_clock_changes(typed, expected):
    assert spans(resolve(**typed)) == expected


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"arrived": "17:20"}, "arrived", "5:20 PM is outside the session. Type a time from 5:30 PM to 8:30 PM."),
        ({"left": "20:31"}, "left", "8:31 PM is outside the session"),
        ({"left": "05:55"}, "left", "5:55 AM is outside the session"),
        ({"absences": [("18:00", "21:00")]}, "absences-0-back", "9:00 PM is outside the session"),
        ({"absences": [("18:00", "18:20"), ("17:00", "17:40")]}, "absences-1-out", "5:00 PM is outside"),
        ({"arrived": "19:00", "left": "18:00"}, "left", "must be later than the arrival"),
        ({"arrived": "19:00", "left": "19:00"}, "left", "must be later than the arrival"),
        ({"arrived": "20:30"}, "arrived", "must be later than the arrival"),
        ({"left": "17:30"}, "left", "must be later than the arrival"),
        ({"arrived": "18:00", "absences": [("17:40", "18:20")]}, "absences-0-out", "before the arrival"),
        ({"absences": [("18:20", "18:00")]}, "absences-0-back", "must be later than going out"),
        ({"absences": [("18:20", "18:20")]}, "absences-0-back", "must be later than going out"),
        ({"left": "19:00", "absences": [("18:40", "19:10")]}, "absences-0-back", "after the departure"),
        ({"left": "19:00", "absences": [("18:40", None)]}, "absences-0-back", "or clear the departure"),
        ({"absences": [("18:00", "18:30"), ("18:20", "18:50")]}, "absences-1-out", "overlaps another"),
        ({"absences": [("18:20", "18:50"), ("18:00", "18:30")]}, "absences-0-out", "overlaps another"),
        ({"absences": [("18:00", None), ("18:20", "18:50")]}, "absences-1-out", "overlaps another"),
        ({"absences": [("17:30", None)]}, "absences-0-out", "Mark the person not present."),
        ({"session": CLOCKS_FORWARD, "arrived": "02:30"}, "arrived", "The clocks skipped 2:30 AM that night."),
        ({"session": CLOCKS_BACK, "left": "04:00"}, "left", "from 11:00 PM to 3:00 AM"),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field(typed, field, says):
    with pytest.raises(ClockError) as caught:
        resolve(**typed)
    assert caught.value.field == field
    assert says in str(caught.value)
    assert caught.value.message % caught.value.values == str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5:55", "17:55"),
        ("5:55 pm", "17:55"),
        ("5:55PM", "17:55"),
        ("5:55 p.m.", "17:55"),
        ("5.55p", "17:55"),
        ("5:55 am", "05:55"),
        ("17:55", "17:55"),
        ("1755", "17:55"),
        ("555", "17:55"),
        (" 6 ", "18:00"),
        ("6pm", "18:00"),
        ("05:55", "17:55"),
        ("8:30", "20:30"),
        ("5:30", "17:30"),
        ("5:20", "17:20"),
        ("9", "21:00"),
        ("12 am", "00:00"),
        ("12:15 pm", "12:15"),
        ("0:10", "00:10"),
        ("٥:٥٥", "17:55"),
        ("５：５５", "17:55"),
    ],
)
def test_a_clock_time_is_read_as_the_one_in_the_session(text, expected):
    assert parse_clock(text, *EVENING, ZONE) == t(expected)


@pytest.mark.parametrize(
    ("session", "text", "expected"),
    [
        pytest.param(OVERNIGHT, "12:30", "00:30", id="after midnight"),
        pytest.param(OVERNIGHT, "1:15", "01:15", id="in the small hours"),
        pytest.param(OVERNIGHT, "10:30", "22:30", id="before midnight"),
        pytest.param((at("09:00"), at("17:00")), "12:30", "12:30", id="lunch"),
        pytest.param((at("09:00"), at("17:00")), "9:30", "09:30", id="morning"),
        pytest.param((at("09:00"), at("17:00")), "2:15", "14:15", id="afternoon"),
    ],
)
def test_morning_or_afternoon_follows_the_session(session, text, expected):
    assert parse_clock(text, *session, ZONE) == t(expected)


@pytest.mark.parametrize(
    "text", ["", "  ", "late", "25:00", "5:75", "5:5", "17:55 am", "0:10 pm", "5:55 xm", "-5:55", "12345"]
)
def test_what_is_no_time_is_refused_with_an_example(text):
    with pytest.raises(ClockError, match="Type it like 5:55 pm or 17:55") as caught:
        parse_clock(text, *EVENING, ZONE, field="arrived")
    assert caught.value.field == "arrived"


def test_a_time_that_fits_twice_needs_am_or_pm():
    long_day = (at("06:00"), at("21:00"))
    with pytest.raises(ClockError, match="Add am or pm"):
        parse_clock("7:15", *long_day, ZONE)
    assert parse_clock("7:15 pm", *long_day, ZONE) == time(19, 15)
    assert parse_clock("2:15", *long_day, ZONE) == time(14, 15)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, Exceptions()),
        ({"arrived": "17:55"}, Exceptions(arrived=at("17:55"))),
        ({"left": "20:20"}, Exceptions(left=at("20:20"))),
        ({"absences": [("18:40", None)]}, Exceptions(left=at("18:40"))),
        (
            {"arrived": "17:55", "left": "20:20", "absences": [("18:40", "19:00")]},
            Exceptions(at("17:55"), at("20:20"), ((at("18:40"), at("19:00")),)),
        ),
    ],
)
def test_exceptions_read_back_what_was_typed(typed, expected):
    assert exceptions_of(resolve(**typed), *EVENING) == expected


def test_nobody_there_has_no_exceptions_and_a_change_of_mode_is_none():
    assert exceptions_of([], *EVENING) == Exceptions()
    halves = [Presence(START, at("19:00"), IN_PERSON), Presence(at("19:00"), END, ONLINE)]
    assert exceptions_of(halves, *EVENING) == Exceptions()


def test_intervals_are_stored_as_canonical_text():
    presences = resolve(arrived="17:55", absences=[("18:40", "19:00")])
    text = intervals_to_text(presences)
    assert text == (
        '[{"end":"2026-10-29T23:40Z","mode":"in_person","start":"2026-10-29T22:55Z"},'
        '{"end":"2026-10-30T01:30Z","mode":"in_person","start":"2026-10-30T00:00Z"}]'
    )
    assert intervals_to_text(reversed(presences)) == text
    assert intervals_from_text(text) == presences
    assert intervals_to_text([]) == "[]"
    assert intervals_from_text("[]") == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{}",
        "[1]",
        '[{"start":"2026-10-29T22:55Z"}]',
        '[{"end":"2026-10-29T23:40Z","mode":"by_mail","start":"2026-10-29T22:55Z"}]',
        '[{"end":"2026-10-29T23:40","mode":"in_person","start":"2026-10-29T22:55"}]',
        '[{"end":"2026-10-29T23:40:30Z","mode":"in_person","start":"2026-10-29T22:55Z"}]',
        '[{"end":"2026-10-29T22:55Z","mode":"in_person","start":"2026-10-29T23:40Z"}]',
        '[ {"end":"2026-10-29T23:40Z","mode":"in_person","start":"2026-10-29T22:55Z"}]',
    ],
)
def test_other_text_is_not_read_as_intervals(text):
    with pytest.raises(ValueError, match=r"."):
        intervals_from_text(text)


def test_no_outcome_says_why():
    assert [outcome.label for outcome in Outcome] == ["present", "not present", "could not be established"]


minutes = st.integers(0, 180)


@given(st.lists(minutes, min_size=2, max_size=6, unique=True).filter(lambda cuts: len(cuts) % 2 == 0))
def test_typed_times_and_stored_intervals_tell_the_same_story(cuts):
    clocks = [(START + timedelta(minutes=cut)).astimezone(ZoneInfo(ZONE)).time() for cut in sorted(cuts)]
    arrived, *between, left = clocks
    absences = list(zip(between[::2], between[1::2], strict=True))
    presences = resolve_presence(*EVENING, ZONE, arrived, left, absences, 0, IN_PERSON)
    told = exceptions_of(intervals_from_text(intervals_to_text(presences)), *EVENING)
    assert (told.arrived or START) == START + timedelta(minutes=min(cuts))
    assert (told.left or END) == START + timedelta(minutes=max(cuts))
    assert [out.astimezone(ZoneInfo(ZONE)).time() for out, _ in told.absences] == between[::2]


absences = st.tuples(minutes, minutes).filter(lambda pair: 0 < pair[1] - pair[0] < 180)


@given(absences, st.integers(0, 60))
def test_an_absence_costs_all_of_itself_or_nothing(absence, brief):
    out, back = ((START + timedelta(minutes=cut)).astimezone(ZoneInfo(ZONE)).time() for cut in absence)
    presences = resolve_presence(*EVENING, ZONE, None, None, [(out, back)], brief, IN_PERSON)
    length = absence[1] - absence[0]
    assert minutes_of(presences) == (180 if length <= brief else 180 - length)


def minutes_of(presences):
    return sum((each.end - each.start) // timedelta(minutes=1) for each in presences)


@pytest.mark.parametrize("city", ["New_York", "Chicago", "Denver", "Los_Angeles", "Anchorage", "Phoenix"])
def test_every_night_from_2020_to_2037_is_credited_as_long_as_it_lasted(city):
    zone = ZoneInfo(f"America/{city}")
    night = datetime(2020, 1, 1, 22, tzinfo=zone)
    while night.year < 2038:
        morning = night + timedelta(hours=8)
        shift = (morning.utcoffset() - night.utcoffset()) // timedelta(minutes=1)
        session = night.astimezone(UTC), morning.astimezone(UTC)
        presences = resolve_presence(*session, zone.key, time(22), time(6), [], 5, IN_PERSON)
        assert minutes_of(presences) == 480 - shift, night
        night += timedelta(days=1)
