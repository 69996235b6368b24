"""One session's register: who is on it, and every mark made."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, not_, or_, select
from sqlalchemy.orm import aliased

from advocates.attendance.models import AttendanceMark
from advocates.attendance.rules import Content, Outcome, Window
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.rules import rules_from_json
from advocates.database import db
from advocates.equivalence.models import Transfer
from advocates.people.models import PersonProfile
from advocates.schedule.models import SeatKind, SessionSeat, TrainingSession


@dataclass(frozen=True)
class RosterPerson:
    """Somebody on the register. `seat` is None for those placed in the cohort.

    Their curriculum version does not record an absence of at most `brief_absence_minutes`.
    """

    enrollment_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    pronunciation: str | None
    version_id: uuid.UUID
    brief_absence_minutes: int
    seat: SeatKind | None


@dataclass(frozen=True)
class Elsewhere:
    """Where the same person is marked present at the same time."""

    person_id: uuid.UUID
    cohort_title: str
    content: Content


@dataclass(frozen=True)
class StoredMark:
    """A mark and the name of who recorded it."""

    mark: AttendanceMark
    recorded_by_name: str | None

    @property
    def content(self) -> Content:
        return Content(self.mark.outcome, self.mark.intervals)


@dataclass(frozen=True)
class Register:
    """A session with its people (by name) and every mark made of them, by enrollment."""

    session: TrainingSession
    people: Mapping[uuid.UUID, RosterPerson]
    marks: Mapping[uuid.UUID, Sequence[StoredMark]]

    @property
    def window(self) -> Window:
        return Window(self.session.planned_start, self.session.planned_end, self.session.time_zone)

    @property
    def unmarked(self) -> tuple[RosterPerson, ...]:
        return tuple(person for person in self.people.values() if self.current(person.enrollment_id) is None)

    def current(self, enrollment_id: uuid.UUID) -> StoredMark | None:
        return self.marks[enrollment_id][-1] if self.marks.get(enrollment_id) else None

    def version(self, enrollment_id: uuid.UUID) -> int:
        """The current mark's version, 0 for somebody unmarked."""
        current = self.current(enrollment_id)
        return current.mark.version if current else 0

    def content_at(self, enrollment_id: uuid.UUID, version: int) -> Content | None:
        """What the mark of this version says; None for version 0 and for one that never was."""
        stored = self.marks.get(enrollment_id, ())
        return next((each.content for each in stored if each.mark.version == version), None)


@dataclass(frozen=True)
class LockedRegister(Register):
    """The part of a register that a write is about, and where else its people are marked present meanwhile."""

    elsewhere: Sequence[Elsewhere]


def load_register(session: TrainingSession) -> Register:
    """The register of one session. Two statements."""
    people = {person.enrollment_id: person for person in roster(session)}
    return Register(session, people, marks_of_session(session.id))


def lock_session(session_id: uuid.UUID) -> TrainingSession:
    """The session as it is now, locked until the transaction ends, so that two writers take turns."""
    return db.session.scalars(
        select(TrainingSession)
        .where(TrainingSession.id == session_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def lock_people(session: TrainingSession, enrollment_ids: Collection[uuid.UUID]) -> LockedRegister:
    """These people's part of the register, with every enrollment of theirs locked. Two statements.

    All enrollments of a person, in the order of their ids: so that two registers cannot both be first, and that no mark
    waits for its enrollment once the head of the audit chain is locked.
    """
    seat, wanted = aliased(SessionSeat), aliased(Enrollment)
    rows = db.session.execute(
        _people(session, seat)
        .add_columns(_belongs(session, seat).label("is_here"))
        .where(Enrollment.person_id.in_(select(wanted.person_id).where(wanted.id.in_(enrollment_ids))))
        .order_by(Enrollment.id)
        .with_for_update(of=Enrollment)
    ).all()
    people = {row.id: _person(row) for row in rows if row.is_here}
    marks, elsewhere = _marks_here_and_elsewhere(session, {row.person_id for row in rows})
    return LockedRegister(session, people, marks, elsewhere)


def roster(session: TrainingSession) -> tuple[RosterPerson, ...]:
    """Who can be marked, by name: enrolled and placed in the cohort, or seated, and not gone before it began; or
    marked already.

    A placement that began later counts: people are often entered after their first evening. One statement.
    """
    seat = aliased(SessionSeat)
    rows = db.session.execute(_people(session, seat).where(_belongs(session, seat)))
    return tuple(sorted(map(_person, rows), key=lambda person: (person.name.casefold(), person.enrollment_id)))


def _people(session: TrainingSession, seat: type[SessionSeat]) -> Select[*tuple[Any, ...]]:
    """Enrollments with what the register shows of them; which of them belong to it is for the caller to ask."""
    return (
        select(
            Enrollment.id,
            Enrollment.person_id,
            PersonProfile.chosen_name,
            PersonProfile.pronunciation,
            CurriculumVersion.id.label("version_id"),
            CurriculumVersion.rules,
            seat.kind,
        )
        .join(CurriculumVersion, CurriculumVersion.id == Enrollment.curriculum_version_id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .outerjoin(seat, (seat.enrollment_id == Enrollment.id) & (seat.session_id == session.id))
    )


def _person(row: Row[Any]) -> RosterPerson:
    return RosterPerson(
        row.id, row.person_id, row.chosen_name, row.pronunciation, row.version_id, _brief(row.rules), row.kind
    )


def _belongs(session: TrainingSession, seat: type[SessionSeat]) -> ColumnElement[bool]:
    """Marked already, or expected (placed here and once enrolled, or seated) and not gone before it began."""
    is_marked = exists().where(AttendanceMark.session_id == session.id, AttendanceMark.enrollment_id == Enrollment.id)
    is_placed = exists().where(
        Placement.enrollment_id == Enrollment.id,
        Placement.cohort_id == session.cohort_id,
        or_(Placement.ended_at.is_(None), Placement.ended_at > session.planned_start),
    )
    is_gone = and_(
        Enrollment.status == EnrollmentStatus.WITHDRAWN, Enrollment.status_changed_at <= session.planned_start
    )
    is_expected = or_(seat.id.is_not(None), and_(is_placed, Enrollment.enrolled_at.is_not(None)))
    return or_(is_marked, and_(is_expected, not_(is_gone), not_(_was_here_before(session))))


def _was_here_before(session: TrainingSession) -> ColumnElement[bool]:
    """Transferred within the cohort after the session began: there the enrollment that was left stands for them."""
    left = aliased(Placement)
    return exists().where(
        Transfer.to_enrollment_id == Enrollment.id,
        Transfer.made_at > session.planned_start,
        left.enrollment_id == Transfer.from_enrollment_id,
        left.cohort_id == session.cohort_id,
        left.ended_at > session.planned_start,
    )


@lru_cache(maxsize=64)
def _brief(rules: str) -> int:
    return rules_from_json(rules).brief_absence_minutes


def marks_of_session(
    session_id: uuid.UUID, enrollment_id: uuid.UUID | None = None
) -> Mapping[uuid.UUID, Sequence[StoredMark]]:
    """Every mark of the session (of one person), by enrollment, oldest version first. One statement."""
    found: dict[uuid.UUID, list[StoredMark]] = defaultdict(list)
    wanted: Select[*tuple[AttendanceMark, str]] = (
        select(AttendanceMark, PersonProfile.chosen_name)
        .outerjoin(PersonProfile, PersonProfile.person_id == AttendanceMark.recorded_by)
        .where(AttendanceMark.session_id == session_id)
        .order_by(AttendanceMark.version)
    )
    if enrollment_id is not None:
        wanted = wanted.where(AttendanceMark.enrollment_id == enrollment_id)
    for mark, name in db.session.execute(wanted):
        found[mark.enrollment_id].append(StoredMark(mark, name))
    return found


def _marks_here_and_elsewhere(
    session: TrainingSession, person_ids: Collection[uuid.UUID]
) -> tuple[Mapping[uuid.UUID, Sequence[StoredMark]], Sequence[Elsewhere]]:
    """Every mark of these people here, and where they stand marked present in sessions that share time with this one.

    One statement.
    """
    shares_time = and_(
        TrainingSession.cancelled_at.is_(None),
        TrainingSession.planned_start < session.planned_end,
        TrainingSession.planned_end > session.planned_start,
    )
    rows = db.session.execute(
        select(AttendanceMark, PersonProfile.chosen_name, Enrollment.person_id, Cohort.title)
        .join(Enrollment, Enrollment.id == AttendanceMark.enrollment_id)
        .join(TrainingSession, TrainingSession.id == AttendanceMark.session_id)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .outerjoin(PersonProfile, PersonProfile.person_id == AttendanceMark.recorded_by)
        .where(Enrollment.person_id.in_(person_ids), or_(TrainingSession.id == session.id, shares_time))
        .order_by(AttendanceMark.version)
    )
    here: dict[uuid.UUID, list[StoredMark]] = defaultdict(list)
    current: dict[tuple[uuid.UUID, uuid.UUID], Elsewhere] = {}
    for mark, name, person_id, title in rows:
        stored = StoredMark(mark, name)
        if mark.session_id == session.id:
            here[mark.enrollment_id].append(stored)
        else:
            current[mark.session_id, mark.enrollment_id] = Elsewhere(person_id, title, stored.content)
    return here, [each for each in current.values() if each.content.outcome is Outcome.PRESENT]
