"""Plan a cohort: its name, version, place, dates and seats."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import count_seated
from advocates.database import db, new_id


@dataclass(frozen=True)
class CohortDraft:
    title: str
    curriculum_version_id: uuid.UUID
    place: str
    time_zone: str
    starts_on: date
    ends_on: date
    capacity: int


class TitleTaken(Exception):
    """Another cohort has this title."""


class TooFewSeats(Exception):
    """More people are seated already."""

    def __init__(self, seated: int) -> None:
        super().__init__(f"{seated} people are seated already")
        self.seated = seated


def create_cohort(actor_id: uuid.UUID, draft: CohortDraft) -> Cohort:
    """Store a new cohort. Raises TitleTaken."""
    cohort = Cohort(id=new_id(), created_at=clock.now(), **asdict(draft))
    db.session.add(cohort)
    _flush()
    record(actor_id, "create_cohort", cohort_id=cohort.id, version_id=cohort.curriculum_version_id)
    return cohort


def edit_cohort(actor_id: uuid.UUID, cohort_id: uuid.UUID, draft: CohortDraft) -> None:
    """Change a cohort. People enrolled already keep their version. Raises TitleTaken, TooFewSeats."""
    cohort = lock_cohort(cohort_id)
    if draft.capacity < (seated := count_seated(cohort_id)):
        raise TooFewSeats(seated)
    before = {name: getattr(cohort, name) for name in asdict(draft)}
    for name, value in asdict(draft).items():
        setattr(cohort, name, value)
    _flush()
    changes = {name: (str(before[name]), str(value)) for name, value in asdict(draft).items() if before[name] != value}
    if changes:
        record(actor_id, "edit_cohort", cohort_id=cohort_id, changes=changes)


def lock_cohort(cohort_id: uuid.UUID) -> Cohort:
    """The cohort, locked until the transaction ends: seats are counted and filled by one at a time."""
    query = select(Cohort).where(Cohort.id == cohort_id).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise TitleTaken from error
