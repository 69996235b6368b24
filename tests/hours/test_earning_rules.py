"""Presence x delivered segments, in evenings of the session's own zone: a table of what each mark earns."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import (
    DeliveredSegment,
    Part,
    Presence,
    Source,
    SourceKind,
    earned_from_presence,
    taught_parts,
)

IN_PERSON, ONLINE = DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE
MARK, SESSION = uuid.UUID(int=100), uuid.UUID(int=200)
SAFETY, COURT = uuid.UUID(int=1), uuid.UUID(int=2)
MINUTES = {SAFETY: 180, COURT: 120}
CHICAGO = ZoneInfo("America/Chicago")


def at(clock, day=29, month=10, year=2026, fold=0):
    hour, minute = map(int, clock.split(":"))
    return datetime(year, month, day, hour, minute, tzinfo=CHICAGO, fold=fold).astimezone(UTC)


def segment(number, start, end, module=SAFETY, from_minute=0, mode=IN_PERSON):
    return DeliveredSegment(uuid.UUID(int=300 + number), SESSION, module, from_minute, start, end, mode)


# 17:30 safety 0-60, 18:30 break, 18:45 safety 60-105, 19:30 court 0-60, 20:30 end
EVENING = (
    segment(1, at("17:30"), at("18:30")),
    segment(2, at("18:30"), at("18:45"), module=None),
    segment(3, at("18:45"), at("19:30"), from_minute=60),
    segment(4, at("19:30"), at("20:30"), module=COURT),
)


def earned(presences, segments=EVENING, minutes=MINUTES):
    presences = [Presence(at(start), at(end), *(mode or [IN_PERSON])) for start, end, *mode in presences]
    return plain(earned_from_presence(MARK, presences, segments, minutes))


def plain(parts):
    return [(part.module_id, part.from_minute, part.to_minute) for part in parts]


@pytest.mark.parametrize(
    ("presences", "expected"),
    [
        pytest.param([("17:30", "20:30")], [(SAFETY, 0, 60), (SAFETY, 60, 105), (COURT, 0, 60)], id="all of it"),
        pytest.param([("17:55", "20:30")], [(SAFETY, 25, 60), (SAFETY, 60, 105), (COURT, 0, 60)], id="25 late"),
        pytest.param(
            [("18:40", "20:30")],
            [(SAFETY, 60, 105), (COURT, 0, 60)],
            id="70 late costs 60: ten of them are break",
        ),
        pytest.param([("18:50", "20:30")], [(SAFETY, 65, 105), (COURT, 0, 60)], id="late beyond the break"),
        pytest.param([("17:30", "20:20")], [(SAFETY, 0, 60), (SAFETY, 60, 105), (COURT, 0, 50)], id="left early"),
        pytest.param(
            [("17:30", "18:30"), ("18:45", "20:30")],
            [(SAFETY, 0, 60), (SAFETY, 60, 105), (COURT, 0, 60)],
            id="out for exactly the break costs nothing",
        ),
        pytest.param(
            [("17:30", "19:20"), ("19:40", "20:30")],
            [(SAFETY, 0, 60), (SAFETY, 60, 95), (COURT, 10, 60)],
            id="out across a module boundary costs each module its own",
        ),
        pytest.param(
            [("17:40", "17:50"), ("18:00", "18:50"), ("20:00", "20:30")],
            [(SAFETY, 10, 20), (SAFETY, 30, 60), (SAFETY, 60, 65), (COURT, 30, 60)],
            id="three intervals",
        ),
        pytest.param([("18:30", "18:45")], [], id="only the break"),
        pytest.param([("15:00", "17:30")], [], id="before it began"),
        pytest.param([("20:30", "21:00")], [], id="after it ended"),
        pytest.param([("16:00", "17:31")], [(SAFETY, 0, 1)], id="one minute"),
        pytest.param([("17:40", "18:10"), ("18:00", "18:20")], [(SAFETY, 10, 50)], id="overlapping intervals"),
        pytest.param([("17:40", "18:00"), ("18:00", "18:20")], [(SAFETY, 10, 50)], id="touching intervals"),
        pytest.param([], [], id="nobody"),
    ],
)
def test_presence_earns_exactly_its_overlap_with_teaching(presences, expected):
    assert sorted(earned(presences)) == sorted(expected)


def test_each_slice_names_its_mark_and_segment():
    everything = earned_from_presence(MARK, [Presence(at("17:30"), at("20:30"), IN_PERSON)], EVENING, MINUTES)
    assert [each.source for each in everything] == [
        Source(SourceKind.MARK, MARK, EVENING[index].segment_id) for index in (0, 2, 3)
    ]


def test_a_class_that_ended_20_minutes_early_delivers_20_less():
    delivered = (*EVENING[:3], segment(4, at("19:30"), at("20:10"), module=COURT))
    assert earned([("17:30", "20:30")], delivered)[-1] == (COURT, 0, 40)


def test_a_class_that_began_late_is_credited_from_when_it_began():
    delivered = (segment(1, at("17:40"), at("18:30")),)
    assert earned([("17:30", "18:30")], delivered) == [(SAFETY, 0, 50)]


def test_a_segment_that_was_not_delivered_at_all_earns_nothing():
    assert earned([("17:30", "20:30")], [segment(1, at("17:30"), at("17:30"))]) == []


def test_an_overrun_earns_no_more_than_the_module_holds():
    overrun = [segment(1, at("17:30"), at("20:30"), module=COURT, from_minute=30)]
    assert earned([("17:30", "20:30")], overrun) == [(COURT, 30, 120)]


def test_a_module_outside_the_version_earns_nothing():
    assert earned([("17:30", "20:30")], minutes={COURT: 120}) == [(COURT, 0, 60)]


def test_overlapping_segments_are_refused_since_a_minute_is_credited_once():
    with pytest.raises(ValueError, match="overlap"):
        earned([("17:30", "20:30")], [EVENING[0], segment(9, at("18:29"), at("19:00"), module=COURT)])


def test_the_mode_is_the_persons_not_the_rooms():
    [only] = earned_from_presence(MARK, [Presence(at("17:30"), at("18:30"), ONLINE)], EVENING, MINUTES)
    assert only.mode is ONLINE


def test_touching_intervals_in_two_modes_stay_apart():
    presences = [Presence(at("17:30"), at("18:00"), IN_PERSON), Presence(at("18:00"), at("18:30"), ONLINE)]
    parts = earned_from_presence(MARK, presences, EVENING, MINUTES)
    assert [(part.from_minute, part.to_minute, part.mode) for part in parts] == [
        (0, 30, IN_PERSON),
        (30, 60, ONLINE),
    ]


def test_a_minute_claimed_in_two_modes_counts_once_and_in_person():
    presences = [Presence(at("17:30"), at("18:20"), ONLINE), Presence(at("18:00"), at("18:30"), IN_PERSON)]
    parts = earned_from_presence(MARK, presences, EVENING, MINUTES)
    assert [(part.from_minute, part.to_minute, part.mode) for part in parts] == [
        (0, 30, ONLINE),
        (30, 60, IN_PERSON),
    ]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        pytest.param(at("23:00", 31), at("02:00", 1, 11), 240, id="clocks back: an hour more than they show"),
        pytest.param(at("23:00", 13, 3, 2027), at("04:00", 14, 3, 2027), 240, id="clocks forward: one less"),
        pytest.param(at("22:00", 29), at("01:00", 30), 180, id="over midnight"),
        pytest.param(at("01:30", 1, 11), at("01:30", 1, 11, fold=1), 60, id="between two readings of 1:30"),
    ],
)
def test_only_elapsed_minutes_count(start, end, minutes):
    night = [segment(1, start, end)]
    [only] = earned_from_presence(MARK, [Presence(start, end, IN_PERSON)], night, {SAFETY: 600})
    assert only.minutes == minutes


def test_presence_in_a_local_zone_is_still_counted_in_elapsed_minutes():
    start, end = datetime(2026, 10, 31, 23, tzinfo=CHICAGO), datetime(2026, 11, 1, 2, tzinfo=CHICAGO)
    [only] = earned_from_presence(MARK, [Presence(start, end, IN_PERSON)], [segment(1, start, end)], {SAFETY: 600})
    assert only.minutes == 240


@pytest.mark.parametrize(
    "start", [at("17:30").replace(tzinfo=None), at("17:30") + timedelta(seconds=1)], ids=["naive", "seconds"]
)
def test_instants_must_be_aware_and_whole_minutes(start):
    with pytest.raises(ValueError, match=r"time zone|whole minute"):
        earned_from_presence(MARK, [Presence(start, at("20:30"), IN_PERSON)], EVENING, MINUTES)


def test_a_planned_evening_teaches_its_slices_without_the_break():
    assert taught_parts(EVENING, MINUTES) == (
        Part(SAFETY, 0, 60, IN_PERSON),
        Part(SAFETY, 60, 105, IN_PERSON),
        Part(COURT, 0, 60, IN_PERSON),
    )


@pytest.mark.parametrize(("from_minute", "to_minute"), [(-1, 5), (5, 5), (6, 5)])
def test_a_part_is_never_empty_or_before_the_module(from_minute, to_minute):
    with pytest.raises(ValueError, match="no slice"):
        Part(SAFETY, from_minute, to_minute, IN_PERSON)
