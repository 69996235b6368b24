"""When a register takes marks (Hours 11, 12)."""

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import exists, select

from advocates import clock
from advocates.attendance.models import AttendanceMark
from advocates.database import db
from advocates.schedule.changing import counts_as_evidence
from advocates.schedule.models import TrainingSession

N_ = str  # marks a sentence for translation; the view translates it

# "Here" says that somebody is in the room: sooner than the first can be there it would be a claim about the future.
EARLIEST_ARRIVAL = timedelta(hours=1)


class RegisterClosed(Exception):
    """Nothing can be recorded here now. `message` is English, for the view to translate."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotYetOpen(RegisterClosed):
    """Nothing can be recorded before `opens_at`."""

    def __init__(self, session: TrainingSession) -> None:
        super().__init__(N_("This session is still to come. Its register opens at %(time)s on %(day)s."))
        self.opens_at = opens_at(session)
        self.time_zone = session.time_zone


def opens_at(session: TrainingSession) -> datetime:
    """In UTC, so that it is an hour before also where the clocks change in between."""
    return session.planned_start.astimezone(UTC) - EARLIEST_ARRIVAL


def is_open(session: TrainingSession) -> bool:
    """Marks can be made from an hour before the session on, until it is signed off."""
    is_held = session.cancelled_at is None and clock.now() >= opens_at(session)
    return is_held and session.signed_off_at is None


def refuse_closed(session: TrainingSession) -> None:
    """RegisterClosed unless marks can be made."""
    if session.cancelled_at is not None:
        raise RegisterClosed(N_("This session was canceled, so it has no register."))
    if session.signed_off_at is not None:
        raise RegisterClosed(N_("This session was signed off in the meantime. Open a person to correct their mark."))
    if not is_open(session):
        raise NotYetOpen(session)


@counts_as_evidence
def has_marks(session_id: uuid.UUID) -> bool:
    """Whether anything was recorded here: then the session is neither moved nor cancelled."""
    return bool(db.session.scalar(select(exists().where(AttendanceMark.session_id == session_id))))
