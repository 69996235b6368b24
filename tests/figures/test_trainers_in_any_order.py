"""Two and three trainers at one register, in every order: nothing is overwritten unseen, nothing acknowledged lost.

A state machine acts as browsers do: each trainer has seen some versions, perhaps long ago, and sends what was made
from them. After every step the stored history is compared with what must have come of it.
"""

import uuid
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from advocates.attendance.checking import check_hours
from advocates.attendance.correcting import MarkChanged, correct_mark
from advocates.attendance.marking import Entry, MarksRefused, Saved, mark_attendance
from advocates.attendance.models import AttendanceMark
from advocates.attendance.open_register import RegisterClosed
from advocates.attendance.queries import load_register
from advocates.attendance.reopening import reopen_session
from advocates.attendance.rules import CorrectionReason, Outcome, ReopenReason, Typed, intervals_from_text
from advocates.attendance.signing_off import Unmarked, sign_off
from advocates.audit.checking import check_chain
from advocates.audit.models import AuditHead
from advocates.database import db, reading
from advocates.hours.queries import balances
from advocates.schedule.models import TrainingSession
from tests.factories.people import make_person
from tests.room import make_room
from tests.together import at_once

PEOPLE = 3
WHOLE = (("22:30", "01:30"),)
PRESENT = Outcome.PRESENT
# What a trainer may type of somebody: the fields, what must be stored of them in UTC, and the minutes that it earns.
WAYS: dict[str, tuple[Typed, tuple[str, tuple[tuple[str, str], ...]] | None, int]] = {
    "here": (Typed(PRESENT), ("present", WHOLE), 170),
    "late": (Typed(PRESENT, arrived="5:55 pm"), ("present", (("22:55", "01:30"),)), 145),
    "left early": (Typed(PRESENT, left="8:00 pm"), ("present", (("22:30", "01:00"),)), 140),
    "stepped out": (
        Typed(PRESENT, absences=(("6:40 pm", "7:00 pm"),)),
        ("present", (("22:30", "23:40"), ("00:00", "01:30"))),
        155,
    ),
    "not here": (Typed(Outcome.ABSENT), ("absent", ()), 0),
    "not established": (Typed(Outcome.NOT_ESTABLISHED), ("not_established", ()), 0),
    "nothing": (Typed(), None, 0),
}
MINUTES = {said: minutes for _, said, minutes in WAYS.values() if said}


@dataclass(frozen=True)
class Stored:
    """A mark as it must be: what it says, by whom, under which key, and the version it was made from."""

    said: tuple[str, tuple[tuple[str, str], ...]]
    by: uuid.UUID
    key: uuid.UUID | None
    made_from: int


@dataclass(frozen=True)
class Row:
    """One person's row as a trainer sends it: made from the version that this trainer saw last."""

    person: int
    base: int
    way: str
    key: uuid.UUID

    @property
    def said(self) -> Any:
        return WAYS[self.way][1]


@dataclass
class World:
    """A room as it was at first, its trainers, and a count of what happened in all examples."""

    session_id: uuid.UUID
    people: list[uuid.UUID]
    trainers: list[uuid.UUID]
    app: Flask
    restore: Callable[[], None]
    count: Counter[str] = field(default_factory=Counter)


class Model:
    """What must be stored, by the plain words of the rule: a newer mark that says something else is never passed."""

    def __init__(self) -> None:
        self.history: list[list[Stored]] = [[] for _ in range(PEOPLE)]

    def send(self, actor: uuid.UUID, rows: list[Row], everyone: bool = False) -> tuple[set[int], set[int]]:
        """Who is marked and who conflicts."""
        before = [len(stored) for stored in self.history]
        verdicts = {row.person: self._verdict(actor, row) for row in rows}
        for row in rows:
            if verdicts[row.person] == "saved":
                self.history[row.person].append(Stored(row.said, actor, row.key, row.base))
        if everyone:
            for person, number in enumerate(before):
                if not number and verdicts.get(person) not in {"saved", "conflict"}:
                    self.history[person].append(Stored(("present", WHOLE), actor, None, 0))
        marked = {person for person in range(PEOPLE) if len(self.history[person]) > before[person]}
        return marked, {person for person, verdict in verdicts.items() if verdict == "conflict"}

    def has_stored(self, actor: uuid.UUID, rows: list[Row]) -> bool:
        """Whether every row became a mark when it was sent before."""
        return bool(rows) and all(
            (actor, row.key) in {(each.by, each.key) for each in self.history[row.person]} for row in rows
        )

    def _verdict(self, actor: uuid.UUID, row: Row) -> str:
        stored = self.history[row.person]
        for each in stored:
            if (each.by, each.key) == (actor, row.key):
                return "unchanged" if row.said == each.said else "conflict"
        base = stored[row.base - 1].said if row.base else None
        now = stored[-1].said if stored else None
        if row.said is None or row.said in (base, now):
            return "unchanged"
        return "saved" if row.base == len(stored) else "conflict"


trainers = st.integers(0, 2)
rows = st.dictionaries(st.integers(0, PEOPLE - 1), st.sampled_from(sorted(WAYS)), min_size=1, max_size=PEOPLE)


class TrainersAtOneRegister(RuleBasedStateMachine):
    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.model = world, Model()
        self.is_signed, self.verified_to = False, -1
        self.seen = {trainer: [0] * PEOPLE for trainer in world.trainers}
        self.sent: list[tuple[uuid.UUID, list[Row]]] = []
        self.undecided: dict[uuid.UUID, list[Row]] = {trainer: [] for trainer in world.trainers}
        self.acknowledged: set[tuple[int, int, Any]] = set()
        world.restore()
        world.count["interleavings"] += 1

    # What trainers do

    @rule(number=trainers)
    def see(self, number: int) -> None:
        self._look(self._trainer(number))

    @rule(number=trainers, ways=rows, everyone=st.booleans())
    def mark(self, number: int, ways: dict[int, str], everyone: bool) -> None:
        trainer = self._trainer(number)
        self._send(trainer, self._rows(trainer, ways), everyone)

    @rule(number=trainers, person=st.integers(0, PEOPLE - 1), way=st.sampled_from(sorted(WAYS)))
    def mark_one(self, number: int, person: int, way: str) -> None:
        trainer = self._trainer(number)
        self._send(trainer, self._rows(trainer, {person: way}), False)

    @rule(number=trainers)
    def everyone_is_here(self, number: int) -> None:
        self._send(self._trainer(number), [], True)

    @rule(numbers=st.permutations(range(3)), ways=st.tuples(rows, rows))
    def mark_at_the_same_moment(self, numbers: list[int], ways: tuple[dict[int, str], dict[int, str]]) -> None:
        both = list(dict.fromkeys(self._trainer(number) for number in numbers))[:2]
        sent = [(trainer, self._rows(trainer, each)) for trainer, each in zip(both, ways, strict=True)]
        results = at_once(self.world.app, *(self._work(trainer, each) for trainer, each in sent))
        self.sent += sent
        if self.is_signed:
            assert [type(result) for result in results] == [RegisterClosed] * 2
            return
        told = [self._told(result) for result in results]
        for order in ((0, 1), (1, 0)):
            possible = deepcopy(self.model)
            answers = {n: possible.send(*sent[n]) for n in order}
            if [answers[0], answers[1]] == told and self._agrees(possible):
                self.model = possible
                break
        else:
            raise AssertionError("neither order of the two explains what is stored")
        for (trainer, each), answer in zip(sent, told, strict=True):
            self._acknowledge(trainer, each, *answer)

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 1000))
    def send_again(self, which: int) -> None:
        """The reply was lost: the same rows under the same keys."""
        trainer, same = self.sent[which % len(self.sent)]
        self.world.count["rows sent again"] += len(same)
        self._send(trainer, same, False)

    # No precondition: of two at the same moment either may have been first, and Hypothesis must not see which.
    @rule(number=trainers)
    def choose_mine(self, number: int) -> None:
        """Both versions are on the screen: this trainer decides that theirs stands."""
        trainer = self._trainer(number)
        if not self.undecided[trainer]:
            return
        ways = {row.person: row.way for row in self.undecided[trainer]}
        self._look(trainer)
        self._send(trainer, self._rows(trainer, ways), False)

    @rule(number=trainers, is_mistaken=st.sampled_from([False, False, False, True]))
    def sign_off_or_open_again(self, number: int, is_mistaken: bool) -> None:
        """The one of the two that is due, or by mistake the other."""
        (self._open_again if self.is_signed is not is_mistaken else self._sign_off)(self._trainer(number))

    def _sign_off(self, trainer: uuid.UUID) -> None:
        was_signed = self.is_signed
        unmarked = any(not stored for stored in self.model.history)
        try:
            sign_off(trainer, self.world.session_id, 1, {})
            db.session.commit()
        except RegisterClosed:
            db.session.rollback()
            assert was_signed
        except Unmarked:
            db.session.rollback()
            assert unmarked
        else:
            assert not was_signed
            assert not unmarked
            self.is_signed = True
            self.world.count["sign-offs"] += 1

    def _open_again(self, trainer: uuid.UUID) -> None:
        was_signed, self.is_signed = self.is_signed, False
        try:
            reopen_session(trainer, self.world.session_id, ReopenReason.MARKS_WRONG)
            db.session.commit()
        except RegisterClosed:
            db.session.rollback()
            assert not was_signed
        else:
            assert was_signed
            self.world.count["opened again"] += 1

    @rule(number=trainers, person=st.integers(0, PEOPLE - 1), way=st.sampled_from(sorted({*WAYS} - {"nothing"})))
    def correct(self, number: int, person: int, way: str) -> None:
        trainer, stored = self._trainer(number), self.model.history[person]
        base, (typed, said, _) = self.seen[trainer][person], WAYS[way]
        enrollment_id = self.world.people[person]
        try:
            correct_mark(trainer, self.world.session_id, enrollment_id, base, typed, CorrectionReason.TYPED_WRONG)
            db.session.commit()
        except RegisterClosed:
            db.session.rollback()
            assert not self.is_signed
        except MarkChanged:
            db.session.rollback()
            assert base != len(stored)
            self.world.count["stale corrections refused"] += 1
        except MarksRefused:
            db.session.rollback()
            assert stored[-1].said == said
        else:
            assert self.is_signed
            stored.append(Stored(said, trainer, None, base))
            self._acknowledge(trainer, [], {person}, set())
            self.world.count["corrections"] += 1

    # What must hold after every step

    @invariant()
    def the_history_has_every_value_and_each_was_made_from_the_one_before(self) -> None:
        assert self._agrees(self.model)
        for person, stored in enumerate(self.model.history):
            for version, each in enumerate(stored, start=1):
                assert each.made_from == version - 1, "overwrote what its trainer had not seen"
                self.acknowledged.discard((person, version, each.said))
        assert not self.acknowledged, "acknowledged and not stored"

    @invariant()
    def the_trail_and_the_ledger_are_sound(self) -> None:
        """After each step that recorded anything, and at the end."""
        head = db.session.scalar(select(AuditHead.seq))
        self.world.count["steps"] += 1
        if head != self.verified_to:
            self._verify()
        self.verified_to = head
        db.session.remove()

    def teardown(self) -> None:
        self._verify()
        db.session.remove()

    def _verify(self) -> None:
        with reading():
            assert check_chain()[1] is None
            assert not check_hours().differences
            found = balances(self.world.people)
        credited = [found[key].credited_minutes for key in self.world.people]
        earned = [MINUTES[stored[-1].said] if stored else 0 for stored in self.model.history]
        assert credited == (earned if self.is_signed else [0] * PEOPLE)
        self.world.count["times the trail and every balance were verified"] += 1

    def _trainer(self, number: int) -> uuid.UUID:
        return self.world.trainers[number % len(self.world.trainers)]

    def _rows(self, trainer: uuid.UUID, ways: dict[int, str]) -> list[Row]:
        return [Row(person, self.seen[trainer][person], way, uuid.uuid4()) for person, way in ways.items()]

    def _look(self, trainer: uuid.UUID) -> None:
        register = load_register(db.session.get_one(TrainingSession, self.world.session_id))
        self.seen[trainer] = [register.version(key) for key in self.world.people]
        db.session.remove()

    def _work(self, trainer: uuid.UUID, sent: list[Row], everyone: bool = False) -> Callable[[], Saved]:
        entries = [Entry(self.world.people[row.person], row.base, row.key, WAYS[row.way][0]) for row in sent]
        return lambda: mark_attendance(trainer, self.world.session_id, entries, fills_unmarked=everyone)

    def _send(self, trainer: uuid.UUID, sent: list[Row], everyone: bool) -> None:
        try:
            saved = self._work(trainer, sent, everyone)()
            db.session.commit()
        except RegisterClosed:
            db.session.rollback()
            assert self.is_signed
            assert everyone or not self.model.has_stored(trainer, sent)
            self.world.count["refused after sign-off"] += 1
            return
        # Once it is signed off, what was stored before is answered, and nothing else.
        assert not self.is_signed or (self.model.has_stored(trainer, sent) and not saved.marked)
        told = self._told(saved)
        assert told == self.model.send(trainer, sent, everyone)
        if sent:
            self.sent.append((trainer, sent))
        self._acknowledge(trainer, sent, *told)

    def _told(self, saved: Saved) -> tuple[set[int], set[int]]:
        number = self.world.people.index
        return {number(key) for key in saved.marked}, {number(key) for key in saved.conflicts}

    def _acknowledge(self, trainer: uuid.UUID, sent: list[Row], marked: set[int], conflicts: set[int]) -> None:
        """The trainer knows now what they saved; a conflict waits for their decision."""
        for person in marked:
            stored = self.model.history[person]
            mine = [version for version, each in enumerate(stored, start=1) if each.by == trainer]
            self.seen[trainer][person] = mine[-1]
            self.acknowledged.add((person, mine[-1], stored[mine[-1] - 1].said))
        self.undecided[trainer] = [row for row in sent if row.person in conflicts]
        self.world.count["values stored"] += len(marked)
        self.world.count["conflicts shown"] += len(conflicts)

    def _agrees(self, model: Model) -> bool:
        """Whether exactly what the model says is stored; keys that the server made are taken from there."""
        query = select(AttendanceMark).order_by(AttendanceMark.version)
        found: list[list[AttendanceMark]] = [[] for _ in range(PEOPLE)]
        for mark in db.session.scalars(query):
            found[self.world.people.index(mark.enrollment_id)].append(mark)
        db.session.remove()
        for stored, marks in zip(model.history, found, strict=True):
            if [mark.version for mark in marks] != list(range(1, len(stored) + 1)):
                return False
            for each, mark in zip(stored, marks, strict=True):
                if (each.said, each.by) != (said_by(mark), mark.recorded_by):
                    return False
                if each.key not in {None, mark.client_key}:
                    return False
        return True


def said_by(mark: AttendanceMark) -> tuple[str, tuple[tuple[str, str], ...]]:
    spans = intervals_from_text(mark.intervals)
    return mark.outcome.value, tuple((f"{span.start:%H:%M}", f"{span.end:%H:%M}") for span in spans)


@pytest.mark.parametrize(
    ("number", "examples"),
    [
        (2, 25),
        (3, 10),
        pytest.param(2, 1000, marks=pytest.mark.long),
        pytest.param(3, 250, marks=pytest.mark.long),
    ],
)
def test_in_any_order_nothing_is_overwritten_unseen_or_lost(
    app: Flask, time: Any, take_snapshot: Any, all_is_well: Any, figure: Any, number: int, examples: int
) -> None:
    room = make_room(PEOPLE)
    colleagues = [
        make_person(name, roles=["trainer"], cohort_id=room.cohort.id) for name in ("Corin Vale", "Imara Osei")
    ]
    trainers = [room.trainer.id, *(colleague.id for colleague in colleagues)][:number]
    session_id, people = room.session.id, [trainee.id for trainee in room.trainees]
    world = World(session_id, people, trainers, app, take_snapshot())
    run_state_machine_as_test(
        lambda: TrainersAtOneRegister(world),
        settings=settings(
            max_examples=examples,
            stateful_step_count=15,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    all_is_well()
    assert world.count["interleavings"] >= examples
    assert min(world.count[what] for what in ("values stored", "conflicts shown", "rows sent again")) > 0
    figure("trainers", f"{number} trainers: silent overwrites", f"0 of {world.count['values stored']:,} values stored")
    for what, times in sorted(world.count.items()):
        figure("trainers", f"{number} trainers: {what}", f"{times:,}")
