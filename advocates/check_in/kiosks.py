"""A tablet at the door: a browser that gave its sign-in away and checks people in at one session."""

import contextlib
import uuid
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from advocates import clock
from advocates.audit.recording import record
from advocates.check_in.models import Kiosk
from advocates.check_in.queries import sha256
from advocates.check_in.rules import closes_at
from advocates.database import db, new_id, new_token
from advocates.people.signing_in import end_sign_in
from advocates.schedule.models import TrainingSession


class NoKioskNow(Exception):
    """The session is not of today, is over, was signed off or canceled."""


def may_prepare(session: TrainingSession) -> bool:
    """From the session's own day on, so that a code or a tablet can stand ready early, until it is signed off."""
    day = session.planned_start.astimezone(ZoneInfo(session.time_zone)).date()
    is_held = session.cancelled_at is None and clock.today(session.time_zone) >= day
    return is_held and session.signed_off_at is None


def may_start(session: TrainingSession) -> bool:
    """Until people cannot check out any more."""
    return may_prepare(session) and clock.now() <= closes_at(session.planned_end)


def start_kiosk(actor_id: uuid.UUID, sign_in_id: uuid.UUID, session: TrainingSession) -> str:
    """The token for the browser's cookie; the sign-in there ends. NoKioskNow."""
    if not may_start(session):
        raise NoKioskNow
    token = new_token()
    kiosk = Kiosk(
        id=new_id(),
        session_id=session.id,
        token_sha256=sha256(token),
        started_by=actor_id,
        started_at=clock.now(),
    )
    db.session.add(kiosk)
    end_sign_in(sign_in_id)
    record(actor_id, "start_kiosk", session_id=session.id, kiosk_id=kiosk.id)
    return token


def end_kiosk(actor_id: uuid.UUID, kiosk_id: uuid.UUID) -> None:
    """From now on the tablet checks nobody in; nothing where it has ended."""
    kiosk = db.session.scalars(select(Kiosk).where(Kiosk.id == kiosk_id).with_for_update()).one()
    if kiosk.ended_at is None:
        kiosk.ended_at = clock.now()
        record(actor_id, "end_kiosk", session_id=kiosk.session_id, kiosk_id=kiosk.id)


def end_signed_in(actor_id: uuid.UUID, kiosk_id: uuid.UUID) -> None:
    """They signed in on the tablet: by a transaction of its own, as the page that follows only reads."""
    with contextlib.suppress(OperationalError), current_app.app_context():
        end_kiosk(actor_id, kiosk_id)
        db.session.commit()
