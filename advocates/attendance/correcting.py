"""Correcting a mark after sign-off: a new version with a reason, and the credit that follows from it."""

import uuid

from advocates import clock
from advocates.attendance.crediting import recredit
from advocates.attendance.marking import N_, MarksRefused, NotOnRegister, Origin, find_overlaps, new_mark, refuse_own
from advocates.attendance.open_register import RegisterClosed
from advocates.attendance.queries import Register, lock_people, lock_session
from advocates.attendance.rules import ClockError, Content, CorrectionReason, CreditReason, Typed, read_typed
from advocates.audit.recording import record
from advocates.database import new_id


class MarkChanged(Exception):
    """Somebody corrected this mark since the page was shown."""


def correct_mark(
    actor_id: uuid.UUID,
    session_id: uuid.UUID,
    enrollment_id: uuid.UUID,
    base_version: int,
    typed: Typed,
    reason: CorrectionReason,
) -> None:
    """Store the next version of a mark and post reversals and new entries. Version 0 is somebody without a mark.

    RegisterClosed, NotOnRegister, MarkChanged or MarksRefused: then nothing was changed.
    """
    session = lock_session(session_id)
    if session.signed_off_at is None or session.cancelled_at is not None:
        raise RegisterClosed(N_("This session is not signed off: change the mark in its register."))
    register = lock_people(session, [enrollment_id])
    if enrollment_id not in register.people:
        raise NotOnRegister
    if base_version != register.version(enrollment_id):
        raise MarkChanged
    content = _corrected(actor_id, register, enrollment_id, typed)
    if errors := find_overlaps(register, {enrollment_id: content}):
        raise MarksRefused(errors)
    mark = new_mark(register, enrollment_id, content, actor_id, new_id(), Origin(reason_code=reason.value))
    entries = recredit(actor_id, [enrollment_id], CreditReason.CORRECTED.value, new_marks=[mark])
    record(
        actor_id,
        "correct_mark",
        rows=[mark, *entries],
        session_id=session_id,
        enrollment_id=enrollment_id,
        reason=reason.value,
    )


def _corrected(actor_id: uuid.UUID, register: Register, enrollment_id: uuid.UUID, typed: Typed) -> Content:
    """What the mark shall say instead; MarksRefused when it cannot, or says that already."""
    person = register.people[enrollment_id]
    current = register.content_at(enrollment_id, register.version(enrollment_id))
    mode, brief = register.session.delivery_mode, person.brief_absence_minutes
    try:
        refuse_own(actor_id, person)
        content = read_typed(typed, current, register.window, mode, brief, clock.now())
        if content is None or content == current:
            raise ClockError("outcome", N_("This is what is recorded already. Change something, or leave it as it is."))
    except ClockError as error:
        raise MarksRefused({enrollment_id: error}) from error
    return content
