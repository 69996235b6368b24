"""What becomes of a walk-in's enrollments and marks when they turn out to be somebody known. Pure.

A minute of presence credits one enrollment (Hours 7), so what would count twice is refused; nothing recorded is lost.
"""

import enum
import hashlib
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from advocates.attendance.rules import Content, Outcome, overlaps
from advocates.cohorts.rules import OPEN_STATUSES, EnrollmentStatus
from advocates.curriculum.rules import N_, Problem

LINKED = "linked"


class Way(enum.StrEnum):
    """MOVES: the enrollment becomes the known person's. JOINS: its marks go to the enrollment that they have."""

    MOVES = "moves"
    JOINS = "joins"


class Fate(enum.StrEnum):
    """What becomes of one mark."""

    STAYS = "stays"
    GOES_ALONG = "goes_along"
    AS_GUEST = "as_guest"
    NOTHING_TO_KEEP = "nothing_to_keep"
    THERE_TOO = "there_too"
    ELSEWHERE = "elsewhere"
    OWN = "own"


REFUSED = frozenset({Fate.THERE_TOO, Fate.ELSEWHERE, Fate.OWN})


@dataclass(frozen=True)
class Journey:
    """One enrollment: of which curriculum, where, and what hangs on it besides marks.

    `placed_in` are the cohorts of its placements, each with when it ended.
    """

    enrollment_id: uuid.UUID
    person_id: uuid.UUID
    curriculum_id: uuid.UUID
    curriculum: str
    cohort: str
    status: EnrollmentStatus
    is_accepted: bool
    placed_in: Mapping[uuid.UUID, datetime | None]
    has_records: bool = False


@dataclass(frozen=True)
class Marked:
    """A current mark at a session that was not cancelled. `visits` are enrollments seated there as visitors."""

    mark_id: uuid.UUID
    enrollment_id: uuid.UUID
    session_id: uuid.UUID
    cohort_id: uuid.UUID
    cohort: str
    start: datetime
    time_zone: str
    title: str | None
    content: Content
    recorded_by: uuid.UUID
    seated: frozenset[uuid.UUID] = frozenset()
    visiting: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class MarkPlan:
    mark: Marked
    fate: Fate


@dataclass(frozen=True)
class Part:
    """One of the walk-in's enrollments, what becomes of it and of its marks, and what stands in the way."""

    journey: Journey
    way: Way
    target: Journey | None
    marks: Sequence[MarkPlan]
    obstacle: Problem | None = None


@dataclass(frozen=True)
class Plan:
    parts: Sequence[Part]
    obstacles: Sequence[Problem] = ()

    @property
    def may_link(self) -> bool:
        refused = any(each.fate in REFUSED for part in self.parts for each in part.marks)
        return not self.obstacles and not refused and not any(part.obstacle for part in self.parts)

    @property
    def digest(self) -> str:
        """What was shown: the same as long as linking does just that."""
        shown = [
            (
                part.journey,
                part.way,
                part.target and part.target.enrollment_id,
                [(each.mark.mark_id, each.fate) for each in part.marks],
            )
            for part in self.parts
        ]
        return hashlib.sha256(repr((shown, self.may_link)).encode()).hexdigest()


def plan(
    walk_in: Sequence[Journey],
    known: Sequence[Journey],
    marks: Sequence[Marked],
    known_id: uuid.UUID,
    obstacles: Sequence[Problem] = (),
) -> Plan:
    """What linking does, enrollment by enrollment. `marks` are those of both people."""
    known_ids = {journey.enrollment_id for journey in known}
    theirs = [mark for mark in marks if mark.enrollment_id in known_ids]
    return Plan([_part(journey, known, marks, theirs, known_id) for journey in walk_in], obstacles)


def _part(
    journey: Journey, known: Sequence[Journey], marks: Sequence[Marked], theirs: Sequence[Marked], known_id: uuid.UUID
) -> Part:
    of_curriculum = [other for other in known if other.curriculum_id == journey.curriculum_id]
    same = [other for other in of_curriculum if other.status is not EnrollmentStatus.VISITING]
    target = next((other for other in same if other.status in OPEN_STATUSES), None)
    way = Way.JOINS if target else Way.MOVES
    fates = [
        MarkPlan(mark, _fate(mark, target, theirs, known_id))
        for mark in marks
        if mark.enrollment_id == journey.enrollment_id
    ]
    return Part(journey, way, target, fates, _obstacle(journey, target, same))


def _obstacle(journey: Journey, target: Journey | None, same: Collection[Journey]) -> Problem | None:
    if any(other.status is EnrollmentStatus.COMPLETED for other in same):
        return Problem("", N_("This training is completed already. The attendance of a walk-in is no part of it."))
    if target is None and same:
        message = N_("They left this training. Enroll them again first: then the marks join that enrollment.")
        return Problem("", message)
    if target is not None and not target.is_accepted and journey.is_accepted:
        message = N_("They only applied, and the walk-in is enrolled. Accept or turn down the application first.")
        return Problem("", message)
    if target is not None and journey.has_records:
        message = N_(
            "Tests, skills, agreements, make-ups, waivers or a certificate stand on the walk-in's enrollment. "
            "Record them for the person first and take them back there."
        )
        return Problem("", message)
    return None


def _fate(mark: Marked, target: Journey | None, theirs: Sequence[Marked], known_id: uuid.UUID) -> Fate:
    is_there = mark.content.outcome is Outcome.PRESENT
    if is_there and mark.recorded_by == known_id:
        return Fate.OWN
    for other in theirs if is_there else ():
        if other.content.outcome is Outcome.PRESENT:
            if other.session_id == mark.session_id and target and other.enrollment_id == target.enrollment_id:
                return Fate.THERE_TOO
            if overlaps(mark.content.presences, other.content.presences):
                return Fate.ELSEWHERE
    if target is None:
        return Fate.STAYS
    if not is_there:
        return Fate.NOTHING_TO_KEEP
    return Fate.GOES_ALONG if _is_member(mark, target, theirs) else Fate.AS_GUEST


def _is_member(mark: Marked, target: Journey, theirs: Sequence[Marked]) -> bool:
    """Whether the enrollment is on the session's register by itself, and neither of the two sat there as a visitor."""
    if not mark.visiting.isdisjoint({target.enrollment_id, mark.enrollment_id}):
        return False
    ended_at = target.placed_in.get(mark.cohort_id, mark.start)
    is_placed = ended_at is None or ended_at > mark.start
    is_marked = any(
        (other.session_id, other.enrollment_id) == (mark.session_id, target.enrollment_id) for other in theirs
    )
    return is_placed or is_marked or target.enrollment_id in mark.seated


def noting_records(journeys: Sequence[Journey], with_records: Collection[uuid.UUID]) -> list[Journey]:
    """The journeys, each saying whether something besides marks hangs on it."""
    return [replace(journey, has_records=journey.enrollment_id in with_records) for journey in journeys]
