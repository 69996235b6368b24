"""What a refused write answers: a sentence about the form, or one at each person's field."""

from flask import abort
from flask_babel import gettext as _

from advocates.attendance.correcting import MarkChanged
from advocates.attendance.forms import Complaints
from advocates.attendance.marking import MarksRefused, NotOnRegister
from advocates.attendance.open_register import NotYetOpen, RegisterClosed
from advocates.attendance.queries import Register
from advocates.formatting import clock_time, day
from advocates.schedule.models import TrainingSession

Refusal = RegisterClosed | NotOnRegister | MarksRefused | MarkChanged
REFUSALS = (RegisterClosed, NotOnRegister, MarksRefused, MarkChanged)


def refuse_cancelled(session: TrainingSession) -> None:
    """409: a cancelled session has no register."""
    if session.cancelled_at is not None:
        abort(409, _("This session was canceled, so it has no register."))


def status_of(refusal: Refusal) -> int:
    """409 where something changed meanwhile, 422 where what was sent cannot be."""
    return 409 if isinstance(refusal, RegisterClosed | MarkChanged) else 422


def sentence_of(refusal: RegisterClosed) -> str:
    """Why nothing can be recorded, and when it can where that is to come."""
    if not isinstance(refusal, NotYetOpen):
        return _(refusal.message)
    opens_at, zone = refusal.opens_at, refusal.time_zone
    return _(refusal.message, time=clock_time(opens_at, zone), day=day(opens_at, zone))


def explain(refusal: Refusal | None, form: Complaints, register: Register) -> str | None:
    """The sentence about the whole form, if there is one; errors of people go to their fields in `form`."""
    if isinstance(refusal, MarksRefused):
        note_refused(form, register, refusal)
    if isinstance(refusal, RegisterClosed):
        return sentence_of(refusal)
    if isinstance(refusal, NotOnRegister):
        return _("A mark was sent for somebody who is not in this session.")
    if isinstance(refusal, MarkChanged):
        return _("Somebody corrected this mark in the meantime. Look at the history below, then decide again.")
    return None


def note_refused(form: Complaints, register: Register, refusal: MarksRefused) -> None:
    """Put each person's error at their field, under their name."""
    for enrollment_id, error in refusal.errors.items():
        name = register.people[enrollment_id].name
        form.note(f"{enrollment_id}-{error.field}", name, _(error.message, **error.values))
