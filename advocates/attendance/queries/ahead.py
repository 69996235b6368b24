"""What the ledger does not hold yet: minutes awaiting sign-off, unconfirmed ones and those still to come (Hours 6)."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, Subquery, select, union
from sqlalchemy.orm import aliased

from advocates import clock
from advocates.attendance.models import AttendanceMark, MakeUp, MakeUpState
from advocates.attendance.queries.facts import VISITS, Ids, as_delivered, versions_left
from advocates.attendance.rules import (
    ApprovedMakeUp,
    Attended,
    Outcome,
    earned_from_facts,
    intervals_from_text,
    within_make_ups,
)
from advocates.attendance.rules.limits import Taught
from advocates.cohorts.models import Cohort, Placement
from advocates.curriculum.rules import MakeUpRoute
from advocates.database import db
from advocates.equivalence.queries import lines_of, links_of
from advocates.equivalence.rules import Link, before, carried_parts
from advocates.hours.rules import Part, Slice, VersionHours, taught_parts
from advocates.schedule.models import SeatKind, SessionSeat, TrainingSession
from advocates.schedule.queries import SegmentRow, current_segments


@dataclass(frozen=True)
class SessionToCome:
    """A session that is not over, its agenda, and the parts of modules that the person can earn there.

    `seat` is None where it is one of their own cohort's.
    """

    session_id: uuid.UUID
    cohort: str
    seat: SeatKind | None
    title: str | None
    planned_start: datetime
    planned_end: datetime
    time_zone: str
    place: str
    room: str | None
    link: str | None
    segments: Sequence[SegmentRow]
    parts: Sequence[Part]

    @property
    def on(self) -> date:
        """Its local day."""
        return self.planned_start.astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def is_booked(self) -> bool:
        """Whether the seat was taken there to make something up."""
        return self.seat is SeatKind.MAKE_UP


@dataclass(frozen=True)
class Ahead:
    """Parts of modules for `hours.rules.forecast`; they may overlap each other and what is credited.

    `taught` is what sessions behind the person taught, whether they were there or not; `held` what those that are
    over taught on which day, marked or not. `sessions` are those to come, by time: what they offer makes up `upcoming`.
    """

    awaiting: Sequence[Part] = ()
    unconfirmed: Sequence[Part] = ()
    upcoming: Sequence[Part] = ()
    taught: Sequence[Part] = ()
    held: Sequence[Taught] = ()
    sessions: Sequence[SessionToCome] = ()

    @property
    def known(self) -> Sequence[Part]:
        """Everything that may still be credited in the cohort."""
        return [*self.awaiting, *self.unconfirmed, *self.upcoming]


def awaiting_and_upcoming(
    versions: Mapping[uuid.UUID, VersionHours], links: Sequence[Link] | None = None
) -> dict[uuid.UUID, Ahead]:
    """For each enrollment: marked and not signed off, past and unmarked, and to come. Three statements, five with
    transfers.

    Sessions are those of the open placement's cohort, of seats, and where a mark stands; on planned times. What was
    marked before a transfer (`links`, where the caller knows them) is awaited as far as it maps.
    """
    chain = before(links_of(versions.keys()) if links is None else links, versions.keys())
    pinned = {**versions, **versions_left(chain, versions)}
    found = _found(pinned)
    lines = lines_of({link.map_id for link in chain})
    for link in chain:
        parts = carried_parts(found[link.from_enrollment_id]["awaiting"], lines[link.map_id])
        found[link.to_enrollment_id]["awaiting"] += pinned[link.to_enrollment_id].earning(parts)
    return {enrollment_id: Ahead(**found[enrollment_id]) for enrollment_id in versions}


def _found(versions: Mapping[uuid.UUID, VersionHours]) -> dict[uuid.UUID, dict[str, list[Any]]]:
    """What each enrollment has ahead of itself, by the names of Ahead. Two statements."""
    rows = db.session.execute(_sessions(versions.keys())).all()
    segments = current_segments({row.session_id for row in rows})
    found: dict[uuid.UUID, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for (enrollment_id, session_id), group in groupby(rows, key=lambda row: (row.enrollment_id, row.session_id)):
        _sort_in(found[enrollment_id], list(group), segments[session_id], versions[enrollment_id])
    return found


def _sort_in(
    found: dict[str, list[Any]], rows: Sequence[Row[Any]], segments: Sequence[SegmentRow], version: VersionHours
) -> None:
    """Put one session where it belongs. `rows` differ only in the make-up that was approved for it."""
    row, delivered = rows[0], as_delivered(segments)
    make_ups = [_make_up(row) for row in rows if row.make_up_id is not None]
    is_visit = row.seat in VISITS
    taught = version.earning(taught_parts(delivered, version.module_minutes))
    is_over = row.planned_end <= clock.now()
    if is_visit:
        taught = tuple(within_make_ups(taught, make_ups))
    elif is_over:
        day = row.planned_start.astimezone(ZoneInfo(row.time_zone)).date()
        found["held"] += [Taught(part.module_id, part.slice, day) for part in taught]
    # Before a session is over nobody has missed a part of it: whoever is out may come back.
    if row.signed_off_at is None and (row.mark_id is None or not is_over):
        found["unconfirmed" if is_over else "upcoming"] += taught
        if not is_over:
            found["sessions"].append(_session_to_come(row, segments, taught))
    else:
        found["taught"] += taught
    if row.signed_off_at is None and row.outcome is Outcome.PRESENT:
        presences = intervals_from_text(row.intervals)
        attended = Attended(row.session_id, row.mark_id, presences, delivered, is_visit)
        found["awaiting"] += version.earning(earned_from_facts([attended], make_ups, version.module_minutes))


def _make_up(row: Row[Any]) -> ApprovedMakeUp:
    return ApprovedMakeUp(row.make_up_id, row.module_id, Slice(row.from_minute, row.to_minute), row.session_id)


def _session_to_come(row: Row[Any], segments: Sequence[SegmentRow], parts: Sequence[Part]) -> SessionToCome:
    names = (field.name for field in fields(SessionToCome) if field.name not in {"segments", "parts"})
    return SessionToCome(**{name: getattr(row, name) for name in names}, segments=segments, parts=parts)


def _taking_part(enrollment_ids: Ids) -> Subquery:
    """Enrollment and session, for every session that concerns somebody."""
    return union(
        select(Placement.enrollment_id, TrainingSession.id.label("session_id"))
        .join(TrainingSession, TrainingSession.cohort_id == Placement.cohort_id)
        .where(Placement.enrollment_id.in_(enrollment_ids), Placement.ended_at.is_(None)),
        select(SessionSeat.enrollment_id, SessionSeat.session_id).where(SessionSeat.enrollment_id.in_(enrollment_ids)),
        select(AttendanceMark.enrollment_id, AttendanceMark.session_id).where(
            AttendanceMark.enrollment_id.in_(enrollment_ids)
        ),
    ).subquery()


def _sessions(enrollment_ids: Ids) -> Select[*tuple[Any, ...]]:
    """Those sessions with seat, current mark and approved make-up; a row for each make-up."""
    taking_part = _taking_part(enrollment_ids)
    mark, later = AttendanceMark, aliased(AttendanceMark)

    def same(row: Any) -> Any:
        return (row.session_id == taking_part.c.session_id) & (row.enrollment_id == taking_part.c.enrollment_id)

    is_approved_here = same(MakeUp) & (MakeUp.state == MakeUpState.APPROVED)
    return (
        select(
            taking_part.c.enrollment_id,
            taking_part.c.session_id,
            Cohort.title.label("cohort"),
            TrainingSession.title,
            TrainingSession.planned_start,
            TrainingSession.planned_end,
            TrainingSession.time_zone,
            TrainingSession.place,
            TrainingSession.room,
            TrainingSession.link,
            TrainingSession.signed_off_at,
            SessionSeat.kind.label("seat"),
            mark.id.label("mark_id"),
            mark.outcome,
            mark.intervals,
            MakeUp.id.label("make_up_id"),
            MakeUp.module_id,
            MakeUp.from_minute,
            MakeUp.to_minute,
        )
        .join(TrainingSession, TrainingSession.id == taking_part.c.session_id)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .outerjoin(SessionSeat, same(SessionSeat))
        .outerjoin(mark, same(mark))
        .outerjoin(later, same(later) & (later.version == mark.version + 1))
        .outerjoin(MakeUp, is_approved_here & (MakeUp.route != MakeUpRoute.EQUIVALENT_ACTIVITY))
        .where(TrainingSession.cancelled_at.is_(None), later.id.is_(None))
        .order_by(TrainingSession.planned_start, TrainingSession.id, taking_part.c.enrollment_id, MakeUp.id)
    )
