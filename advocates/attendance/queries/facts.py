"""The facts behind the ledger: current marks of signed-off sessions, approved make-ups, and what transfers carried."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from advocates.attendance.models import AttendanceMark, MakeUp, MakeUpState
from advocates.attendance.rules import ApprovedMakeUp, Attended, earned_from_facts, intervals_from_text
from advocates.cohorts.models import Enrollment
from advocates.cohorts.rules import OPEN_STATUSES, EnrollmentStatus
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import MakeUpRoute
from advocates.database import db
from advocates.equivalence.queries import lines_of, links_of
from advocates.equivalence.rules import Link, before, carried
from advocates.hours.queries import version_hours
from advocates.hours.rules import DeliveredSegment, Earned, Slice, VersionHours
from advocates.schedule.models import SeatKind, SessionSeat, TrainingSession
from advocates.schedule.queries import SegmentRow, current_segments

Ids = Collection[uuid.UUID]
VISITS = {SeatKind.GUEST, SeatKind.MAKE_UP}
NOT_YET_ENROLLED = OPEN_STATUSES - {EnrollmentStatus.ENROLLED}


def facts_of(
    versions: Mapping[uuid.UUID, VersionHours],
    new_marks: Iterable[AttendanceMark] = (),
    links: Sequence[Link] | None = None,
) -> dict[uuid.UUID, tuple[Earned, ...]]:
    """What each enrollment earned against its version. Five statements, however many enrollments; seven with transfers.

    `new_marks` are about to be stored and stand in for the marks they replace. `links` are the transfers of these
    enrollments where the caller knows them already: what was earned before a transfer counts as far as it maps.
    """
    chain = before(links_of(versions.keys()) if links is None else links, versions.keys())
    pinned = {**versions, **versions_left(chain, versions)}
    facts = _own_facts(pinned, new_marks)
    lines = lines_of({link.map_id for link in chain})
    for link in chain:
        earned = pinned[link.from_enrollment_id].earning(facts[link.from_enrollment_id])
        facts[link.to_enrollment_id] += carried(earned, lines[link.map_id], link.transfer_id)
    return {enrollment_id: facts[enrollment_id] for enrollment_id in versions}


def versions_left(chain: Sequence[Link], known: Mapping[uuid.UUID, VersionHours]) -> dict[uuid.UUID, VersionHours]:
    """The versions of the enrollments that were left, but for those known. One statement, none without transfers."""
    pinned = {link.from_enrollment_id: link.from_version_id for link in chain if link.from_enrollment_id not in known}
    hours = version_hours(set(pinned.values())) if pinned else {}
    return {enrollment_id: hours[version_id] for enrollment_id, version_id in pinned.items()}


def _own_facts(
    versions: Mapping[uuid.UUID, VersionHours], new_marks: Iterable[AttendanceMark]
) -> dict[uuid.UUID, tuple[Earned, ...]]:
    """What each enrollment earned by itself. Four statements."""
    credited = db.session.scalars(_credited_marks(versions.keys()))
    marks = {(mark.session_id, mark.enrollment_id): mark for mark in (*credited, *new_marks)}
    visits = _visits(versions.keys())
    segments = delivered_segments({session_id for session_id, _ in marks})
    attended: dict[uuid.UUID, list[Attended]] = defaultdict(list)
    for (session_id, enrollment_id), mark in marks.items():
        presences = intervals_from_text(mark.intervals)
        is_visit = not visits.isdisjoint({(session_id, enrollment_id), (None, enrollment_id)})
        attended[enrollment_id].append(Attended(session_id, mark.id, presences, segments[session_id], is_visit))
    make_ups = approved_make_ups(versions.keys())
    return {
        enrollment_id: earned_from_facts(attended[enrollment_id], make_ups[enrollment_id], version.module_minutes)
        for enrollment_id, version in versions.items()
    }


def approved_make_ups(enrollment_ids: Ids) -> Mapping[uuid.UUID, Sequence[ApprovedMakeUp]]:
    """The approved make-ups of each enrollment asked for. One statement."""
    found: dict[uuid.UUID, list[ApprovedMakeUp]] = {enrollment_id: [] for enrollment_id in enrollment_ids}
    for make_up in db.session.scalars(
        select(MakeUp)
        .where(MakeUp.enrollment_id.in_(enrollment_ids), MakeUp.state == MakeUpState.APPROVED)
        .order_by(MakeUp.id)
    ):
        is_activity = make_up.route is MakeUpRoute.EQUIVALENT_ACTIVITY
        minutes = Slice(make_up.from_minute, make_up.to_minute)
        session_id = None if is_activity else make_up.session_id
        found[make_up.enrollment_id].append(ApprovedMakeUp(make_up.id, make_up.module_id, minutes, session_id))
    return found


def delivered_segments(session_ids: Ids) -> dict[uuid.UUID, tuple[DeliveredSegment, ...]]:
    """What each session delivered, or plans to before it is signed off. One statement."""
    rows = current_segments(session_ids)
    return {session_id: as_delivered(segments) for session_id, segments in rows.items()}


def as_delivered(segments: Iterable[SegmentRow]) -> tuple[DeliveredSegment, ...]:
    """Segments as the hour rules want them; a break's mode is never looked at."""
    return tuple(
        DeliveredSegment(
            segment.id,
            segment.session_id,
            segment.module_id,
            segment.from_minute or 0,
            segment.start,
            segment.end,
            segment.delivery_mode or DeliveryMode.IN_PERSON,
        )
        for segment in segments
    )


def current_marks() -> Select[AttendanceMark]:
    """The highest version of each mark: none follows it, since versions have no gaps."""
    later = aliased(AttendanceMark)
    return (
        select(AttendanceMark)
        .outerjoin(
            later,
            (later.session_id == AttendanceMark.session_id)
            & (later.enrollment_id == AttendanceMark.enrollment_id)
            & (later.version == AttendanceMark.version + 1),
        )
        .where(later.id.is_(None))
    )


def _credited_marks(enrollment_ids: Ids) -> Select[AttendanceMark]:
    return (
        current_marks()
        .join(TrainingSession, TrainingSession.id == AttendanceMark.session_id)
        .where(
            AttendanceMark.enrollment_id.in_(enrollment_ids),
            TrainingSession.signed_off_at.is_not(None),
            TrainingSession.cancelled_at.is_(None),
        )
    )


def _visits(enrollment_ids: Ids) -> set[tuple[uuid.UUID | None, uuid.UUID]]:
    """Session and enrollment of those who sit in without a place that earns.

    Whoever was never enrolled visits everywhere (session None): their minutes count once they are accepted.
    """
    rows = db.session.execute(
        select(Enrollment.id, Enrollment.enrolled_at, SessionSeat.session_id)
        .outerjoin(SessionSeat, (SessionSeat.enrollment_id == Enrollment.id) & SessionSeat.kind.in_(VISITS))
        .where(Enrollment.id.in_(enrollment_ids))
    ).all()
    everywhere = {(None, row.id) for row in rows if row.enrolled_at is None}
    return everywhere | {(row.session_id, row.id) for row in rows if row.session_id is not None}
