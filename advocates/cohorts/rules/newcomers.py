"""Who is to be enrolled, as typed or listed, and how each stands towards the cohort."""

import enum
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from advocates.curriculum.rules import N_, Problem
from advocates.people.rules import email_key


@dataclass(frozen=True)
class Newcomer:
    chosen_name: str
    email: str | None = None
    agency: str | None = None
    pronunciation: str | None = None


@dataclass(frozen=True)
class Line:
    """One person of a list, at its line, and what is wrong with how it is written. A Problem's path is a column."""

    number: int
    newcomer: Newcomer
    problems: tuple[Problem, ...] = ()


class Standing(enum.StrEnum):
    NEW = "new"
    KNOWN = "known"
    HERE = "here"
    WRONG = "wrong"


@dataclass(frozen=True)
class KnownPerson:
    """Somebody the program knows, and how they stand towards the cohort's curriculum.

    `cohort` is where they are in training, if at all. `reopens` is the closed enrollment of the cohort's version that
    goes on when they are enrolled again.
    """

    person_id: uuid.UUID
    chosen_name: str
    email_key: str | None = None
    is_here: bool = False
    cohort: str | None = None
    has_completed: bool = False
    reopens: uuid.UUID | None = None


@dataclass(frozen=True)
class Surroundings:
    """What is known when newcomers are judged.

    People by e-mail key, names in the cohort by name key, who left the cohort by name key, free seats.
    """

    known: Mapping[str, KnownPerson] = field(default_factory=dict)
    names_here: frozenset[str] = frozenset()
    left_here: Mapping[str, KnownPerson] = field(default_factory=dict)
    free_seats: int = 0
    actor_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Judged:
    """A line with its standing. `person` is who it is for KNOWN and HERE, where that can be told."""

    line: Line
    standing: Standing
    person: KnownPerson | None = None


@dataclass(frozen=True)
class Judgment:
    rows: Sequence[Judged]
    seats_missing: int

    def of(self, *standings: Standing) -> list[Judged]:
        return [row for row in self.rows if row.standing in standings]

    @property
    def may_enroll(self) -> bool:
        return not self.of(Standing.WRONG) and not self.seats_missing


def name_key(name: str) -> str:
    """What two spellings of one name share."""
    return unicodedata.normalize("NFKC", name).casefold()


def judge(lines: Sequence[Line], around: Surroundings) -> Judgment:
    """How each line stands; nothing may be enrolled while one is wrong or a seat is missing."""
    rows = [_judge(line, around) for line in without_repeats(lines)]
    wanted = sum(row.standing in {Standing.NEW, Standing.KNOWN} for row in rows)
    return Judgment(rows, max(0, wanted - around.free_seats))


def without_repeats(lines: Sequence[Line]) -> list[Line]:
    """The lines, each that repeats an earlier person with a problem that says so."""
    first: dict[tuple[str, str], int] = {}
    checked = []
    for line in lines:
        column, key = _identity(line.newcomer)
        number = first.setdefault((column, key), line.number)
        if key and number != line.number:
            message = (
                N_("The same e-mail address stands in line %(line)s.")
                if column == "email"
                else N_("The same name stands in line %(line)s. Add e-mail addresses or tell the two names apart.")
            )
            line = replace(line, problems=(*line.problems, Problem(column, message, {"line": number})))
        checked.append(line)
    return checked


def _identity(newcomer: Newcomer) -> tuple[str, str]:
    if newcomer.email:
        return "email", email_key(newcomer.email)
    return "chosen_name", name_key(newcomer.chosen_name)


def _judge(line: Line, around: Surroundings) -> Judged:
    if line.problems:
        return Judged(line, Standing.WRONG)
    column, key = _identity(line.newcomer)
    if column == "chosen_name" and key in around.names_here:
        return Judged(line, Standing.HERE)
    person = (around.known if column == "email" else around.left_here).get(key)
    if person is None:
        return Judged(line, Standing.NEW)
    if person.is_here:
        return Judged(line, Standing.HERE, person)
    if person.person_id == around.actor_id:
        return _wrong(line, column, N_("You cannot enroll yourself. Another administrator can."))
    if person.has_completed:
        return _wrong(line, column, N_("%(name)s has completed this training already."), name=person.chosen_name)
    if person.cohort is not None:
        return _wrong(line, column, N_("This person is already in training: in %(cohort)s."), cohort=person.cohort)
    return Judged(line, Standing.KNOWN, person)


def _wrong(line: Line, column: str, message: str, **values: object) -> Judged:
    return Judged(replace(line, problems=(Problem(column, message, values),)), Standing.WRONG)
