"""Plan a cohort: its name, version, place, dates and seats."""

import uuid
from dataclasses import asdict, dataclass, fields
from datetime import date

from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import count_seated
from advocates.cohorts.seats import fill_free_seats, lock_open_cohort
from advocates.database import db, new_id
from advocates.seen import Seen


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


def draft_from(cohort: Cohort) -> CohortDraft:
    """What is stored, in the form in which it is typed."""
    return CohortDraft(**{field.name: getattr(cohort, field.name) for field in fields(CohortDraft)})


def edit_cohort(actor_id: uuid.UUID, cohort_id: uuid.UUID, draft: CohortDraft, seen: Seen) -> int:
    """Change a cohort. People enrolled already keep their version. Raises ChangedMeanwhile, TitleTaken, TooFewSeats.

    Returns how many offers of added seats nobody could be written to about.
    """
    cohort = lock_open_cohort(cohort_id)
    before = asdict(draft_from(cohort))
    seen.check(before, asdict(draft))
    if draft.capacity < (seated := count_seated(cohort_id)):
        raise TooFewSeats(seated)
    for name, value in asdict(draft).items():
        setattr(cohort, name, value)
    _flush()
    untold = fill_free_seats(cohort) if draft.capacity > before["capacity"] else 0
    changes = {name: (str(before[name]), str(value)) for name, value in asdict(draft).items() if before[name] != value}
    if changes:
        record(actor_id, "edit_cohort", cohort_id=cohort_id, changes=changes)
    return untold


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise TitleTaken from error
