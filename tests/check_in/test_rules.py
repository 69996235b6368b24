"""When people can check in, by which code, and what their check-ins propose: tables of cases."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.attendance.rules import Outcome, Typed, Window
from advocates.check_in.rules import (
    Direction,
    Event,
    clean_code,
    clean_personal_code,
    code_at,
    effect_of,
    is_near,
    is_shown,
    next_direction,
    propose,
    seconds_left,
    typed_from,
)
from advocates.check_in.rules.codes import ALPHABET
from tests.factories.schedule import local

DAY = date(2026, 10, 20)
KEY = b"a key"
SESSION, OTHER = (uuid.UUID(int=n, version=4) for n in (1, 2))
IN, OUT = Direction.IN, Direction.OUT
START, END = local(DAY, "17:30"), local(DAY, "20:30")
WINDOW = Window(START, END, "America/Chicago")
# The beginning of one half minute.
AT = datetime(2026, 10, 20, 22, 30, tzinfo=UTC)


def at(clock: str, seconds: int = 0) -> datetime:
    return local(DAY, clock) + timedelta(seconds=seconds)


def events(*texts: str) -> list[Event]:
    """From texts such as "in 17:28" and "out 18:40:20"."""
    found = []
    for text in texts:
        way, clock = text.split()
        found.append(Event(Direction(way), at(clock[:5], int(clock[6:] or 0))))
    return found


@pytest.mark.parametrize(
    ("seconds", "holds"), [(-1, False), (0, True), (29, True), (30, True), (59, True), (60, False), (3600, False)]
)
def test_a_code_holds_while_it_is_shown_and_one_step_longer(seconds, holds):
    code = code_at(KEY, SESSION, IN, AT)
    assert is_shown(code, KEY, SESSION, IN, AT + timedelta(seconds=seconds)) is holds


def test_a_code_first_seen_at_the_end_of_its_step_still_has_half_a_minute():
    code = code_at(KEY, SESSION, IN, AT + timedelta(seconds=29, microseconds=999_999))
    assert is_shown(code, KEY, SESSION, IN, AT + timedelta(seconds=59, microseconds=999_999))
    assert not is_shown(code, KEY, SESSION, IN, AT + timedelta(seconds=60))


@pytest.mark.parametrize(
    ("key", "session", "way"), [(KEY, OTHER, IN), (KEY, SESSION, OUT), (b"another key", SESSION, IN)]
)
def test_a_code_holds_for_one_session_and_one_direction(key, session, way):
    assert not is_shown(code_at(KEY, SESSION, IN, AT), key, session, way, AT)


@pytest.mark.parametrize(("seconds", "left"), [(0, 30), (1, 29), (29, 1), (29.9, 1), (30, 30)])
def test_how_long_a_code_is_shown_still(seconds, left):
    assert seconds_left(AT + timedelta(seconds=seconds)) == left


@given(st.integers(0, 10**9))
def test_a_code_is_six_signs_that_are_not_mistaken(seconds):
    code = code_at(KEY, SESSION, IN, AT + timedelta(seconds=seconds))
    assert len(code) == 6
    assert set(code) <= set(ALPHABET)
    assert not set(code) & set("01258OILSZBAEU")
    assert clean_code(f" {code[:3].lower()}-{code[3:]} ") == code


@pytest.mark.parametrize("typed", ["", "K7M", "K7MPQRX", "K7MPQ0", "K7MPQO", "K7M\x00PQ", "‮K7MPQ", "😀😀😀😀😀😀"])
def test_what_can_be_no_code_is_none(typed):
    assert clean_code(typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [("482913", "482913"), (" 482 913 ", "482913"), ("482-913", "482913"), ("٤٨٢٩١٣", "482913"), ("000007", "000007"),
     ("48291", None), ("4829133", None), ("48291a", None), ("", None), ("²³¹²³¹", None)],
)  # fmt: skip
def test_a_personal_code_however_it_is_typed(typed, code):
    assert clean_personal_code(typed) == code


@pytest.mark.parametrize(
    ("clock", "near"),
    [("16:59", False), ("17:00", True), ("17:30", True), ("20:30", True), ("21:00", True), ("21:01", False)],
)
def test_checking_in_is_open_from_half_an_hour_before_until_half_an_hour_after(clock, near):
    assert is_near(START, END, at(clock)) is near


@pytest.mark.parametrize(
    ("last", "wanted", "recorded"), [(None, IN, IN), (None, OUT, OUT), (IN, IN, None), (IN, OUT, OUT), (OUT, OUT, None)]
)
def test_saying_the_same_again_records_nothing(last, wanted, recorded):
    assert effect_of(Event(last, AT) if last else None, wanted) is recorded


@pytest.mark.parametrize(
    ("last", "minutes", "means"),
    [(None, 0, IN), (IN, 1, IN), (IN, 2, OUT), (OUT, 1, OUT), (OUT, 2, IN), (IN, 170, OUT)],
)
def test_who_says_nothing_means_the_other_way_unless_it_is_the_same_minute(last, minutes, means):
    assert next_direction(Event(last, AT) if last else None, AT + timedelta(minutes=minutes)) is means


PROPOSED = [
    (["in 17:28"], "17:30-20:30", True, None),
    (["in 17:28", "out 20:33"], "17:30-20:30", False, None),
    (["in 17:30:40"], "17:30-20:30", True, None),
    (["in 17:55:59", "out 20:05:01"], "17:55-20:06", False, None),
    (["in 17:25", "out 18:40", "in 19:00"], "17:30-18:40 19:00-20:30", True, None),
    (["in 17:10", "out 17:20", "in 17:29"], "17:30-20:30", True, None),
    (["in 17:25", "out 18:40:10", "in 18:41:50", "out 20:30"], "17:30-20:30", False, None),
    (["in 17:25", "in 18:00"], "17:30-20:30", True, None),
    (["out 18:00", "in 18:10"], "18:10-20:30", True, "out_without_in"),
    (["in 17:25", "out 18:00", "out 18:30"], "17:30-18:00", False, "out_without_in"),
    (["in 17:28", "out 18:40", "in 20:30"], "17:30-18:40", False, "in_after_end"),
    (["in 17:28", "out 18:40", "in 20:32"], "17:30-18:40", False, "in_after_end"),
    (["in 17:28", "out 18:40", "in 20:29:59"], "17:30-18:40 20:29-20:30", True, None),
    (["in 17:28", "out 18:40", "in 20:32", "out 20:40"], "17:30-18:40", False, None),
    (["out 18:00"], None, None, None),
    (["in 17:05", "out 17:20"], None, None, None),
    (["in 20:31"], None, None, None),
    ([], None, None, None),
]


@pytest.mark.parametrize(("said", "intervals", "is_open", "doubt"), PROPOSED)
def test_what_check_ins_propose(said, intervals, is_open, doubt):
    proposal = propose(events(*said), START, END)
    if intervals is None:
        assert proposal is None
        return
    pairs = [pair.split("-") for pair in intervals.split()]
    assert proposal.intervals == tuple((at(start), at(end)) for start, end in pairs)
    assert (proposal.is_open, proposal.doubts) == (is_open, {doubt} - {None})


@given(st.lists(st.tuples(st.sampled_from(Direction), st.integers(0, 4 * 3600)), max_size=12))
def test_a_proposal_never_leaves_the_session_nor_overlaps_itself(raw):
    said = [
        Event(way, START - timedelta(minutes=30) + timedelta(seconds=s)) for way, s in sorted(raw, key=lambda e: e[1])
    ]
    proposal = propose(said, START, END)
    edges = [moment for pair in (proposal.intervals if proposal else ()) for moment in pair]
    assert edges == sorted(set(edges))
    assert all(START <= moment <= END and moment.second == 0 for moment in edges)


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        (["in 17:28"], Typed(Outcome.PRESENT)),
        (["in 17:55"], Typed(Outcome.PRESENT, arrived="5:55 PM")),
        (["in 17:28", "out 20:05"], Typed(Outcome.PRESENT, left="8:05 PM")),
        (
            ["in 17:40", "out 18:40", "in 19:00", "out 20:20"],
            Typed(Outcome.PRESENT, "5:40 PM", "8:20 PM", (("6:40 PM", "7:00 PM"),)),
        ),
    ],
)
def test_a_proposal_as_the_register_would_have_it_typed(said, typed):
    assert typed_from(propose(events(*said), START, END), WINDOW) == typed
