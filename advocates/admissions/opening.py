"""Open and close a cohort to applications, say what becomes of them, and set the quotas of agencies."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import select

from advocates.admissions.consenting import ensure_shipped_consent
from advocates.admissions.models import ApplicationWindow
from advocates.admissions.queries import terms_of
from advocates.admissions.rules import TermsDraft
from advocates.audit.recording import record
from advocates.cohorts.models import AgencyQuota
from advocates.cohorts.seats import fill_free_seats, lock_open_line
from advocates.database import db, new_id
from advocates.seen import Seen


def set_terms(actor_id: uuid.UUID, cohort_id: uuid.UUID, draft: TermsDraft, seen: Seen) -> None:
    """Make these the terms of the cohort. Nobody applies without a text to consent to: there is one from now on.

    Raises ChangedMeanwhile.
    """
    cohort = lock_open_line(cohort_id)
    before = terms_of(cohort_id)
    seen.check(asdict(TermsDraft.of(before, cohort.time_zone)), asdict(draft))
    was, now = asdict(before), asdict(draft.terms(cohort.time_zone))
    row = db.session.get(ApplicationWindow, cohort_id)
    if row is None:
        db.session.add(ApplicationWindow(cohort_id=cohort_id, **now))
    else:
        for name, value in now.items():
            setattr(row, name, value)
    if draft.is_on:
        ensure_shipped_consent(actor_id)
    fill_free_seats(cohort)
    changes = {name: (str(was[name]), str(value)) for name, value in now.items() if was[name] != value}
    if changes or row is None:
        record(actor_id, "set_application_window", cohort_id=cohort_id, changes=changes)


def set_quotas(actor_id: uuid.UUID, cohort_id: uuid.UUID, wanted: Mapping[uuid.UUID, int]) -> None:
    """Make these the cohort's quotas; an agency without one may fill any seat. Who has a seat keeps it."""
    cohort = lock_open_line(cohort_id)
    stored = {row.agency_id: row for row in db.session.scalars(select(AgencyQuota).filter_by(cohort_id=cohort_id))}
    before = {agency_id: row.seats for agency_id, row in stored.items()}
    if before == dict(wanted):
        return
    for agency_id, row in stored.items():
        if agency_id not in wanted:
            db.session.delete(row)
    for agency_id, seats in wanted.items():
        if agency_id in stored:
            stored[agency_id].seats = seats
        else:
            db.session.add(AgencyQuota(id=new_id(), cohort_id=cohort_id, agency_id=agency_id, seats=seats))
    fill_free_seats(cohort)
    changes = {
        str(key): (_text(before.get(key)), _text(wanted.get(key)))
        for key in before.keys() | wanted.keys()
        if before.get(key) != wanted.get(key)
    }
    record(actor_id, "set_quotas", cohort_id=cohort_id, changes=changes)


def _text(seats: int | None) -> str | None:
    return None if seats is None else str(seats)
