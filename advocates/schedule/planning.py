"""What a pattern would lay out for a cohort: the same answer for the preview and for the write that follows it."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
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
class Wish:
    """What is asked of a layout: a pattern, and what it is to do about gaps, closed days and missing room.

    `closed` names the days on which nothing is held but those `held`; `fit` is the proposal to take up.
    """

    pattern: rules.Pattern
    only_missing: bool = False
    closed: Mapping[date, tuple[str, ...]] = field(default_factory=dict)
    held: frozenset[date] = frozenset()
    fit: rules.Fit | None = None

    @property
    def kept(self) -> rules.Pattern:
        """The pattern without the closed days."""
        skipped = self.pattern.skipped_days | (frozenset(self.closed) - self.held)
        return replace(self.pattern, skipped_days=skipped)


@dataclass(frozen=True)
class Doubts:
    """What a schedule does that its curriculum version does not want."""

    too_early: Sequence[rules.TooEarly] = ()
    wrong_modes: Sequence[rules.WrongMode] = ()


@dataclass(frozen=True)
class Plan:
    """Sessions to come, what finds no place in them, and what the cohort's schedule then covers.

    `holds` are the contact minutes of a pattern with a last day, `closed` the days in its time on which it would
    have met but for a closing, and those on which it does all the same. `taken` is the proposal that was taken up.
    """

    pattern: rules.Pattern
    sessions: tuple[rules.PlannedSession, ...]
    left_over: tuple[rules.SlicePlan, ...]
    coverage: rules.Coverage
    modules: Mapping[uuid.UUID, VersionModule]
    holds: int | None = None
    closed: Mapping[date, tuple[str, ...]] = field(default_factory=dict)
    held: frozenset[date] = frozenset()
    proposals: tuple[rules.Proposal, ...] = ()
    taken: rules.Proposal | None = None
    doubts: Doubts = Doubts()

    @property
    def left_over_minutes(self) -> int:
        return sum(part.minutes for part in self.left_over)

    @property
    def needed_minutes(self) -> int:
        """What was to be laid out."""
        taught = (segment.minutes for session in self.sessions for segment in session.segments if segment.slice)
        return sum(taught) + self.left_over_minutes

    def may_meet(self, module: VersionModule) -> bool:
        """Whether some meeting of the pattern is held in a mode that the module allows."""
        return any(meeting.delivery_mode in module.allowed_modes for meeting in self.pattern.meetings)

    def closed_at(self, start: datetime, time_zone: str) -> tuple[str, ...]:
        """What the local day of an instant is called, where it is closed."""
        return self.closed.get(start.astimezone(ZoneInfo(time_zone)).date(), ())

    @property
    def digest(self) -> str:
        """Tells whether what is about to be written is what was shown."""
        return hashlib.sha256(repr((self.sessions, self.left_over)).encode()).hexdigest()


def plan_layout(cohort: Cohort, wish: Wish) -> Plan:
    """The plan for what the cohort's sessions leave out of its version. Three statements; writes nothing.

    Raises AlreadyLaidOut, NothingMissing, NothingFits or SessionsOverlap. The pattern must have no problems.
    """
    existing = [row for row in sessions_of_cohort(cohort.id) if row.cancelled_at is None]
    if existing and not wish.only_missing:
        raise AlreadyLaidOut
    modules = {module.module_id: module for module in modules_of(cohort.curriculum_version_id)}
    missing = [part for module in covered(modules, existing).modules for part in module.missing]
    if not missing:
        raise NothingMissing
    needs = needs_of(modules)
    layout = rules.lay_out_slices(missing, wish.kept, needs)
    found = rules.proposals(missing, wish.kept, needs) if layout.left_over else ()
    taken = next((proposal for proposal in found if proposal.fit == wish.fit), None)
    layout = taken.layout if taken else layout
    if not layout.sessions:
        raise NothingFits
    refuse_overlaps(existing, [(session.start, session.end) for session in layout.sessions])
    new = [segment for session in layout.sessions for segment in session.segments]
    closed = _closed_in(wish, layout.sessions[-1].start.astimezone(ZoneInfo(cohort.time_zone)).date())
    return Plan(
        taken.pattern if taken else wish.kept,
        layout.sessions,
        layout.left_over,
        covered(modules, existing, new),
        modules,
        holds=rules.contact_minutes(wish.kept),
        closed=closed,
        held=wish.held & frozenset(closed),
        proposals=found,
        taken=taken,
        doubts=Doubts(rules.too_early(_minutes(modules), needs, [*_taught(existing), *new])),
    )


def needs_of(modules: Mapping[uuid.UUID, VersionModule]) -> dict[uuid.UUID, rules.Needs]:
    """What each module of a version asks of the sessions that teach it."""
    ids = {module.key: module_id for module_id, module in modules.items()}
    return {
        module_id: rules.Needs(
            frozenset(module.allowed_modes),
            frozenset(ids[key] for key in json.loads(module.prerequisites) if key in ids),
        )
        for module_id, module in modules.items()
    }


def outside_cohort(cohort: Cohort, starts: Iterable[datetime]) -> int:
    """How many sessions that start at these instants do so before the cohort's first day or after its last."""
    zone = ZoneInfo(cohort.time_zone)
    return sum(not cohort.starts_on <= start.astimezone(zone).date() <= cohort.ends_on for start in starts)


def covered(
    modules: Mapping[uuid.UUID, VersionModule],
    sessions: Iterable[SessionRow],
    more: Iterable[rules.PlannedSegment] = (),
) -> rules.Coverage:
    """Scheduled against required. A session that is signed off counts as it was delivered, a cancelled one not.

    What is taught in a mode that its module does not allow counts for nothing.
    """
    return rules.coverage(_minutes(modules), [*_taught(sessions, earning=True), *more])


def doubts(modules: Mapping[uuid.UUID, VersionModule], sessions: Sequence[SessionRow]) -> Doubts:
    """Modules that begin before their prerequisites, or are taught in a mode they do not allow."""
    needs = needs_of(modules)
    standing = [row for row in sessions if row.cancelled_at is None]
    taught = [(segment.module_id, segment.delivery_mode) for row in standing for segment in row.segments]
    return Doubts(
        rules.too_early(_minutes(modules), needs, _taught(standing)),
        rules.wrong_modes(needs, taught),
    )


def _taught(sessions: Iterable[SessionRow], *, earning: bool = False) -> list[rules.PlannedSegment]:
    """What stands, as delivered; `earning`: only where the version lets the module be taught so."""
    return [
        rules.PlannedSegment(segment.start, segment.end, segment.module_id, segment.from_minute)
        for session in sessions
        if session.cancelled_at is None
        for segment in session.segments
        if segment.start < segment.end and (segment.earns or not earning)
    ]


def _minutes(modules: Mapping[uuid.UUID, VersionModule]) -> dict[uuid.UUID, int]:
    return {module_id: module.contact_minutes for module_id, module in modules.items()}


def _closed_in(wish: Wish, last_day: date) -> dict[date, tuple[str, ...]]:
    """The closed days up to the last session's on which the pattern would have met."""
    meets = {day for day, _meeting in rules.meeting_days(wish.pattern) if day <= last_day}
    return {day: names for day, names in wish.closed.items() if day in meets}
