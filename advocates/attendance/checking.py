"""Recompute every balance from attendance and make-ups, and compare it with the ledger."""

from itertools import islice

from sqlalchemy import select

from advocates.attendance.queries import facts_of
from advocates.cohorts.models import Enrollment
from advocates.database import db
from advocates.hours.checking import Checked, check_ledgers
from advocates.hours.queries import version_hours, versions_of

AT_A_TIME = 500


def check_hours() -> Checked:
    """Every enrollment, some hundred at a time. Run inside `database.reading()`."""
    ids = iter(db.session.scalars(select(Enrollment.id).order_by(Enrollment.id)).all())
    checked = Checked(0, 0, ())
    while batch := list(islice(ids, AT_A_TIME)):
        pinned = versions_of(batch)
        hours = version_hours(set(pinned.values()))
        versions = {enrollment_id: hours[version_id] for enrollment_id, version_id in pinned.items()}
        part = check_ledgers(facts_of(versions), versions)
        db.session.expunge_all()
        checked = Checked(
            checked.entries + part.entries,
            checked.enrollments + part.enrollments,
            (*checked.differences, *part.differences),
        )
    return checked
