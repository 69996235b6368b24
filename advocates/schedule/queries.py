"""Reads of sessions and their current agenda: two statements, however many sessions."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select

from advocates.cohorts.models import Cohort, Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.models import Module, VersionModule, modes_from_json
from advocates.database import db
from advocates.schedule.models import (
    AgendaSegment,
    ClosedDay,
    MeetingPattern,
    SeatKind,
    SessionSeat,
    TrainingSession,
)
from advocates.schedule.rules import Closing, PlannedSegment, PlannedSession, closed_days


@dataclass(frozen=True)
class SegmentRow:
    """A part of a session as its current agenda has it. A break has no module, from-minute or mode.

    `module_title` is the cohort's version's, or the module's key where that version has no such module;
    `content_note` is that version's too, and `allowed_modes` the JSON of what it lets the module be taught in.
    """

    id: uuid.UUID
    session_id: uuid.UUID
    planned_start: datetime
    planned_end: datetime
    delivered_start: datetime | None
    delivered_end: datetime | None
    module_id: uuid.UUID | None
    module_title: str | None
    from_minute: int | None
    delivery_mode: DeliveryMode | None
    content_note: str | None
    allowed_modes: str | None

    @property
    def is_break(self) -> bool:
        return self.module_id is None

    @property
    def minutes(self) -> int:
        """Planned elapsed minutes."""
        return (self.planned_end - self.planned_start) // timedelta(minutes=1)

    @property
    def earns(self) -> bool:
        """Whether the cohort's version lets the module be taught in this mode: elsewhere it earns nothing."""
        return self.allowed_modes is None or self.delivery_mode in modes_from_json(self.allowed_modes)

    @property
    def start(self) -> datetime:
        """When it was delivered, or is planned where that is not confirmed."""
        return self.delivered_start or self.planned_start

    @property
    def end(self) -> datetime:
        """When it was delivered, or is planned where that is not confirmed."""
        return self.delivered_end or self.planned_end

    @property
    def planned(self) -> PlannedSegment:
        return PlannedSegment(self.planned_start, self.planned_end, self.module_id, self.from_minute)


@dataclass(frozen=True)
class SessionRow:
    """A training session with the segments of its current agenda, in order of time.

    `booked_seats` are those of people of other cohorts who make something up there.
    """

    id: uuid.UUID
    cohort_id: uuid.UUID
    title: str | None
    planned_start: datetime
    planned_end: datetime
    time_zone: str
    place: str
    room: str | None
    link: str | None
    delivery_mode: DeliveryMode
    agenda_version: int
    signed_off_at: datetime | None
    signed_off_by: uuid.UUID | None
    cancelled_at: datetime | None
    cancel_reason_code: str | None
    booked_seats: int
    segments: tuple[SegmentRow, ...]

    @property
    def titles(self) -> dict[uuid.UUID, str]:
        """The title of each module that it teaches."""
        return {s.module_id: s.module_title for s in self.segments if s.module_id and s.module_title}

    @property
    def planned(self) -> PlannedSession:
        segments = tuple(segment.planned for segment in self.segments)
        where = self.room or "", self.link or ""
        return PlannedSession(self.planned_start, self.planned_end, self.delivery_mode, segments, *where)

    @property
    def contact_minutes(self) -> int:
        """Planned minutes that teach."""
        return sum(segment.minutes for segment in self.segments if not segment.is_break)


def session_with_segments(session_id: uuid.UUID) -> SessionRow | None:
    """One session, or None. Two statements."""
    rows = _sessions(TrainingSession.id == session_id)
    return rows[0] if rows else None


def sessions_of_cohort(cohort_id: uuid.UUID) -> tuple[SessionRow, ...]:
    """Every session of the cohort in order of time, the cancelled ones too. Two statements."""
    return _sessions(TrainingSession.cohort_id == cohort_id)


def current_segments(session_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, tuple[SegmentRow, ...]]:
    """The segments of each session's current agenda, in order of time, by session id. One statement."""
    found: dict[uuid.UUID, list[SegmentRow]] = defaultdict(list)
    for row in db.session.execute(_segments(session_ids)):
        found[row.session_id].append(SegmentRow(**row._mapping))
    return {session_id: tuple(found.get(session_id, ())) for session_id in session_ids}


def closed_between(first: date, last: date) -> Mapping[date, tuple[str, ...]]:
    """The names of each day of holiday or closing from the first to the last, in order of time. One statement."""
    return closed_days(first, last, [Closing(row.first_day, row.last_day, row.name) for row in own_closed_days(first)])


def own_closed_days(since: date) -> Sequence[ClosedDay]:
    """The program's own closed days that are not over before the day, in order. One statement."""
    wanted = select(ClosedDay).where(ClosedDay.removed_at.is_(None), ClosedDay.last_day >= since)
    return db.session.scalars(wanted.order_by(ClosedDay.first_day, ClosedDay.id)).all()


def saved_patterns() -> Sequence[MeetingPattern]:
    """By title. One statement."""
    wanted = select(MeetingPattern).where(MeetingPattern.removed_at.is_(None))
    return db.session.scalars(wanted.order_by(MeetingPattern.title)).all()


def booked_seats() -> ScalarSelect[int]:
    """Of a query's session: seats of people who make something up there. Who withdrew takes none."""
    booked = (
        select(func.count())
        .select_from(SessionSeat)
        .join(Enrollment, Enrollment.id == SessionSeat.enrollment_id)
        .where(
            SessionSeat.session_id == TrainingSession.id,
            SessionSeat.kind == SeatKind.MAKE_UP,
            Enrollment.status != EnrollmentStatus.WITHDRAWN,
        )
    )
    return booked.correlate(TrainingSession).scalar_subquery()


def _sessions(wanted: ColumnElement[bool]) -> tuple[SessionRow, ...]:
    """Columns, not entities: after a lock an entity that was read before it would still say what it said then."""
    columns = TrainingSession.__table__.columns
    shown = [columns[field.name] for field in fields(SessionRow) if field.name in columns]
    query = (
        select(*shown, booked_seats().label("booked_seats")).where(wanted).order_by(columns.planned_start, columns.id)
    )
    sessions = db.session.execute(query).all()
    segments = current_segments([session.id for session in sessions]) if sessions else {}
    return tuple(SessionRow(**session._mapping, segments=segments[session.id]) for session in sessions)


def _segments(session_ids: Collection[uuid.UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            AgendaSegment.id,
            AgendaSegment.session_id,
            AgendaSegment.planned_start,
            AgendaSegment.planned_end,
            AgendaSegment.delivered_start,
            AgendaSegment.delivered_end,
            AgendaSegment.module_id,
            func.coalesce(VersionModule.title, Module.key).label("module_title"),
            AgendaSegment.from_minute,
            AgendaSegment.delivery_mode,
            VersionModule.content_note,
            VersionModule.delivery_modes.label("allowed_modes"),
        )
        .join(TrainingSession, TrainingSession.id == AgendaSegment.session_id)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .outerjoin(Module, Module.id == AgendaSegment.module_id)
        .outerjoin(
            VersionModule,
            (VersionModule.module_id == AgendaSegment.module_id)
            & (VersionModule.version_id == Cohort.curriculum_version_id),
        )
        .where(
            AgendaSegment.session_id.in_(session_ids),
            AgendaSegment.agenda_version == TrainingSession.agenda_version,
        )
        .order_by(AgendaSegment.planned_start, AgendaSegment.id)
    )
