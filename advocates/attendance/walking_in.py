"""People who walk into a session: somebody new, an applicant who is here already, a guest, somebody who sits in."""

import uuid

from advocates import clock
from advocates.attendance.crediting import recredit
from advocates.attendance.open_register import refuse_closed
from advocates.attendance.queries import load_register, lock_session
from advocates.attendance.queries.facts import NOT_YET_ENROLLED
from advocates.audit.recording import record
from advocates.cohorts.enrolling import credits_accepted, enroll_newcomers
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.moving import end_places, status_change
from advocates.cohorts.queries import find_enrollment, roster
from advocates.cohorts.rules import EnrollmentStatus, Line, Newcomer, name_key
from advocates.cohorts.seats import lock_cohort
from advocates.cohorts.waiting import begin_enrollment
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db, new_id
from advocates.hours.models import CreditEntry
from advocates.people.registering import PersonDraft, create_people
from advocates.schedule.models import SeatKind, SessionSeat, TrainingSession


class NameHere(Exception):
    """Somebody of this name is in the cohort already."""


class AlreadyOnRegister(Exception):
    """They are on this session's register."""


class NoVisitor(Exception):
    """No such enrollment, one that has ended, or the actor's own."""


VISIT = "visit"


def enroll_walk_in(actor_id: uuid.UUID, session: TrainingSession, newcomer: Newcomer) -> None:
    """An administrator's: enrolled at once. NameHere, RegisterClosed, or EnrollingRefused where no seat is free."""
    lock_cohort(session.cohort_id)
    refuse_closed(lock_session(session.id))
    if not enroll_newcomers(actor_id, session.cohort_id, [Line(1, newcomer)]).enrollment_ids:
        raise NameHere


def note_walk_in(actor_id: uuid.UUID, session: TrainingSession, newcomer: Newcomer) -> None:
    """A trainer's: an applicant with a seat here, whose minutes count once accepted. NameHere, RegisterClosed."""
    cohort = lock_cohort(session.cohort_id)
    refuse_closed(lock_session(session.id))
    if name_key(newcomer.chosen_name) in {name_key(row.chosen_name) for row in roster(cohort.id)}:
        raise NameHere
    version, now = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id), clock.now()
    draft = PersonDraft(newcomer.chosen_name, pronunciation=newcomer.pronunciation)
    enrollment = Enrollment(
        id=new_id(),
        person_id=create_people([draft])[0],
        curriculum_id=version.curriculum_id,
        curriculum_version_id=version.id,
        status=EnrollmentStatus.APPLIED,
        status_changed_at=now,
        created_at=now,
    )
    db.session.add(enrollment)
    db.session.flush()
    db.session.add(Placement(enrollment_id=enrollment.id, cohort_id=cohort.id, started_at=now))
    db.session.add(SessionSeat(session_id=session.id, enrollment_id=enrollment.id, kind=SeatKind.WALK_IN))
    change = status_change(enrollment, None, actor_id)
    record(actor_id, "note_walk_in", rows=[change], session_id=session.id, enrollment_id=enrollment.id)


def note_visitor(actor_id: uuid.UUID, session: TrainingSession, newcomer: Newcomer) -> None:
    """Somebody who sits in: marked like everybody, and earns nothing. NameHere, RegisterClosed.

    They fill no seat of the cohort and are in no figures. Enrolled later, they go on in the same enrollment, and what
    they attended as a visitor counts by an approved make-up only.
    """
    cohort = db.session.get_one(Cohort, session.cohort_id)
    refuse_closed(lock_session(session.id))
    if name_key(newcomer.chosen_name) in {name_key(row.chosen_name) for row in roster(cohort.id, with_left=True)}:
        raise NameHere
    person_id = create_people([PersonDraft(newcomer.chosen_name, pronunciation=newcomer.pronunciation)])[0]
    change = begin_enrollment(cohort, person_id, EnrollmentStatus.VISITING, None, actor_id)
    end_places([change.enrollment_id], VISIT)
    db.session.add(SessionSeat(session_id=session.id, enrollment_id=change.enrollment_id, kind=SeatKind.GUEST))
    record(actor_id, "note_visitor", rows=[change], session_id=session.id, enrollment_id=change.enrollment_id)


def seat_visitor(actor_id: uuid.UUID, session: TrainingSession, enrollment_id: uuid.UUID) -> None:
    """A seat at this session: for a guest it earns nothing by itself. NoVisitor, AlreadyOnRegister, RegisterClosed."""
    refuse_closed(lock_session(session.id))
    found = find_enrollment(enrollment_id)
    if found is None or found.enrollment.person_id == actor_id:
        raise NoVisitor
    if found.placement.ended_at is not None and found.enrollment.status is not EnrollmentStatus.VISITING:
        raise NoVisitor
    if found.enrollment.person_id in {person.person_id for person in load_register(session).people.values()}:
        raise AlreadyOnRegister
    is_applicant = found.enrollment.status in NOT_YET_ENROLLED and found.cohort.id == session.cohort_id
    kind = SeatKind.WALK_IN if is_applicant else SeatKind.GUEST
    db.session.add(SessionSeat(session_id=session.id, enrollment_id=enrollment_id, kind=kind))
    record(actor_id, "seat_visitor", session_id=session.id, enrollment_id=enrollment_id, kind=kind.value)


@credits_accepted
def credit_accepted(actor_id: uuid.UUID, enrollment_id: uuid.UUID) -> list[CreditEntry]:
    """What somebody earned as an applicant counts from now on."""
    return recredit(actor_id, [enrollment_id], "application_accepted")
