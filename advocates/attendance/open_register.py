"""When a register takes marks (Hours 11, 12)."""

import uuid
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from advocates import clock
from advocates.attendance.models import AttendanceMark
from advocates.database import db
from advocates.schedule.changing import counts_as_evidence
from advocates.schedule.models import TrainingSession

N_ = str  # marks a sentence for translation; the view translates it


class RegisterClosed(Exception):
    """Nothing can be recorded here now. `message` is English, for the view to translate."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def is_open(session: TrainingSession) -> bool:
    """Marks can be made from the session's own day on, until it is signed off."""
    day = session.planned_start.astimezone(ZoneInfo(session.time_zone)).date()
    is_held = session.cancelled_at is None and clock.today(session.time_zone) >= day
    return is_held and session.signed_off_at is None


def refuse_closed(session: TrainingSession) -> None:
    """RegisterClosed unless marks can be made."""
    if session.cancelled_at is not None:
        raise RegisterClosed(N_("This session was canceled, so it has no register."))
    if session.signed_off_at is not None:
        raise RegisterClosed(N_("This session was signed off in the meantime. Open a person to correct their mark."))
    if not is_open(session):
        raise RegisterClosed(N_("This session is still to come. Its register opens on the day."))


@counts_as_evidence
def has_marks(session_id: uuid.UUID) -> bool:
    """Whether anything was recorded here: then the session is neither moved nor cancelled."""
    return bool(db.session.scalar(select(exists().where(AttendanceMark.session_id == session_id))))
