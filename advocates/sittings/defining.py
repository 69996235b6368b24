"""Define a test, retire it, open it for a cohort and close it early."""

import uuid
from datetime import datetime

from sqlalchemy import func, select

from advocates import clock
from advocates.assessments.rules import AssessmentKind
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db, new_id
from advocates.sittings.models import Assessment, AssessmentOpening
from advocates.sittings.rules.settings import Settings, settings_to_json
from advocates.sittings.rules.timing import Availability


class Refused(Exception):
    """Nothing was changed."""


class Retired(Refused):
    """The test is used no more."""


class OtherVersion(Refused):
    """The cohort trains by another curriculum version."""


class OpenAlready(Refused):
    """A test of this kind is open for the cohort, or will be, at the same time."""


class ClosedBefore(Refused):
    """It was closed before."""


def define_assessment(
    actor_id: uuid.UUID, version_id: uuid.UUID, kind: AssessmentKind, title: str, settings: Settings
) -> Assessment:
    """The next test of its kind. Earlier ones stay as they are, and so do their sittings."""
    db.session.get_one(CurriculumVersion, version_id, with_for_update=True)
    query = select(func.max(Assessment.number)).where(Assessment.version_id == version_id, Assessment.kind == kind)
    assessment = Assessment(
        id=new_id(),
        version_id=version_id,
        kind=kind,
        number=(db.session.scalar(query) or 0) + 1,
        title=title,
        settings=settings_to_json(settings),
        made_by=actor_id,
        made_at=clock.now(),
    )
    db.session.add(assessment)
    record(actor_id, "define_assessment", assessment_id=assessment.id, version_id=version_id, kind=kind)
    return assessment


def retire_assessment(actor_id: uuid.UUID, assessment_id: uuid.UUID) -> None:
    """It is opened for no other cohort. Where it is open, it stays so. Raises Retired."""
    assessment = db.session.get_one(Assessment, assessment_id, with_for_update=True, populate_existing=True)
    if assessment.retired_at is not None:
        raise Retired
    assessment.retired_at = clock.now()
    record(actor_id, "retire_assessment", assessment_id=assessment_id)


def open_assessment(
    actor_id: uuid.UUID, cohort: Cohort, assessment_id: uuid.UUID, opens_at: datetime, closes_at: datetime | None
) -> AssessmentOpening:
    """The cohort's people may take it from `opens_at` on. Raises Refused."""
    db.session.get_one(Cohort, cohort.id, with_for_update=True)
    assessment = db.session.get_one(Assessment, assessment_id, with_for_update=True, populate_existing=True)
    if assessment.retired_at is not None:
        raise Retired
    if assessment.version_id != cohort.curriculum_version_id:
        raise OtherVersion
    if any(_meet(other, opens_at, closes_at) for other in _of_kind(cohort.id, assessment.kind)):
        raise OpenAlready
    opening = AssessmentOpening(
        id=new_id(),
        assessment_id=assessment.id,
        cohort_id=cohort.id,
        opens_at=opens_at,
        closes_at=closes_at,
        opened_by=actor_id,
    )
    db.session.add(opening)
    record(actor_id, "open_assessment", opening_id=opening.id, assessment_id=assessment.id, cohort_id=cohort.id)
    return opening


def close_opening(actor_id: uuid.UUID, opening_id: uuid.UUID) -> None:
    """Nobody starts any more; who is writing has the grace to save, and what was saved counts. ClosedBefore."""
    opening = db.session.get_one(AssessmentOpening, opening_id, with_for_update=True, populate_existing=True)
    now = clock.now()
    if opening.window.availability(now) is Availability.CLOSED:
        raise ClosedBefore
    opening.closed_early_at, opening.closed_early_by = now, actor_id
    record(actor_id, "close_opening", opening_id=opening_id, cohort_id=opening.cohort_id)


def _of_kind(cohort_id: uuid.UUID, kind: AssessmentKind) -> list[AssessmentOpening]:
    query = select(AssessmentOpening).join(Assessment, Assessment.id == AssessmentOpening.assessment_id)
    query = query.where(AssessmentOpening.cohort_id == cohort_id, Assessment.kind == kind)
    return list(db.session.scalars(query))


def _meet(other: AssessmentOpening, opens_at: datetime, closes_at: datetime | None) -> bool:
    ends = other.window.ends_at
    begins_before_it_ends = ends is None or opens_at < ends
    return begins_before_it_ends and (closes_at is None or other.opens_at < closes_at)
