"""What the ledger does not hold yet: minutes awaiting sign-off, unconfirmed ones and those still to come (Hours 6)."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select, union
from sqlalchemy.orm import aliased

from advocates import clock
from advocates.attendance.models import AttendanceMark
from advocates.attendance.queries.facts import VISITS, Ids, approved_make_ups, delivered_segments
from advocates.attendance.rules import (
    ApprovedMakeUp,
    Attended,
    Outcome,
    earned_from_facts,
    intervals_from_text,
    within_make_ups,
)
from advocates.cohorts.models import Placement
from advocates.database import db
from advocates.hours.rules import DeliveredSegment, Part, VersionHours, taught_parts
from advocates.schedule.models import SessionSeat, TrainingSession


@dataclass(frozen=True)
class Ahead:
    """Parts of modules for `hours.rules.forecast`; they may overlap each other and what is credited."""

    awaiting: Sequence[Part] = ()
    unconfirmed: Sequence[Part] = ()
    upcoming: Sequence[Part] = ()


def awaiting_and_upcoming(versions: Mapping[uuid.UUID, VersionHours]) -> dict[uuid.UUID, Ahead]:
    """For each enrollment: marked and not signed off, past and unmarked, and to come. Three statements.

    Sessions are those of the open placement's cohort, of seats, and where a mark stands; on planned times.
    """
    rows = db.session.execute(_open_sessions(versions.keys())).all()
    segments = delivered_segments({row.session_id for row in rows})
    make_ups = approved_make_ups(versions.keys())
    found: dict[uuid.UUID, dict[str, list[Part]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        version = versions[row.enrollment_id]
        group, parts = _parts(row, segments[row.session_id], make_ups[row.enrollment_id], version)
        found[row.enrollment_id][group] += parts
    return {enrollment_id: Ahead(**found[enrollment_id]) for enrollment_id in versions}


def _parts(
    row: Row[Any], segments: Sequence[DeliveredSegment], make_ups: Sequence[ApprovedMakeUp], version: VersionHours
) -> tuple[str, Sequence[Part]]:
    is_visit = row.seat in VISITS
    paid_here = [make_up for make_up in make_ups if make_up.session_id == row.session_id]
    if row.mark_id is not None:
        if row.outcome is not Outcome.PRESENT:
            return "awaiting", ()
        attended = Attended(row.session_id, row.mark_id, intervals_from_text(row.intervals), segments, is_visit)
        return "awaiting", earned_from_facts([attended], paid_here, version.module_minutes)
    group = "upcoming" if row.planned_end > clock.now() else "unconfirmed"
    taught = taught_parts(segments, version.module_minutes)
    return group, tuple(within_make_ups(taught, paid_here)) if is_visit else taught


def _open_sessions(enrollment_ids: Ids) -> Select[*tuple[Any, ...]]:
    """Enrollment, session, seat and current mark, for every session that can still credit somebody."""
    taking_part = union(
        select(Placement.enrollment_id, TrainingSession.id.label("session_id"))
        .join(TrainingSession, TrainingSession.cohort_id == Placement.cohort_id)
        .where(Placement.enrollment_id.in_(enrollment_ids), Placement.ended_at.is_(None)),
        select(SessionSeat.enrollment_id, SessionSeat.session_id).where(SessionSeat.enrollment_id.in_(enrollment_ids)),
        select(AttendanceMark.enrollment_id, AttendanceMark.session_id).where(
            AttendanceMark.enrollment_id.in_(enrollment_ids)
        ),
    ).subquery()
    mark, later = AttendanceMark, aliased(AttendanceMark)

    def same(row: Any) -> Any:
        return (row.session_id == taking_part.c.session_id) & (row.enrollment_id == taking_part.c.enrollment_id)

    return (
        select(
            taking_part.c.enrollment_id,
            taking_part.c.session_id,
            TrainingSession.planned_end,
            SessionSeat.kind.label("seat"),
            mark.id.label("mark_id"),
            mark.outcome,
            mark.intervals,
        )
        .join(TrainingSession, TrainingSession.id == taking_part.c.session_id)
        .outerjoin(SessionSeat, same(SessionSeat))
        .outerjoin(mark, same(mark))
        .outerjoin(later, same(later) & (later.version == mark.version + 1))
        .where(
            TrainingSession.signed_off_at.is_(None),
            TrainingSession.cancelled_at.is_(None),
            later.id.is_(None),
        )
        .order_by(TrainingSession.planned_start, TrainingSession.id)
    )
