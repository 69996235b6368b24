"""Credited minutes are elapsed minutes, whatever the clocks did that night: every change in six US zones, 2020-2037."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from advocates import clock
from advocates.attendance.marking import Entry, mark_attendance
from advocates.attendance.rules import ClockError, Outcome, PlannedPart, Typed, Window, read_delivered, read_typed
from advocates.attendance.signing_off import sign_off
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.queries import modules_of
from advocates.database import db, new_id
from advocates.hours.queries import balances
from advocates.hours.rules import DeliveredSegment, earned_from_presence
from advocates.schedule.models import AgendaSegment, TrainingSession
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.figures.zones import (
    CHANGING,
    MINUTE,
    STANDING,
    YEARS,
    Change,
    all_changes,
    by_law,
    changes,
    elapsed,
    readings,
)

IN_PERSON = DeliveryMode.IN_PERSON
# Sessions around the change: minutes from it to their start, and their parts, a break among them.
SHAPES: tuple[tuple[int, tuple[tuple[int | None, int], ...]], ...] = (
    (-180, ((0, 85), (None, 10), (1, 85), (None, 0), (2, 120))),  # begins the evening before, ends the morning after
    (-30, ((0, 90),)),
    (-60, ((0, 60), (None, 60), (1, 90))),  # the break begins with the change
    (-95, ((0, 45), (None, 15), (1, 160))),
    (0, ((0, 120), (1, 60))),
    (-120, ((0, 120),)),
)
# Minutes from the change to what the clock shows then; and times that it skips in spring and shows twice in autumn.
OFFSETS = (-110, -65, -35, -6, -1, 0, 1, 25, 35, 59, 61, 95)
SMALL_HOURS = tuple(time(hour, minute) for hour in (1, 2) for minute in (0, 10, 35, 59))
PAIRS = ((0, 3), (1, 9), (2, 7), (3, 8), (4, 10), (7, 3), (12, 14), (13, 15), (14, 8), (16, 17))
BRIEF = timedelta(minutes=5)
SAMPLE_EVERY = 9


@dataclass(frozen=True)
class Class:
    """A session around a change of the clocks. `parts` are its segments: module position or None, start, end."""

    change: Change
    shape: int

    @property
    def start(self) -> datetime:
        return self.change.at + timedelta(minutes=SHAPES[self.shape][0])

    @property
    def parts(self) -> list[tuple[int | None, datetime, datetime]]:
        at, found = self.start, []
        for position, minutes in SHAPES[self.shape][1]:
            if minutes:
                found.append((position, at, at + minutes * MINUTE))
            at += minutes * MINUTE
        return found

    @property
    def end(self) -> datetime:
        return self.parts[-1][2]

    @property
    def taught(self) -> list[tuple[datetime, datetime]]:
        return [(start, end) for position, start, end in self.parts if position is not None]

    @property
    def window(self) -> Window:
        return Window(self.start, self.end, self.change.zone)

    @property
    def times(self) -> tuple[time, ...]:
        """What is typed of this class: readings around the change, and the small hours."""
        there = ZoneInfo(self.change.zone)
        around = ((self.change.at + n * MINUTE).astimezone(there) for n in OFFSETS)
        return (*(at.time().replace(fold=0) for at in around), *SMALL_HOURS)

    @property
    def shown(self) -> dict[time, list[datetime]]:
        return readings(self.change.zone, self.start, self.end)


def classes(every: int) -> Iterator[Class]:
    for number, change in enumerate(all_changes()):
        for shape in range(len(SHAPES)):
            if (number + shape) % every == 0:
                yield Class(change, shape)


def typed_as(reading: time) -> str:
    """As a trainer types it, with its half of the day: 1:05 am."""
    return f"{reading.hour % 12 or 12}:{reading.minute:02d} {'am' if reading.hour < 12 else 'pm'}"


def credited(held: Class, typed: Typed) -> int:
    """What the rules make of the typed row: minutes earned in all modules."""
    now = held.end + timedelta(hours=1)
    content = read_typed(typed, None, held.window, IN_PERSON, 0, now)
    assert content is not None
    modules = {position: uuid.UUID(int=n + 1) for n, position in enumerate((0, 1, 2))}
    segments = [
        DeliveredSegment(uuid.uuid4(), uuid.UUID(int=9), modules[position], 0, start, end, IN_PERSON)
        if position is not None
        else DeliveredSegment(uuid.uuid4(), uuid.UUID(int=9), None, 0, start, end, IN_PERSON)
        for position, start, end in held.parts
    ]
    earned = earned_from_presence(uuid.UUID(int=7), content.presences, segments, dict.fromkeys(modules.values(), 1000))
    return sum(part.minutes for part in earned)


def arriving(held: Class, reading: time) -> list[tuple[datetime, datetime]] | None:
    """Present from the first time that the clock showed this; None where it never did in the session."""
    shown = held.shown.get(reading)
    return [(shown[0], held.end)] if shown and shown[0] < held.end else None


def leaving(held: Class, reading: time) -> list[tuple[datetime, datetime]] | None:
    """Present until the last time that the clock showed this."""
    shown = held.shown.get(reading)
    return [(held.start, shown[-1])] if shown and shown[-1] > held.start else None


def stepping_out(held: Class, out: time, back: time) -> list[tuple[datetime, datetime]] | None:
    """Of the pairs of instants with these readings, the one that leaves the person longest present."""
    pairs = [(went, came) for went in held.shown.get(out, ()) for came in held.shown.get(back, ()) if went < came]
    if not pairs:
        return None
    went, came = min(pairs, key=lambda pair: pair[1] - pair[0])
    return [(held.start, went), (came, held.end)]


def cases(held: Class) -> Iterator[tuple[Typed, list[tuple[datetime, datetime]] | None]]:
    """Rows as typed, and where the person was; None where no such time was in the session."""
    there = Outcome.PRESENT
    yield Typed(there), [(held.start, held.end)]
    for reading in held.times:
        yield Typed(there, arrived=typed_as(reading)), arriving(held, reading)
        yield Typed(there, left=typed_as(reading)), leaving(held, reading)
    for out, back in PAIRS:
        pair = (held.times[out], held.times[back])
        yield Typed(there, absences=((typed_as(pair[0]), typed_as(pair[1])),)), stepping_out(held, *pair)


def test_the_clocks_change_when_the_law_says_and_nowhere_else() -> None:
    for zone in CHANGING:
        found = [change.at.astimezone(ZoneInfo(zone)) for change in changes(zone)]
        assert [at.date() for at in found] == [day for year in YEARS for day in by_law(year)]
        assert {(at.month, at.time()) for at in found} == {(3, time(3)), (11, time(1))}
    assert [len(changes(zone)) for zone in STANDING] == [0, 0]


@pytest.mark.parametrize("every", [SAMPLE_EVERY, pytest.param(1, marks=pytest.mark.long)])
def test_typed_clock_times_credit_the_minutes_that_elapsed(figure: Any, every: int) -> None:
    right, refused = 0, 0
    for held in classes(every):
        for typed, there in cases(held):
            if there is None:
                with pytest.raises(ClockError):
                    credited(held, typed)
                refused += 1
            else:
                assert credited(held, typed) == elapsed(there, held.taught), (str(held.change), held.shape, typed)
                right += 1
    assert right > refused > 0
    changing = sum(len(changes(zone)) for zone in CHANGING)
    figure("daylight", "changes of the clocks in six zones", changing)
    figure("daylight", "nights looked at, with those of two zones that stand still", len(all_changes()))
    figure("daylight", "rows typed: credited minutes equal elapsed minutes", f"{right:,} of {right:,}")
    figure("daylight", "rows typed with a time that the session's clock never showed: refused", f"{refused:,}")


@pytest.mark.parametrize("every", [SAMPLE_EVERY, pytest.param(1, marks=pytest.mark.long)])
def test_a_class_delivers_the_minutes_until_it_ended(figure: Any, every: int) -> None:
    ended_early = 0
    for held in classes(every):
        parts = [PlannedPart(uuid.uuid4(), start, end) for _, start, end in held.parts]
        for reading in held.times:
            if not (shown := held.shown.get(reading)):
                continue
            ended = min(shown, key=lambda instant: abs(instant - held.end))
            times = read_delivered(parts, {}, typed_as(reading), held.window, held.end + timedelta(hours=1))
            delivered = sum(int((end - start) / MINUTE) for start, end in times.values())
            assert delivered == elapsed([(held.start, ended)], [(held.start, held.end)])
            ended_early += 1
    assert ended_early
    figure("daylight", "classes that ended early: delivered minutes equal elapsed minutes", f"{ended_early:,}")


@pytest.mark.parametrize("every", [SAMPLE_EVERY * 2, pytest.param(1, marks=pytest.mark.long)])
def test_the_ledger_credits_the_minutes_that_elapsed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, all_is_well: Any, figure: Any, every: int
) -> None:
    """One class a night, through marking and sign-off."""
    nights = all_changes()[::every]
    version, right = make_version(), 0
    trainer = make_person("Bertil Oakes", roles=["trainer"])
    for number, night in enumerate(nights):
        held = Class(night, number % len(SHAPES))
        monkeypatch.setattr(clock, "now", lambda held=held: held.end + timedelta(hours=1))
        possible = [case for case in cases(held) if case[1] is not None]
        chosen = [possible[0], possible[number % len(possible)], possible[number * 7 % len(possible)]]
        cohort = make_cohort(version, time_zone=night.zone)
        trainees = [make_enrollment(cohort, "Wen Harlow") for _ in chosen]
        session = make_class(held, cohort, version)
        entries = [
            Entry(trainee.id, 0, uuid.uuid4(), typed) for trainee, (typed, _) in zip(trainees, chosen, strict=True)
        ]
        mark_attendance(trainer.id, session.id, entries)
        sign_off(trainer.id, session.id, 1, {})
        db.session.commit()
        found = balances([trainee.id for trainee in trainees])
        for trainee, (typed, there) in zip(trainees, chosen, strict=True):
            assert there is not None
            assert found[trainee.id].credited_minutes == expected(held, there), (str(night), held.shape, typed)
            right += 1
    all_is_well()
    figure("daylight", "marked, signed off and posted: ledger minutes equal elapsed minutes", f"{right:,} of {right:,}")


def expected(held: Class, there: list[tuple[datetime, datetime]]) -> int:
    """Elapsed minutes; by the version's own rule no absence of five minutes or less is recorded."""
    points = [held.start, *(instant for span in there for instant in span), held.end]
    present, since = [], held.start
    for gone, back in zip(points[::2], points[1::2], strict=True):
        if back - gone > BRIEF:
            present.append((since, gone))
            since = back
    return elapsed([*present, (since, held.end)], held.taught)


def make_class(held: Class, cohort: Any, version: Any) -> TrainingSession:
    """The session in the database. Each part is a module of its own that is long enough for it."""
    longest = sorted(modules_of(version.id), key=lambda module: -module.contact_minutes)
    session = TrainingSession(
        id=new_id(),
        cohort_id=cohort.id,
        planned_start=held.start,
        planned_end=held.end,
        time_zone=held.change.zone,
        place=cohort.place,
        delivery_mode=IN_PERSON,
    )
    db.session.add(session)
    db.session.flush()
    for position, start, end in held.parts:
        is_break = position is None
        db.session.add(
            AgendaSegment(
                session_id=session.id,
                planned_start=start,
                planned_end=end,
                module_id=None if position is None else longest[position].module_id,
                from_minute=None if is_break else 0,
                delivery_mode=None if is_break else IN_PERSON,
            )
        )
    db.session.commit()
    return session
