"""The register's rules: what fields say, and whose version holds."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.attendance.rules import (
    ClockError,
    Content,
    Outcome,
    Typed,
    Verdict,
    Window,
    intervals_to_text,
    overlaps,
    read_typed,
    reconcile,
    typed_of,
)
from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import Presence, instant_of, minute_of
from tests.factories.schedule import local
from tests.room import DAY

WINDOW = Window(
    datetime(2026, 10, 20, 22, 30, tzinfo=UTC), datetime(2026, 10, 21, 1, 30, tzinfo=UTC), "America/Chicago"
)
IN_PERSON = DeliveryMode.IN_PERSON
HERE = Content(Outcome.PRESENT, intervals_to_text([Presence(WINDOW.start, WINDOW.end, IN_PERSON)]))
ABSENT = Content(Outcome.ABSENT)
LATE = Typed(Outcome.PRESENT, arrived="5:55 PM", mode=IN_PERSON)


def read(typed, base=None, now="20:30"):
    return read_typed(typed, base, WINDOW, IN_PERSON, 5, local(DAY, now))


def test_present_without_times_is_the_scheduled_interval():
    assert read(Typed(Outcome.PRESENT)) == HERE


def test_times_alone_mean_present():
    assert read(Typed(arrived="5:55")) == read(LATE)


def test_an_empty_row_leaves_the_person_unmarked():
    assert read(Typed()) is None


def test_an_absence_too_brief_to_record_is_no_exception():
    assert read(Typed(Outcome.PRESENT, arrived="5:34")) == HERE


def test_fields_shown_and_sent_back_are_the_same_mark():
    mark = read(Typed(Outcome.PRESENT, "5:55", "8:20", (("6:40", "7:00"), ("7:10", "7:30")), DeliveryMode.LIVE_ONLINE))
    shown = typed_of(mark, WINDOW)
    assert shown.absences == (("6:40 PM", "7:00 PM"), ("7:10 PM", "7:30 PM"))
    assert read(shown, mark) is mark


def test_another_mode_is_a_change():
    assert read(Typed(Outcome.PRESENT, mode=DeliveryMode.LIVE_ONLINE), HERE) != HERE


def test_making_a_late_person_absent_needs_no_clearing_of_times():
    assert read(Typed(Outcome.ABSENT, arrived="5:55 PM", mode=IN_PERSON), read(LATE)) == ABSENT


def test_new_times_for_an_absent_person_are_refused():
    with pytest.raises(ClockError) as refused:
        read(Typed(Outcome.ABSENT, arrived="6:10 PM"), read(LATE))
    assert refused.value.field == "outcome"


@pytest.mark.parametrize(
    ("typed", "now", "field"),
    [
        (Typed(arrived="5:55"), "17:33", "arrived"),
        (Typed(arrived="5:55"), "17:45", None),
        (Typed(arrived="5:34"), "17:00", None),
        (Typed(absences=(("6:40", "7:00"),)), "18:41", "absences-0-back"),
        (Typed(absences=(("6:00", "6:20"), ("6:40", "7:00"))), "18:41", "absences-1-back"),
        (Typed(absences=(("6:40", ""),)), "18:41", None),
        (Typed(absences=(("7:00", ""),)), "18:41", None),
        (Typed(left="8:00"), "17:33", None),
        (Typed(Outcome.PRESENT), "17:00", None),
    ],
)
def test_leaving_may_be_announced_and_coming_happens_first(typed, now, field):
    if field is None:
        assert read(typed, now=now) == read(typed)
        return
    with pytest.raises(ClockError, match="is still to come") as refused:
        read(typed, now=now)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("left", "absences", "same_as"),
    [
        ("6:40", (("", "7:00"),), Typed(absences=(("6:40", "7:00"),))),
        ("7:20", (("6:00", "6:20"), ("", "7:40")), Typed(absences=(("6:00", "6:20"), ("7:20", "7:40")))),
    ],
)
def test_somebody_who_had_left_and_is_back_needs_only_the_return(left, absences, same_as):
    assert read(Typed(left=left, absences=absences)) == read(same_as)


@pytest.mark.parametrize("absences", [(("", "6:20"),), (("", "7:00"), ("", "7:20"))])
def test_a_return_that_no_departure_explains_is_refused(absences):
    with pytest.raises(ClockError, match="Type when the person went out") as refused:
        read(Typed(left="6:40", absences=absences))
    assert refused.value.field == "absences-0-out"


@pytest.mark.parametrize(
    ("base_version", "base", "version", "current", "wanted", "verdict"),
    [
        (0, None, 0, None, None, Verdict.UNCHANGED),
        (0, None, 0, None, HERE, Verdict.SAVE),
        (1, HERE, 1, HERE, HERE, Verdict.UNCHANGED),
        (1, HERE, 1, HERE, ABSENT, Verdict.SAVE),
        (0, None, 1, HERE, HERE, Verdict.UNCHANGED),
        (0, None, 1, HERE, ABSENT, Verdict.CONFLICT),
        (1, HERE, 2, ABSENT, HERE, Verdict.UNCHANGED),
        (1, HERE, 3, HERE, ABSENT, Verdict.CONFLICT),
        (9, None, 1, HERE, ABSENT, Verdict.CONFLICT),
    ],
)
def test_whose_version_holds(base_version, base, version, current, wanted, verdict):
    assert reconcile(base_version, base, version, current, wanted) is verdict


@given(st.integers(0, 179), st.integers(1, 180), st.integers(0, 179), st.integers(1, 180))
def test_two_places_overlap_exactly_when_they_share_a_minute(a, b, c, d):
    start = minute_of(WINDOW.start)
    if a >= b or c >= d:
        return
    one, other = ([Presence(instant_of(start + x), instant_of(start + y), IN_PERSON)] for x, y in ((a, b), (c, d)))
    assert overlaps(one, other) is bool(set(range(a, b)) & set(range(c, d)))
