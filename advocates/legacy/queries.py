"""Reads of legacy cohorts, each in one statement."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from advocates.cohorts.rules import KnownPerson
from advocates.database import db
from advocates.legacy.models import LegacyCohort, LegacyRecord
from advocates.people.models import Account, Agency, PersonProfile
from advocates.people.rules import email_key


@dataclass(frozen=True)
class LegacyRow:
    """A legacy cohort as the list shows it: how many people it names and when they completed it."""

    cohort: LegacyCohort
    people: int
    first_completed_on: date | None
    last_completed_on: date | None


@dataclass(frozen=True)
class PastPerson:
    person_id: uuid.UUID
    name: str
    agency: str | None
    completed_on: date | None
    stated_minutes: int | None
    email: str | None


def legacy_cohorts() -> Sequence[LegacyRow]:
    """Every legacy cohort, the latest first."""
    last = func.max(LegacyRecord.completed_on)
    rows = db.session.execute(
        select(LegacyCohort, func.count(LegacyRecord.id), func.min(LegacyRecord.completed_on), last)
        .outerjoin(LegacyRecord, LegacyRecord.legacy_cohort_id == LegacyCohort.id)
        .group_by(LegacyCohort.id)
        .order_by(last.is_(None), last.desc(), LegacyCohort.title)
    )
    return [LegacyRow(*row) for row in rows]


def people_of(legacy_cohort_id: uuid.UUID) -> Sequence[PastPerson]:
    """The people of a legacy cohort by name."""
    rows = db.session.execute(
        select(
            LegacyRecord.person_id,
            PersonProfile.chosen_name,
            Agency.name,
            LegacyRecord.completed_on,
            LegacyRecord.stated_minutes,
            PersonProfile.email,
        )
        .join(PersonProfile, PersonProfile.person_id == LegacyRecord.person_id)
        .outerjoin(Agency, Agency.id == PersonProfile.agency_id)
        .where(LegacyRecord.legacy_cohort_id == legacy_cohort_id)
        .order_by(func.lower(PersonProfile.chosen_name), LegacyRecord.id)
    )
    return [PastPerson(*row) for row in rows]


def known_by_email(emails: Collection[str], here: Collection[uuid.UUID]) -> Mapping[str, KnownPerson]:
    """Who signs in with these addresses, by e-mail key; `here` are people recorded already."""
    rows = db.session.execute(
        select(Account.person_id, PersonProfile.chosen_name, Account.email_key, PersonProfile.certificate_name)
        .join(PersonProfile, PersonProfile.person_id == Account.person_id)
        .where(Account.email_key.in_({email_key(email) for email in emails}))
    )
    people = (KnownPerson(*row, is_here=row[0] in here) for row in rows)
    return {person.email_key: person for person in people if person.email_key}
