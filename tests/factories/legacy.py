"""Legacy cohorts, committed."""

from datetime import date
from typing import Any

from advocates import clock
from advocates.database import db, new_id
from advocates.legacy.models import LegacyCohort, LegacyRecord


def make_legacy_cohort(administrator: Any, *people: Any, title: str | None = None) -> LegacyCohort:
    """A legacy cohort that these people completed on June 4, 2021, with 40 hours as stated."""
    cohort = LegacyCohort(
        id=new_id(),
        title=title or f"Spring 2021 {new_id().hex[-6:]}",
        training="40-hour victim advocate training",
        source="Program office, list of graduates",
        recorded_by=administrator.id,
        recorded_at=clock.now(),
    )
    db.session.add(cohort)
    db.session.flush()
    for person in people:
        db.session.add(
            LegacyRecord(
                id=new_id(),
                legacy_cohort_id=cohort.id,
                person_id=person.id,
                completed_on=date(2021, 6, 4),
                stated_minutes=2400,
                recorded_by=administrator.id,
                recorded_at=clock.now(),
            )
        )
    db.session.commit()
    return cohort
