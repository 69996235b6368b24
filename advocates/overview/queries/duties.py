"""What waits for trainers and administrators. Every function sends a fixed number of statements."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, Select, exists, func, select

from advocates import clock
from advocates.admissions.models import Offer
from advocates.admissions.rules import OfferState
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.credentials.models import Issuer, Signatory, Waiver, WaiverState
from advocates.curriculum.models import CurriculumVersion, VersionModule
from advocates.database import db
from advocates.messages.models import MessageState, OutboxMessage
from advocates.schedule.models import TrainingSession
from advocates.schedule.queries import SegmentRow, current_segments
from advocates.schedule.rules import PlannedSegment, SessionState, coverage, state_of


@dataclass(frozen=True)
class Taught:
    """A module as one session teaches it."""

    title: str
    minutes: int
    content_note: str | None


@dataclass(frozen=True)
class SessionLine:
    """A session that is not signed off. `state` is planned, today or awaiting sign-off."""

    id: uuid.UUID
    cohort_id: uuid.UUID
    cohort: str
    title: str | None
    planned_start: datetime
    planned_end: datetime
    time_zone: str
    place: str
    room: str | None
    link: str | None

    @property
    def state(self) -> SessionState:
        return state_of(
            self.planned_start, self.planned_end, self.time_zone, clock.now(), is_signed_off=False, is_cancelled=False
        )


@dataclass(frozen=True)
class CohortCount:
    """How many of something a cohort has, or how many minutes."""

    cohort_id: uuid.UUID
    title: str
    count: int


@dataclass(frozen=True)
class Applications:
    """How many people of a cohort wait for a decision, and how many were offered a seat and not told of it."""

    cohort_id: uuid.UUID
    title: str
    applied: int
    untold: int


@dataclass(frozen=True)
class Foundations:
    """What must be there before anybody can be trained and receive a certificate."""

    curriculum: bool
    issuer: bool
    cohort: bool
    enrollment: bool

    @property
    def are_laid(self) -> bool:
        return self.curriculum and self.issuer and self.cohort and self.enrollment


def open_sessions(cohort_ids: Collection[uuid.UUID] | None, until: datetime) -> Sequence[SessionLine]:
    """Sessions of these cohorts (None: all) that begin before `until` and wait to be held or signed off, by time."""
    query = (
        select(
            TrainingSession.id,
            Cohort.id.label("cohort_id"),
            Cohort.title.label("cohort"),
            TrainingSession.title,
            TrainingSession.planned_start,
            TrainingSession.planned_end,
            TrainingSession.time_zone,
            TrainingSession.place,
            TrainingSession.room,
            TrainingSession.link,
        )
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .where(
            TrainingSession.signed_off_at.is_(None),
            TrainingSession.cancelled_at.is_(None),
            TrainingSession.planned_start < until,
        )
        .order_by(TrainingSession.planned_start, TrainingSession.id)
    )
    if cohort_ids is not None:
        query = query.where(Cohort.id.in_(cohort_ids))
    return [SessionLine(**row._mapping) for row in db.session.execute(query)]


def agendas(session_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Sequence[Taught]]:
    """What each session teaches. One statement."""
    return {session_id: taught_in(rows) for session_id, rows in current_segments(session_ids).items()}


def taught_in(segments: Iterable[SegmentRow]) -> Sequence[Taught]:
    """The modules of an agenda in its order, each once however often a break cuts it."""
    parts: dict[uuid.UUID, list[SegmentRow]] = defaultdict(list)
    for segment in segments:
        if segment.module_id is not None:
            parts[segment.module_id].append(segment)
    return [
        Taught(same[0].module_title or "", sum(part.minutes for part in same), same[0].content_note)
        for same in parts.values()
    ]


def foundations() -> Foundations:
    """One statement."""
    row = db.session.execute(
        select(
            exists().where(CurriculumVersion.published_at.is_not(None)),
            exists(select(Issuer.id)) & exists(select(Signatory.id)),
            exists(select(Cohort.id)),
            exists(select(Enrollment.id)),
        )
    ).one()
    return Foundations(*map(bool, row))


def applications() -> Sequence[Applications]:
    """Cohorts with people who applied and wait for an answer, or with offers that nobody was told of. One statement."""
    has_applied = Enrollment.status == EnrollmentStatus.APPLIED
    is_untold = (Enrollment.status == EnrollmentStatus.OFFERED) & Offer.id.is_not(None)
    rows = db.session.execute(
        select(
            Cohort.id,
            Cohort.title,
            func.count().filter(has_applied),
            func.count().filter(is_untold),
        )
        .join(Placement, Placement.cohort_id == Cohort.id)
        .join(Enrollment, Enrollment.id == Placement.enrollment_id)
        .outerjoin(
            Offer,
            (Offer.enrollment_id == Enrollment.id) & (Offer.state == OfferState.OPEN) & Offer.expires_at.is_(None),
        )
        .where(Placement.ended_at.is_(None), has_applied | is_untold)
        .group_by(Cohort.id)
        .order_by(Cohort.starts_on, Cohort.title)
    )
    return [Applications(*row) for row in rows]


def waiting_waivers() -> Sequence[CohortCount]:
    """Cohorts with proposed waivers. One statement."""
    return _counted(
        select(Cohort.id, Cohort.title, func.count())
        .join(Placement, Placement.cohort_id == Cohort.id)
        .join(Waiver, Waiver.enrollment_id == Placement.enrollment_id)
        .where(Placement.ended_at.is_(None), Waiver.state == WaiverState.PROPOSED)
    )


def failed_mails() -> int:
    """One statement."""
    return db.session.scalar(select(func.count()).where(OutboxMessage.state == MessageState.FAILED)) or 0


def not_scheduled() -> Sequence[CohortCount]:
    """Cohorts that have not ended, with the minutes of their version that no session teaches. Three statements."""
    is_current: ColumnElement[bool] = Cohort.ends_on >= clock.today()
    modules = db.session.execute(
        select(Cohort.id, Cohort.title, VersionModule.module_id, VersionModule.contact_minutes)
        .join(VersionModule, VersionModule.version_id == Cohort.curriculum_version_id)
        .where(is_current)
        .order_by(Cohort.starts_on, Cohort.id)
    ).all()
    sessions = db.session.execute(
        select(TrainingSession.id, TrainingSession.cohort_id)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .where(is_current, TrainingSession.cancelled_at.is_(None))
    ).all()
    segments = current_segments([row.id for row in sessions])
    taught: dict[uuid.UUID, list[PlannedSegment]] = defaultdict(list)
    for row in sessions:
        taught[row.cohort_id] += _taught(segments[row.id])
    found = []
    for (cohort_id, title), same in groupby(modules, key=lambda row: (row.id, row.title)):
        minutes = {row.module_id: row.contact_minutes for row in same}
        found.append(CohortCount(cohort_id, title, coverage(minutes, taught[cohort_id]).missing_minutes))
    return [each for each in found if each.count]


def _taught(segments: Iterable[SegmentRow]) -> Iterator[PlannedSegment]:
    """As delivered where that is confirmed; what was not delivered, or in no mode that earns, teaches nothing."""
    for segment in segments:
        if segment.start < segment.end and segment.earns:
            yield PlannedSegment(segment.start, segment.end, segment.module_id, segment.from_minute)


def _counted(query: Select[uuid.UUID, str, int]) -> Sequence[CohortCount]:
    rows = db.session.execute(query.group_by(Cohort.id).order_by(Cohort.starts_on, Cohort.title))
    return [CohortCount(*row) for row in rows]
