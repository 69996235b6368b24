"""Remind those who attend or teach of a session that is near: once each, and again when it was moved."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from advocates import clock
from advocates.cohorts.models import Cohort
from advocates.database import db, reading, start_writing
from advocates.messages.models import MailKind
from advocates.messages.outbox import can_send_mail
from advocates.schedule.models import TrainingSession
from advocates.schedule.telling import describe, recipients_of, write_to_each

# A mail about what begins at once reaches nobody in time.
LATEST = timedelta(minutes=30)


def send_reminders() -> int:
    """Queue what is due and return how many. Commits session by session; safe to call at any time, by two at once."""
    before = timedelta(hours=current_app.config["SETTINGS"].reminder_hours)
    if not before or not can_send_mail():
        return 0
    now = clock.now()
    near = (
        TrainingSession.planned_start > now + LATEST,
        TrainingSession.planned_start <= now + before,
        TrainingSession.cancelled_at.is_(None),
    )
    with reading():
        found = select(TrainingSession.id).where(*near).order_by(TrainingSession.planned_start)
        session_ids = db.session.scalars(found).all()
    return sum(_remind(session_id, near) for session_id in session_ids)


def _remind(session_id: uuid.UUID, near: Sequence[ColumnElement[bool]]) -> int:
    """One session, unless it was canceled or moved away meanwhile."""
    start_writing(db.session)
    locked = select(TrainingSession).where(TrainingSession.id == session_id).with_for_update()
    session = db.session.scalars(locked.where(*near), execution_options={"populate_existing": True}).one_or_none()
    if session is None:
        db.session.rollback()
        return 0
    cohort = db.session.get_one(Cohort, session.cohort_id)

    def words() -> str:
        return _(
            "Hello,\n\nYour next session of %(cohort)s: %(session)s\n\n"
            "If you cannot come, you need not say why. What you miss can be made up.\n",
            cohort=cohort.title,
            session=describe(session),
        )

    # The hour is part of the name: a session that was moved is another thing to be reminded of.
    once = f"reminder:{session.id}:{session.planned_start:%Y%m%d%H%M}"
    recipients = recipients_of(session)
    told = write_to_each(recipients, MailKind.REMINDER, lambda: _("Your schedule"), words, once)
    db.session.commit()
    return told
