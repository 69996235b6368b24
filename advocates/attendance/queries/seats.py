"""Seats that sessions of other cohorts have free for people who make something up."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, func, select

from advocates import clock
from advocates.attendance.queries.facts import as_delivered
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import SEATED_STATUSES
from advocates.database import db
from advocates.hours.rules import Part, VersionHours, taught_parts
from advocates.schedule.models import AgendaSegment, TrainingSession
from advocates.schedule.queries import SegmentRow, booked_seats, current_segments


@dataclass(frozen=True)
class SessionElsewhere:
    """A session to come of another cohort, with at least one seat free."""

    session_id: uuid.UUID
    cohort: str
    title: str | None
    planned_start: datetime
    planned_end: datetime
    time_zone: str
    place: str
    room: str | None
    seats_left: int
    segments: Sequence[SegmentRow] = ()

    @property
    def on(self) -> date:
        """Its local day."""
        return self.planned_start.astimezone(ZoneInfo(self.time_zone)).date()

    def parts_for(self, version: VersionHours) -> Sequence[Part]:
        """What it can credit to somebody on this version who is there throughout."""
        return version.earning(taught_parts(as_delivered(self.segments), version.module_minutes))


def seats_left() -> ColumnElement[int]:
    """Of a query's TrainingSession and its Cohort: the seats that neither the cohort's people nor make-ups take.

    Visitors and walk-ins take none: they are outside of what a cohort plans for.
    """
    seated = (
        select(func.count())
        .select_from(Placement)
        .join(Enrollment, Enrollment.id == Placement.enrollment_id)
        .where(Placement.cohort_id == Cohort.id, Placement.ended_at.is_(None), Enrollment.status.in_(SEATED_STATUSES))
        .correlate(Cohort)
        .scalar_subquery()
    )
    return Cohort.capacity - seated - booked_seats()


def teaches(module_ids: Collection[uuid.UUID]) -> ColumnElement[bool]:
    """Whether a query's TrainingSession teaches something of one of these modules."""
    return exists().where(
        AgendaSegment.session_id == TrainingSession.id,
        AgendaSegment.agenda_version == TrainingSession.agenda_version,
        AgendaSegment.module_id.in_(module_ids),
    )


def sessions_elsewhere(cohort_id: uuid.UUID, module_ids: Collection[uuid.UUID]) -> Sequence[SessionElsewhere]:
    """Sessions to come of other cohorts that teach some of these modules and have a seat free, by time.

    Two statements, none without modules.
    """
    if not module_ids:
        return []
    left = seats_left()
    table = TrainingSession
    rows = db.session.execute(
        select(
            table.id,
            Cohort.title,
            table.title,
            table.planned_start,
            table.planned_end,
            table.time_zone,
            table.place,
            table.room,
            left,
        )
        .join(Cohort, Cohort.id == table.cohort_id)
        .where(
            table.cohort_id != cohort_id,
            table.cancelled_at.is_(None),
            table.planned_start > clock.now(),
            teaches(module_ids),
            left > 0,
        )
        .order_by(table.planned_start, table.id)
    ).all()
    segments: Mapping[uuid.UUID, Sequence[SegmentRow]] = current_segments([row[0] for row in rows])
    return [SessionElsewhere(*row, segments=segments[row[0]]) for row in rows]
