"""Whom a file means, and what each claim would change: all of it is shown before anything is written."""

import enum
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from advocates.attendance.rules import ClockError, Content, Typed, Window, read_typed, typed_of
from advocates.cohorts.rules import name_key
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import N_, Problem
from advocates.mark_files.rules.claims import Claim, Said, presence_of
from advocates.people.rules import email_key

MOST_AMBIGUOUS = 4


class Standing(enum.StrEnum):
    """`NOBODY` is on no register, `STAFF` teaches here, `OWN` is the actor's own, `NOTHING` is about other times."""

    NEW = "new"
    SAME = "same"
    CONFLICT = "conflict"
    NOBODY = "nobody"
    WRONG = "wrong"
    STAFF = "staff"
    OWN = "own"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Known:
    """Somebody on the register: under which names and addresses, and what is recorded of them (version 0: nothing)."""

    enrollment_id: UUID
    name: str
    other_names: tuple[str, ...] = ()
    email: str | None = None
    version: int = 0
    content: Content | None = None
    brief_absence_minutes: int = 0
    is_own: bool = False


@dataclass(frozen=True)
class Around:
    """The session that a file is held against. `staff` are those who teach its cohort, by name and address."""

    window: Window
    mode: DeliveryMode
    now: datetime
    people: Mapping[UUID, Known]
    staff: Sequence[tuple[str, str | None]] = ()


@dataclass(frozen=True)
class Judged:
    """What a file says of one person, by all its claims about them, and how that stands towards the register.

    `typed` are the register's fields that would say it, None where it says nothing; `said` and `recorded` are what the
    fields would show then, and what they show now. `problems` say why it cannot be used.
    """

    standing: Standing
    claims: tuple[Claim, ...]
    person: Known | None = None
    typed: Typed | None = None
    content: Content | None = None
    said: Typed | None = None
    recorded: Typed | None = None
    problems: tuple[Said, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(claim.shown for claim in self.claims))

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(sorted(chain.from_iterable(claim.numbers for claim in self.claims)))


@dataclass(frozen=True)
class Judgment:
    """`rows` by person and then those of nobody; `chosen` are claims with whom somebody said they are.

    `people` are all on the register, `missing` those of them who are unmarked and not in the file.
    """

    rows: Sequence[Judged]
    chosen: Mapping[str, UUID] = field(default_factory=dict)
    people: Sequence[Known] = ()
    missing: Sequence[Known] = ()

    def of(self, *standings: Standing) -> list[Judged]:
        return [row for row in self.rows if row.standing in standings]

    @property
    def digest(self) -> str:
        """The same as long as confirming does what was shown."""
        digest = hashlib.sha256(repr(sorted(self.chosen.items())).encode())
        for row in self.rows:
            person = (row.person.enrollment_id, row.person.version) if row.person else None
            shown = (row.standing, person, row.content, row.names, row.numbers, [str(each) for each in row.problems])
            digest.update(repr(shown).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def judge(claims: Sequence[Claim], around: Around, choices: Mapping[str, UUID]) -> Judgment:
    """How each person of a file stands. `choices` say who a claim is that names nobody on the register."""
    addresses = {email_key(email) for _, email in around.staff if email}
    staff = {_name(name) for name, _ in around.staff} | addresses
    finder = _Finder(around.people.values(), addresses)
    by_person: dict[UUID, list[Claim]] = defaultdict(list)
    strangers: list[Claim] = []
    chosen: dict[str, UUID] = {}
    for claim in claims:
        found = finder.find(claim)
        if found is None and choices.get(claim.key) in around.people and not claim.problems:
            found = chosen[claim.key] = choices[claim.key]
        if found is None:
            strangers.append(claim)
        else:
            by_person[found].append(claim)
    rows = [_judged(around.people[key], tuple(each), around) for key, each in by_person.items()]
    rows += [
        Judged(Standing.STAFF, (claim,))
        if staff.intersection([*map(_name, claim.names), *map(email_key, claim.emails)])
        else _of_nobody(claim, around)
        for claim in strangers
    ]
    people = tuple(around.people.values())
    missing = [known for known in people if known.enrollment_id not in by_person and known.content is None]
    return Judgment(rows, chosen, people, missing)


class _Finder:
    """Who is meant: by enrollment, else by address, else by a name that only one of them has.

    Whoever comes by an address of the staff is not a trainee of the same name.
    """

    def __init__(self, people: Collection[Known], staff: Collection[str]) -> None:
        self._staff = staff
        self._ids = {str(known.enrollment_id): known.enrollment_id for known in people}
        self._emails: dict[str, set[UUID]] = defaultdict(set)
        self._names: dict[str, set[UUID]] = defaultdict(set)
        for known in people:
            if known.email:
                self._emails[email_key(known.email)].add(known.enrollment_id)
            for name in (known.name, *known.other_names):
                self._names[_name(name)].add(known.enrollment_id)

    def find(self, claim: Claim) -> UUID | None:
        """None also where several are meant: then a person chooses."""
        if claim.enrollment_id:
            return self._ids.get(claim.enrollment_id)
        found = _only(self._emails.get(email_key(email), set()) for email in claim.emails)
        if found is None and any(email_key(email) in self._staff for email in claim.emails):
            return None
        return found or _only(self._names.get(_name(name), set()) for name in claim.names)


def _name(name: str) -> str:
    return " ".join(name_key(name).split())


def _only(candidates: Iterator[set[UUID]]) -> UUID | None:
    found = set[UUID]().union(*candidates)
    return found.pop() if len(found) == 1 else None


def _judged(known: Known, claims: tuple[Claim, ...], around: Around) -> Judged:
    """Where one line of a person cannot be used, none is: a part of them would say that they were not there."""
    recorded = typed_of(known.content, around.window) if known.content else None
    judged = Judged(Standing.OWN if known.is_own else Standing.NOTHING, claims, known, recorded=recorded)
    if known.is_own:
        return judged
    problems = tuple(chain.from_iterable(claim.problems for claim in claims))
    tables = [claim for claim in claims if not claim.stays and not claim.problems and _says(claim.typed)]
    if len(tables) > 1:
        numbers = {"line": tables[0].numbers[0]}
        problem = Problem("", N_("The same person stands in line %(line)s."), numbers)
        problems += tuple(Said(claim.numbers[0], problem) for claim in tables[1:])
    if problems:
        return replace(judged, standing=Standing.WRONG, problems=problems)
    typed = tables[0].typed if tables else _stayed(claims, around.window, known.brief_absence_minutes)
    if typed is None:
        return judged
    try:
        content = _content(typed, known, around)
    except ClockError as error:
        wrong = Said(claims[0].numbers[0], Problem("", error.message, error.values))
        return replace(judged, standing=Standing.WRONG, problems=(wrong,))
    if content is None:
        return judged
    standing = Standing.NEW if known.content is None else Standing.CONFLICT
    standing = Standing.SAME if content == known.content else standing
    said = typed_of(content, around.window)
    return replace(judged, standing=standing, typed=typed, content=content, said=said)


def _content(typed: Typed, known: Known, around: Around) -> Content | None:
    """What the register makes of the fields: so nothing is shown that it would read otherwise."""
    _refuse_ambiguous(typed, around.window)
    return read_typed(typed, known.content, around.window, around.mode, known.brief_absence_minutes, around.now)


def _stayed(claims: Sequence[Claim], window: Window, brief_absence_minutes: int) -> Typed | None:
    stays = [stay for claim in claims for stay in claim.stays]
    return presence_of(stays, window, brief_absence_minutes) if stays else None


def _of_nobody(claim: Claim, around: Around) -> Judged:
    """With what would be recorded of whoever it is, apart from what their version leaves out."""
    if claim.problems:
        return Judged(Standing.WRONG, (claim,), problems=claim.problems)
    said = _stayed([claim], around.window, 0) or (claim.typed if _says(claim.typed) else None)
    return Judged(Standing.NOBODY, (claim,), said=said)


def _says(typed: Typed) -> bool:
    return typed.outcome is not None or typed.has_times


def _refuse_ambiguous(typed: Typed, window: Window) -> None:
    """Each time that the clocks showed twice doubles the readings: a few can be told apart, many cannot."""
    zone = ZoneInfo(window.time_zone)
    offsets = {instant.astimezone(zone).utcoffset() for instant in (window.start, window.end)}
    if len(offsets) > 1 and len(typed.absences) > MOST_AMBIGUOUS:
        message = N_("They came and went too often while the clocks changed. Record them in the register.")
        raise ClockError("outcome", message)
