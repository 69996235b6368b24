"""What a pattern would lay out for a cohort: the same answer for the preview and for the write that follows it."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from advocates.cohorts.models import Cohort
from advocates.curriculum.models import VersionModule
from advocates.curriculum.queries import modules_of
from advocates.schedule import rules
from advocates.schedule.overlaps import refuse_overlaps
from advocates.schedule.queries import SessionRow, sessions_of_cohort


class AlreadyLaidOut(Exception):
    """The cohort has sessions, and nobody asked to add only what they leave out."""


class NothingMissing(Exception):
    """Every minute of every module is scheduled already."""


class NothingFits(Exception):
    """The pattern has no meeting between its days."""


@dataclass(frozen=True)
class Plan:
    """Sessions to come, what finds no place in them, and what the cohort's schedule then covers."""

    sessions: tuple[rules.PlannedSession, ...]
    left_over: tuple[rules.SlicePlan, ...]
    coverage: rules.Coverage
    modules: Mapping[uuid.UUID, VersionModule]

    @property
    def left_over_minutes(self) -> int:
        return sum(part.minutes for part in self.left_over)

    @property
    def digest(self) -> str:
        """Tells whether what is about to be written is what was shown."""
        return hashlib.sha256(repr((self.sessions, self.left_over)).encode()).hexdigest()


def plan_layout(cohort: Cohort, pattern: rules.Pattern, *, only_missing: bool) -> Plan:
    """The plan for what the cohort's sessions leave out of its version. Three statements; writes nothing.

    Raises AlreadyLaidOut, NothingMissing, NothingFits or SessionsOverlap. The pattern must have no problems.
    """
    existing = [row for row in sessions_of_cohort(cohort.id) if row.cancelled_at is None]
    if existing and not only_missing:
        raise AlreadyLaidOut
    modules = {module.module_id: module for module in modules_of(cohort.curriculum_version_id)}
    missing = [part for module in covered(modules, existing).modules for part in module.missing]
    if not missing:
        raise NothingMissing
    layout = rules.lay_out_slices(missing, pattern)
    if not layout.sessions:
        raise NothingFits
    refuse_overlaps(existing, [(session.start, session.end) for session in layout.sessions])
    new = [segment for session in layout.sessions for segment in session.segments]
    return Plan(layout.sessions, layout.left_over, covered(modules, existing, new), modules)


def outside_cohort(cohort: Cohort, starts: Iterable[datetime]) -> int:
    """How many sessions that start at these instants do so before the cohort's first day or after its last."""
    zone = ZoneInfo(cohort.time_zone)
    return sum(not cohort.starts_on <= start.astimezone(zone).date() <= cohort.ends_on for start in starts)


def covered(
    modules: Mapping[uuid.UUID, VersionModule],
    sessions: Iterable[SessionRow],
    more: Iterable[rules.PlannedSegment] = (),
) -> rules.Coverage:
    """Scheduled against required. A session that is signed off counts as it was delivered, a cancelled one not."""
    taught = [
        rules.PlannedSegment(segment.start, segment.end, segment.module_id, segment.from_minute)
        for session in sessions
        if session.cancelled_at is None
        for segment in session.segments
        if segment.start < segment.end
    ]
    minutes = {module_id: module.contact_minutes for module_id, module in modules.items()}
    return rules.coverage(minutes, [*taught, *more])
