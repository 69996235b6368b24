"""What another version would mean for the cohorts that run on one. Five statements, however many there are."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from advocates import clock
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.queries import VersionWithModules
from advocates.database import db
from advocates.hours.queries import hours_of, live_entries, module_hours
from advocates.hours.rules import VersionHours
from advocates.overview.rules.switching import (
    ModuleLoss,
    ModuleMap,
    PersonEffect,
    ScheduleEffect,
    losses,
    person_effect,
    schedule_effect,
)
from advocates.schedule.models import TrainingSession
from advocates.schedule.queries import SegmentRow, current_segments


@dataclass(frozen=True)
class CohortEffect:
    """One running cohort and what would change for its people and its schedule; `people` are those enrolled."""

    cohort: Cohort
    people: Sequence[PersonEffect]
    schedule: ScheduleEffect

    @property
    def losses(self) -> Sequence[ModuleLoss]:
        return losses(self.people)

    @property
    def before(self) -> int:
        return sum(person.before for person in self.people)

    @property
    def after(self) -> int:
        return sum(person.after for person in self.people)

    @property
    def losing(self) -> int:
        """How many people would have fewer minutes credited."""
        return sum(person.after < person.before for person in self.people)


def cohort_effects(
    old: VersionWithModules, new: VersionWithModules, cohort_ids: Collection[uuid.UUID] | None
) -> Sequence[CohortEffect]:
    """The cohorts of these (None: of all) that are on the old version, and not over or with people enrolled on it.

    The earliest first.
    """
    query = select(Cohort).where(Cohort.curriculum_version_id == old.version.id)
    if cohort_ids is not None:
        query = query.where(Cohort.id.in_(cohort_ids))
    cohorts = db.session.scalars(query.order_by(Cohort.starts_on, Cohort.title)).all()
    enrolled = _enrolled(old.version.id)
    running = [each for each in cohorts if each.id in enrolled or each.ends_on >= clock.today(each.time_zone)]
    if not running:
        return ()
    keys = {module.key: module.module_id for module in new.modules}
    modules = {module.module_id: keys[module.key] for module in old.modules if module.key in keys}
    before, after = _hours(old), _hours(new)
    live = live_entries([enrollment_id for cohort in running for enrollment_id in enrolled.get(cohort.id, ())])
    segments = _segments([cohort.id for cohort in running])
    return [
        CohortEffect(
            cohort,
            [person_effect(live[each], before, after, modules) for each in enrolled.get(cohort.id, ())],
            _schedule(segments[cohort.id], after, modules),
        )
        for cohort in running
    ]


def _hours(found: VersionWithModules) -> VersionHours:
    modules = {module.module_id: module_hours(module) for module in found.modules}
    return hours_of(found.version.required_contact_minutes, found.version.rules, modules)


def _enrolled(version_id: uuid.UUID) -> Mapping[uuid.UUID, Sequence[uuid.UUID]]:
    """The enrollments on the version by the cohort of their open placement."""
    rows = db.session.execute(
        select(Placement.cohort_id, Enrollment.id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .where(
            Enrollment.curriculum_version_id == version_id,
            Enrollment.status == EnrollmentStatus.ENROLLED,
            Placement.ended_at.is_(None),
        )
        .order_by(Enrollment.id)
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for cohort_id, enrollment_id in rows:
        found[cohort_id].append(enrollment_id)
    return found


def _segments(cohort_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Sequence[SegmentRow]]:
    """The segments of each cohort's sessions that stand."""
    rows = db.session.execute(
        select(TrainingSession.id, TrainingSession.cohort_id).where(
            TrainingSession.cohort_id.in_(cohort_ids), TrainingSession.cancelled_at.is_(None)
        )
    )
    cohorts = {row.id: row.cohort_id for row in rows}
    found: dict[uuid.UUID, list[SegmentRow]] = defaultdict(list)
    for session_id, segments in current_segments(cohorts.keys()).items():
        found[cohorts[session_id]] += segments
    return found


def _schedule(segments: Sequence[SegmentRow], new: VersionHours, modules: ModuleMap) -> ScheduleEffect:
    taught = ((segment.planned, segment.delivery_mode) for segment in segments)
    return schedule_effect(((segment, mode) for segment, mode in taught if mode is not None), new, modules)
