"""Who is to be enrolled, as typed or listed, and how each stands towards the cohort."""

import enum
import hashlib
import unicodedata
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from advocates.cohorts.rules.line import Quota
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
    CONFLICT = "conflict"
    LEFT_OUT = "left_out"
    WRONG = "wrong"


class Decision(enum.StrEnum):
    """What is done with a line that contradicts what is known."""

    ENROLL = "enroll"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True)
class KnownPerson:
    """Somebody the program knows, and how they stand towards the cohort's curriculum.

    `cohort` is where they are in training, if at all. `reopens` is the closed enrollment of the cohort's version that
    goes on when they are enrolled again.
    """

    person_id: uuid.UUID
    chosen_name: str
    email_key: str | None = None
    certificate_name: str | None = None
    agency: str | None = None
    is_here: bool = False
    cohort: str | None = None
    has_completed: bool = False
    reopens: uuid.UUID | None = None


@dataclass(frozen=True)
class Surroundings:
    """What is known when newcomers are judged.

    People by e-mail key, names in the cohort by name key, those of them without an e-mail address, who left the
    cohort by name key, free seats, the quotas of agencies.
    """

    known: Mapping[str, KnownPerson] = field(default_factory=dict)
    names_here: frozenset[str] = frozenset()
    without_email_here: frozenset[str] = frozenset()
    left_here: Mapping[str, KnownPerson] = field(default_factory=dict)
    free_seats: int = 0
    quotas: Sequence[Quota] = ()
    actor_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Judged:
    """A line with its standing. `person` is who it is for KNOWN, HERE and a conflict, where that can be told.

    `conflict` says what the line contradicts, also once that was decided; `choices` are what may be decided.
    """

    line: Line
    standing: Standing
    person: KnownPerson | None = None
    conflict: Problem | None = None
    choices: tuple[Decision, ...] = ()
    decision: Decision | None = None

    @property
    def key(self) -> str:
        return decision_key(self.line.newcomer)


@dataclass(frozen=True)
class Judgment:
    """`beyond_quota` are agencies with how many seats their people would fill beyond their quota."""

    rows: Sequence[Judged]
    seats_missing: int
    beyond_quota: Sequence[tuple[Quota, int]] = ()

    def of(self, *standings: Standing) -> list[Judged]:
        return [row for row in self.rows if row.standing in standings]

    @property
    def enrolling(self) -> list[Judged]:
        return self.of(Standing.NEW, Standing.KNOWN)

    @property
    def is_sound(self) -> bool:
        """Whether nothing but seats may be missing."""
        return not self.of(Standing.WRONG, Standing.CONFLICT)

    @property
    def may_enroll(self) -> bool:
        return self.is_sound and not self.seats_missing and not self.beyond_quota

    @property
    def digest(self) -> str:
        """What was found, whatever was decided: the same as long as confirming does what was shown."""
        digest = hashlib.sha256()
        for row in self.rows:
            standing = Standing.CONFLICT if row.choices else row.standing
            reopens = row.person.reopens if row.person else None
            shown = (row.line, standing, row.person and row.person.person_id, reopens)
            digest.update(repr((shown, str(row.conflict or ""))).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def name_key(name: str) -> str:
    """What two spellings of one name share."""
    return unicodedata.normalize("NFKC", name).casefold()


def decision_key(newcomer: Newcomer) -> str:
    """Names the decision about a line: it holds for the same name and address only, wherever they stand."""
    identity = f"{email_key(newcomer.email or '')}\n{name_key(newcomer.chosen_name)}"
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def judge(lines: Sequence[Line], around: Surroundings, decisions: Mapping[str, Decision] | None = None) -> Judgment:
    """How each line stands; nothing may be enrolled while one is wrong or undecided, or a seat is missing.

    `decisions` about conflicts are by the key of the judged line.
    """
    rows = [_decided(_judge(line, around), decisions or {}) for line in without_repeats(lines)]
    enrolling = [row for row in rows if row.standing in {Standing.NEW, Standing.KNOWN}]
    return Judgment(rows, max(0, len(enrolling) - around.free_seats), _beyond_quota(enrolling, around.quotas))


def _beyond_quota(enrolling: Sequence[Judged], quotas: Sequence[Quota]) -> Sequence[tuple[Quota, int]]:
    """Somebody known keeps their own agency, whatever the line says."""
    agencies = [row.person.agency if row.person else row.line.newcomer.agency for row in enrolling]
    wanted = Counter(name_key(agency) for agency in agencies if agency)
    missing = [(quota, wanted[name_key(quota.agency)] - quota.left) for quota in quotas]
    return [(quota, count) for quota, count in missing if count > 0 and wanted[name_key(quota.agency)]]


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


_SAME_NAME = N_(
    "Somebody of this name is in this cohort without an e-mail address. If that is the same person, leave this line "
    "out and add the address on their page."
)
_OTHER_NAME = N_("This address belongs to %(name)s, whose name stays as it is.")


def _judge(line: Line, around: Surroundings) -> Judged:
    if line.problems:
        return Judged(line, Standing.WRONG)
    column, key = _identity(line.newcomer)
    name = name_key(line.newcomer.chosen_name)
    if column == "chosen_name" and key in around.names_here:
        return Judged(line, Standing.HERE)
    person = (around.known if column == "email" else around.left_here).get(key)
    if person is None:
        if column == "email" and name in around.without_email_here:
            return _conflict(line, None, column, _SAME_NAME, Decision.ENROLL)
        return Judged(line, Standing.NEW)
    if person.is_here:
        return Judged(line, Standing.HERE, person)
    if person.person_id == around.actor_id:
        return _conflict(line, person, column, N_("You cannot enroll yourself. Another administrator can."))
    if person.has_completed:
        return _conflict(line, person, column, N_("%(name)s has completed this training already."))
    if person.cohort is not None:
        return _conflict(line, person, column, N_("This person is already in training: in %(cohort)s."))
    if name not in {name_key(known) for known in (person.chosen_name, person.certificate_name) if known}:
        return _conflict(line, person, "chosen_name", _OTHER_NAME, Decision.ENROLL)
    return Judged(line, Standing.KNOWN, person)


def _conflict(line: Line, person: KnownPerson | None, column: str, message: str, *choices: Decision) -> Judged:
    values = {"name": person.chosen_name, "cohort": person.cohort} if person else {}
    conflict = Problem(column, message, values)
    return Judged(line, Standing.CONFLICT, person, conflict, (*choices, Decision.LEAVE_OUT))


def _decided(row: Judged, decisions: Mapping[str, Decision]) -> Judged:
    """What was decided of a conflict; where nothing else can be, the line is left out."""
    if not row.choices:
        return row
    decision = decisions.get(row.key)
    if decision not in row.choices:
        decision = row.choices[0] if len(row.choices) == 1 else None
    if decision is None:
        return row
    enrolled = Standing.KNOWN if row.person else Standing.NEW
    standing = enrolled if decision is Decision.ENROLL else Standing.LEFT_OUT
    return replace(row, standing=standing, decision=decision)
