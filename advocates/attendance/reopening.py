"""Opening a signed-off session again: it credits nobody until it is signed off once more (Hours 11)."""

import uuid
from collections.abc import Collection

from sqlalchemy import select

from advocates import clock
from advocates.attendance.crediting import lock_with_later, recredit
from advocates.attendance.marking import N_
from advocates.attendance.models import SessionReopening
from advocates.attendance.open_register import RegisterClosed
from advocates.attendance.queries import load_register, lock_session
from advocates.attendance.rules import CreditReason, ReopenReason
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.cohorts.seats import lock_open_cohort
from advocates.database import db, new_id
from advocates.equivalence.queries import links_of
from advocates.equivalence.rules import after
from advocates.schedule.models import TrainingSession


def reopen_session(actor_id: uuid.UUID, session_id: uuid.UUID, reason: ReopenReason) -> None:
    """Take the sign-off back: everything it credited is reversed, and the register takes marks again.

    Who signed it off and when is kept. RegisterClosed, CohortClosed: then nothing was changed.
    """
    lock_open_cohort(db.session.get_one(TrainingSession, session_id).cohort_id)
    session = lock_session(session_id)
    people = load_register(session).people
    locked, _links = lock_with_later(people.keys())
    refuse_reopening(actor_id, session, locked.keys())
    reopening = SessionReopening(
        id=new_id(),
        session_id=session_id,
        signed_off_at=session.signed_off_at,
        signed_off_by=session.signed_off_by,
        reopened_by=actor_id,
        reopened_at=clock.now(),
        reason_code=reason.value,
    )
    session.signed_off_at = session.signed_off_by = None
    entries = recredit(actor_id, people.keys(), CreditReason.REOPENED.value)
    minutes = sum(entry.minutes for entry in entries)
    record(
        actor_id,
        "reopen_session",
        rows=[reopening, *entries],
        session_id=session_id,
        reason=reason.value,
        minutes=minutes,
    )


def refuse_reopening(actor_id: uuid.UUID, session: TrainingSession, enrollment_ids: Collection[uuid.UUID]) -> None:
    """RegisterClosed for a session that is not signed off, for who took part in it, and once somebody graduated.

    `enrollment_ids` are those whose minutes rest on it: everybody's here, and those that went on from them.
    """
    if session.signed_off_at is None or session.cancelled_at is not None:
        raise RegisterClosed(N_("This session is not signed off, so there is nothing to open again."))
    concerned = select(Enrollment.person_id, Enrollment.status).where(Enrollment.id.in_(enrollment_ids))
    rows = db.session.execute(concerned).all()
    if any(person_id == actor_id for person_id, _ in rows):
        raise RegisterClosed(N_("You take part in this session yourself: another administrator opens it again."))
    if any(status is EnrollmentStatus.COMPLETED for _, status in rows):
        raise RegisterClosed(
            N_("Somebody who was here has graduated, and the certificate rests on this session. Correct single marks.")
        )


def resting_on(session: TrainingSession) -> set[uuid.UUID]:
    """The enrollments whose minutes rest on the session. Three statements."""
    here = load_register(session).people.keys()
    return {*here, *after(links_of(here), here)}
