"""Every write of attendance sent again, from several threads, after its reply was lost behind the commit: one effect.

Real gunicorn, real sockets, several rooms at once.
"""

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, NullPool, create_engine, func, or_, select

from advocates.attendance.models import AttendanceMark, MakeUp
from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.people.models import Account, Person
from advocates.people.signing_in import start_sign_in
from tests.factories.make_ups import EVIDENCE, make_version_with_activities, module_id
from tests.figures.replaying import Reply, Sender, Write
from tests.journeys.site import Site, serve
from tests.journeys.wall_clock import WallClock
from tests.room import Room, make_room

SECRET = "ADVOCATES_SECRET_KEY"
ROOMS_AT_ONCE, REPLAYS = 4, 2


@dataclass(frozen=True)
class Effect:
    """How much is stored of one room, or how much a write adds."""

    marks: int = 0
    entries: int = 0
    make_ups: int = 0
    events: int = 0

    def __add__(self, more: "Effect") -> "Effect":
        return Effect(*(mine + theirs for mine, theirs in zip(self._all(), more._all(), strict=True)))

    def _all(self) -> tuple[int, ...]:
        return (self.marks, self.entries, self.make_ups, self.events)


@dataclass(frozen=True)
class Scene:
    """A room's ids and its two people who write: plain values, for threads."""

    room: Room
    session_id: uuid.UUID
    people: tuple[uuid.UUID, ...]
    module_id: uuid.UUID
    trainer: Sender
    administrator: Sender
    engine: Engine

    def stored(self) -> Effect:
        mentioned = [str(self.session_id), *map(str, self.people)]
        about = or_(*(AuditEvent.payload.contains(each) for each in mentioned))
        counts = (
            select(func.count()).select_from(AttendanceMark).where(AttendanceMark.session_id == self.session_id),
            select(func.count()).select_from(CreditEntry).where(CreditEntry.enrollment_id.in_(self.people)),
            select(func.count()).select_from(MakeUp).where(MakeUp.enrollment_id.in_(self.people)),
            select(func.count()).select_from(AuditEvent).where(about),
        )
        with self.engine.connect() as connection:
            return Effect(*(connection.scalar(count) or 0 for count in counts))

    def writes(self) -> Iterator[tuple[str, Write, Effect]]:
        """One after the other: what is written, and all that it may add."""
        here, away, late = self.people
        form, path = self.trainer.form, f"/sessions/{self.session_id}"
        yield "register form", form(f"{path}/attendance", self._register(here, away)), Effect(marks=2, events=1)
        yield "one mark of the register", self.trainer.json(f"{path}/marks", self._mark(late)), Effect(1, events=1)
        yield "sign-off", form(f"{path}/sign-off", {"agenda_version": 1}), Effect(entries=4, events=1)
        correction = {f"{here}-version": 1, f"{here}-outcome": "present", f"{here}-left": "8:00 pm"}
        corrected = form(f"{path}/attendance/{here}", correction | {"reason": "typed_wrong"})
        yield "correction", corrected, Effect(marks=1, entries=4, events=1)
        proposal = form(f"/enrollments/{away}/make-ups", self._proposal())
        yield "make-up proposed", proposal, Effect(make_ups=1, events=1)
        approval = self.administrator.form(f"/make-ups/{self._make_up(away)}/decide", {"decision": "approve"})
        yield "make-up approved", approval, Effect(entries=1, events=1)

    def _register(self, here: uuid.UUID, away: uuid.UUID) -> dict[str, object]:
        fields: dict[str, object] = {}
        for person, outcome in ((here, "present"), (away, "absent")):
            fields |= {f"{person}-version": 0, f"{person}-outcome": outcome, f"{person}-client_key": uuid.uuid4()}
        return fields

    def _mark(self, late: uuid.UUID) -> dict[str, object]:
        mark = {
            "client_key": str(uuid.uuid4()),
            "enrollment_id": str(late),
            "base_version": 0,
            "device_at": "2026-10-20T22:57:05Z",
            "way": "register",
            "fills_unmarked": False,
            "outcome": "present",
            "arrived": "5:55 pm",
            "left": "",
            "absences": [],
            "mode": None,
        }
        return {"by": str(self.room.trainer.id), "marks": [mark]}

    def _proposal(self) -> dict[str, object]:
        return {
            "module_id": self.module_id,
            "from_minute": 0,
            "to_minute": 45,
            "route": "equivalent_activity",
            "done_on": "2026-10-20",
            "evidence": EVIDENCE,
        }

    def _make_up(self, away: uuid.UUID) -> uuid.UUID:
        with self.engine.connect() as connection:
            return connection.execute(select(MakeUp.id).where(MakeUp.enrollment_id == away)).scalar_one()


def is_done(reply: Reply) -> bool:
    """What whoever sends a write again is told: it was done."""
    if reply.status != 200:
        return reply.status == 303
    return all(result["state"] in {"saved", "unchanged"} for result in json.loads(reply.body)["results"])


def play(scene: Scene) -> Counter[str]:
    """Every write of a room: lost behind its commit, sent again from several threads at once, counted."""
    done: Counter[str] = Counter()
    with ThreadPoolExecutor(REPLAYS + 1) as pool:
        for number, (what, write, adds) in enumerate(scene.writes()):
            expected = scene.stored() + adds
            first = [pool.submit(write.lose_reply)]
            if number % 2:  # and another whose line breaks while it is being done
                first.append(pool.submit(write.cut_at_once))
                done["sent beside it and cut at once"] += 1
            for each in first:
                each.result()
            replies = list(pool.map(lambda send: send(), [write.send] * REPLAYS))
            assert all(map(is_done, replies)), (what, replies)
            assert scene.stored() == expected, what
            done["replies lost after the commit"] += 1
            done["replays"] += REPLAYS
            done[f"{what}: one effect each"] += 1
    return done


def make_scenes(rooms: int, site: Site, administrator: Person, engine: Engine) -> list[Scene]:
    version = make_version_with_activities()

    def sender(person: Person) -> Sender:
        cookie = start_sign_in(db.session.get_one(Account, person.id))
        db.session.commit()
        return Sender(site.address, cookie, site.environment[SECRET])

    approver, scenes = sender(administrator), []
    for _ in range(rooms):
        room = make_room(3, version)
        people = tuple(trainee.id for trainee in room.trainees)
        missed = module_id(room.trainees[0], 0)
        scenes.append(Scene(room, room.session.id, people, missed, sender(room.trainer), approver, engine))
    db.session.remove()
    return scenes


@pytest.mark.parametrize("rooms", [2, pytest.param(84, marks=pytest.mark.long)])
def test_a_write_sent_again_after_its_reply_was_lost_has_one_effect(
    app: Flask, time: Any, administrator: Person, tmp_path: Path, all_is_well: Any, figure: Any, rooms: int
) -> None:
    clock = WallClock(tmp_path)
    clock.set(time.set("20:31"))
    engine = create_engine(db.engine.url, poolclass=NullPool)
    with serve(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path, clock, sends_mail=False) as site:
        scenes = make_scenes(rooms, site, administrator, engine)
        with ThreadPoolExecutor(ROOMS_AT_ONCE) as pool:
            done = sum(pool.map(play, scenes), Counter[str]())
    all_is_well()
    assert done["replies lost after the commit"] == rooms * 6
    assert done["replays"] == rooms * 6 * REPLAYS
    for what, times in done.items():
        figure("replays", what, f"{times:,}")
