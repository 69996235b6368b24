"""Training sessions with their agenda, committed. Clock times are local to Chicago."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from advocates.cohorts.models import Cohort
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.models import VersionModule
from advocates.database import db, new_id
from advocates.schedule.models import AgendaSegment, TrainingSession

CHICAGO = ZoneInfo("America/Chicago")
EVENING: tuple[tuple[int | None, int, int], ...] = ((0, 0, 85), (None, 0, 10), (1, 0, 85))


def local(day: date, clock_time: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock_time), CHICAGO)


def make_session(
    cohort: Cohort,
    day: date = date(2026, 10, 20),
    starts: str = "17:30",
    segments: Sequence[tuple[int | None, int, int]] = EVENING,
    **columns: Any,
) -> TrainingSession:
    """A session whose segments are (module position or None for a break, from-minute, minutes), one after another."""
    modules = db.session.scalars(
        select(VersionModule.module_id)
        .where(VersionModule.version_id == cohort.curriculum_version_id)
        .order_by(VersionModule.position)
    ).all()
    at = local(day, starts)
    session = TrainingSession(
        id=new_id(),
        cohort_id=cohort.id,
        planned_start=at,
        planned_end=at + timedelta(minutes=sum(minutes for _, _, minutes in segments)),
        time_zone="America/Chicago",
        place=cohort.place,
        delivery_mode=DeliveryMode.IN_PERSON,
        **columns,
    )
    db.session.add(session)
    db.session.flush()
    for position, from_minute, minutes in segments:
        end = at + timedelta(minutes=minutes)
        is_break = position is None
        db.session.add(
            AgendaSegment(
                session_id=session.id,
                planned_start=at,
                planned_end=end,
                module_id=None if position is None else modules[position],
                from_minute=None if is_break else from_minute,
                delivery_mode=None if is_break else DeliveryMode.IN_PERSON,
            )
        )
        at = end
    db.session.commit()
    return session
