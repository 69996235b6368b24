"""The file itself: read back by the strict parser of `icalendar`, and the same when written again."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from advocates.calendars.rules import Entry, Wording, write_calendar

WORDING = Wording("Training", "Training session")
CHICAGO = "America/Chicago"


def entry(starts, minutes=180, zone=CHICAGO, **changes):
    values = {
        "session_id": uuid.UUID(int=7),
        "starts": starts,
        "ends": starts + timedelta(minutes=minutes),
        "time_zone": zone,
        "place": "Malcolm X College, Room 1104",
        "link": None,
        "sequence": 0,
        "changed_at": datetime(2026, 9, 1, 12, tzinfo=UTC),
        "is_cancelled": False,
    }
    return Entry(**(values | changes))


def written(*entries):
    return write_calendar(entries, WORDING, "training.example.org", CHICAGO)


def events(content):
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize(
    ("starts", "minutes"),
    [
        (datetime(2026, 10, 20, 22, 30, tzinfo=UTC), 180),  # daylight time
        (datetime(2026, 11, 5, 23, 30, tzinfo=UTC), 180),  # standard time
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), 180),  # over the change, 12:30 to 2:30 by the clock
        (datetime(2026, 11, 1, 7, 30, tzinfo=UTC), 60),  # begins in the hour that is shown a second time
        (datetime(2027, 3, 14, 7, 30, tzinfo=UTC), 60),  # over the skipped hour
        (datetime(2026, 10, 21, 4, 30, tzinfo=UTC), 120),  # over midnight
    ],
)
def test_instants_survive_by_the_zone_that_the_file_itself_defines(starts, minutes):
    calendar = icalendar.Calendar.from_ical(written(entry(starts, minutes)))
    (zone,) = calendar.walk("VTIMEZONE")
    (event,) = calendar.walk("VEVENT")
    of_the_file = zone.to_tz()
    for shown, meant in (
        (event["dtstart"], starts),
        (event["dtend"], starts + timedelta(minutes=minutes)),
    ):
        if "TZID" in shown.params:
            assert shown.params["TZID"] == CHICAGO
            # By the rules printed in the file, not by this machine's.
            assert (
                of_the_file.utcoffset(shown.dt.replace(tzinfo=None)) == meant.astimezone(ZoneInfo(CHICAGO)).utcoffset()
            )
        assert shown.dt.astimezone(UTC) == meant


def test_the_round_trip_loses_nothing_and_says_no_error():
    content = written(entry(datetime(2026, 10, 20, 22, 30, tzinfo=UTC)), entry(datetime(2026, 11, 7, 15, tzinfo=UTC)))
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.to_ical() == content
    assert [error for component in calendar.walk() for error in component.errors] == []
    assert not calendar.get_missing_tzids()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_an_entry_is_neutral_and_stable():
    (event,) = events(written(entry(datetime(2026, 10, 20, 22, 30, tzinfo=UTC), sequence=3)))
    assert event["uid"] == f"{uuid.UUID(int=7)}@training.example.org"
    assert (event["summary"], event["status"], event["sequence"]) == ("Training session", "CONFIRMED", 3)
    assert "DESCRIPTION" not in event
    assert "ATTENDEE" not in event


def test_a_cancelled_session_stays_and_says_so():
    (event,) = events(written(entry(datetime(2026, 10, 20, 22, 30, tzinfo=UTC), is_cancelled=True)))
    assert event["status"] == "CANCELLED"


@pytest.mark.parametrize("place", ["Hall; west, \\door", "Sala główna – 王府\nBEGIN:VEVENT", "x" * 300])
def test_a_place_is_text_whatever_it_holds(place):
    (event,) = events(written(entry(datetime(2026, 10, 20, 22, 30, tzinfo=UTC), place=place)))
    assert event["location"] == place


def test_two_zones_are_both_defined_and_no_session_is_a_calendar_too():
    abroad = entry(datetime(2026, 10, 20, 8, tzinfo=UTC), zone="Europe/Warsaw", session_id=uuid.UUID(int=8))
    content = written(entry(datetime(2026, 10, 20, 22, 30, tzinfo=UTC)), abroad)
    names = {zone["tzid"] for zone in icalendar.Calendar.from_ical(content).walk("VTIMEZONE")}
    assert names == {CHICAGO, "Europe/Warsaw"}
    assert events(written()) == []


def test_a_calendar_without_entries_still_has_a_component():
    (zone,) = icalendar.Calendar.from_ical(written()).subcomponents
    assert (zone.name, zone["tzid"]) == ("VTIMEZONE", CHICAGO)
