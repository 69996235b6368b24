"""Reads about people. Each says in how many statements; none grows with the rows."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, Uuid, and_, column, exists, func, or_, select, table

from advocates import clock
from advocates.access import Role
from advocates.database import db
from advocates.people.models import (
    Account,
    Agency,
    Invitation,
    NameConfirmation,
    Person,
    PersonProfile,
    RoleGrant,
    SignIn,
)
from advocates.people.rules import spellings

PER_PAGE = 25
# Cohorts stand above people: a role grant only knows a cohort's key, and a screen must show its title.
_cohort = table("cohort", column("id", Uuid), column("title"), column("ends_on"))
_enrollment = table("enrollment", column("person_id", Uuid))
# So it is with what others state of a person's earlier training.
_legacy_cohort = table("legacy_cohort", column("id", Uuid), column("title"), column("training"), column("source"))
_legacy_record = table(
    "legacy_record",
    column("legacy_cohort_id", Uuid),
    column("person_id", Uuid),
    column("completed_on", Date),
    column("stated_minutes"),
)


@dataclass(frozen=True)
class PersonRow:
    person_id: uuid.UUID
    name: str
    email: str | None
    agency: str | None
    has_password: bool
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class PeoplePage:
    """One page of a list: rows, the page's number from 1, how many pages and people there are."""

    rows: tuple[PersonRow, ...]
    number: int
    pages: int
    count: int


@dataclass(frozen=True)
class Grant:
    grant_id: uuid.UUID
    role: Role
    cohort: str | None
    expires_at: datetime | None


@dataclass(frozen=True)
class PastTraining:
    """What a source states of a training before this system; the evidence is not held."""

    legacy_cohort_id: uuid.UUID
    cohort: str
    training: str
    source: str
    completed_on: date | None
    stated_minutes: int | None


@dataclass(frozen=True)
class PersonDetails:
    """Everything an administrator sees of one person."""

    profile: PersonProfile
    merged_into_id: uuid.UUID | None
    agency: str | None
    has_account: bool
    has_password: bool
    is_disabled: bool
    link_expires_at: datetime | None
    grants: tuple[Grant, ...]
    certificate_name: "CertificateName"
    past_trainings: tuple[PastTraining, ...]


@dataclass(frozen=True)
class CertificateName:
    """The name to print, and the newest confirmation of exactly this name, if any."""

    name: str | None
    confirmation_id: uuid.UUID | None = None
    confirmed_at: datetime | None = None
    way: str | None = None


def find_people(term: str, number: int) -> PeoplePage:
    """A page of the people whose name or e-mail holds the term, by name, but for linked walk-ins. Three statements."""
    linked = select(Person.id).where(Person.merged_into_id.is_not(None))
    matching = _matching(term) & PersonProfile.person_id.not_in(linked)
    count = db.session.scalar(select(func.count()).select_from(PersonProfile).where(matching)) or 0
    pages = max(1, -(-count // PER_PAGE))
    number = min(max(number, 1), pages)
    query = (
        select(PersonProfile, Agency.name, Account.password_hash)
        .outerjoin(Agency, Agency.id == PersonProfile.agency_id)
        .outerjoin(Account, Account.person_id == PersonProfile.person_id)
        .where(matching)
        .order_by(func.lower(PersonProfile.chosen_name), PersonProfile.person_id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    found = db.session.execute(query).all()
    roles = _roles([profile.person_id for profile, _, _ in found])
    rows = tuple(
        PersonRow(
            profile.person_id,
            profile.chosen_name,
            profile.email,
            agency,
            password is not None,
            roles.get(profile.person_id, ()),
        )
        for profile, agency, password in found
    )
    return PeoplePage(rows, number, pages, count)


def find_person(person_id: uuid.UUID) -> PersonDetails | None:
    """One person with account, roles, open link, certificate name and earlier trainings. Five statements."""
    query = (
        select(PersonProfile, Person.merged_into_id, Agency.name, Account)
        .join(Person, Person.id == PersonProfile.person_id)
        .outerjoin(Agency, Agency.id == PersonProfile.agency_id)
        .outerjoin(Account, Account.person_id == PersonProfile.person_id)
        .where(PersonProfile.person_id == person_id)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    profile, merged_into_id, agency, account = row
    link = select(func.max(Invitation.expires_at)).where(
        Invitation.person_id == person_id, Invitation.used_at.is_(None), Invitation.expires_at > clock.now()
    )
    return PersonDetails(
        profile=profile,
        merged_into_id=merged_into_id,
        agency=agency,
        has_account=account is not None,
        has_password=account is not None and account.password_hash is not None,
        is_disabled=account is not None and account.disabled_at is not None,
        link_expires_at=db.session.scalar(link),
        grants=_grants(person_id),
        certificate_name=certificate_names([person_id])[person_id],
        past_trainings=past_trainings(person_id),
    )


def past_trainings(person_id: uuid.UUID) -> tuple[PastTraining, ...]:
    """What sources state of the person's trainings before this system, the latest first. One statement."""
    cohort, row = _legacy_cohort.c, _legacy_record.c
    query = (
        select(cohort.id, cohort.title, cohort.training, cohort.source, row.completed_on, row.stated_minutes)
        .join(_legacy_record, row.legacy_cohort_id == cohort.id)
        .where(row.person_id == person_id)
        .order_by(row.completed_on.desc(), cohort.title)
    )
    return tuple(PastTraining(*found) for found in db.session.execute(query))


def certificate_names(person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, CertificateName]:
    """The name to print of each person and whether it is confirmed. A confirmation of another name does not count."""
    query = (
        select(PersonProfile.person_id, PersonProfile.certificate_name, NameConfirmation)
        .outerjoin(
            NameConfirmation,
            (NameConfirmation.person_id == PersonProfile.person_id)
            & (NameConfirmation.name == PersonProfile.certificate_name),
        )
        .where(PersonProfile.person_id.in_(person_ids))
        .order_by(NameConfirmation.confirmed_at, NameConfirmation.id)
    )
    names: dict[uuid.UUID, CertificateName] = {}
    for person_id, name, confirmation in db.session.execute(query):
        names[person_id] = (
            CertificateName(name, confirmation.id, confirmation.confirmed_at, confirmation.way)
            if confirmation
            else CertificateName(name)
        )
    return names


def is_trained(person_id: uuid.UUID) -> bool:
    """Whether the person is or was enrolled anywhere, so that a certificate may come to bear their name."""
    return bool(db.session.scalar(select(exists().where(_enrollment.c.person_id == person_id))))


def people_with_role(*roles: Role) -> list[tuple[uuid.UUID, str]]:
    """Who holds one of these roles now, anywhere, by name: (person id, chosen name). One statement."""
    query = (
        select(PersonProfile.person_id, PersonProfile.chosen_name)
        .where(PersonProfile.person_id.in_(select(RoleGrant.person_id).where(RoleGrant.role.in_(roles), _is_open())))
        .order_by(func.lower(PersonProfile.chosen_name), PersonProfile.person_id)
    )
    return [(person_id, name) for person_id, name in db.session.execute(query)]


def open_sign_ins(person_id: uuid.UUID) -> list[SignIn]:
    """The browsers in which the person is signed in now, newest first."""
    query = (
        select(SignIn)
        .join(Account, and_(Account.person_id == SignIn.person_id, Account.epoch == SignIn.epoch))
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.expires_at > clock.now())
        .order_by(SignIn.id.desc())
    )
    return list(db.session.scalars(query))


def agencies() -> list[Agency]:
    return list(db.session.scalars(select(Agency).order_by(func.lower(Agency.name))))


def agencies_with_people() -> list[tuple[Agency, int]]:
    """Every agency and how many people it sent. One statement."""
    query = (
        select(Agency, func.count(PersonProfile.person_id))
        .outerjoin(PersonProfile, PersonProfile.agency_id == Agency.id)
        .group_by(Agency.id)
        .order_by(func.lower(Agency.name))
    )
    return [(agency, count) for agency, count in db.session.execute(query)]


def cohort_titles() -> list[tuple[uuid.UUID, str]]:
    """Every cohort that a role can be bound to, newest first: (id, title)."""
    query = select(_cohort.c.id, _cohort.c.title).order_by(_cohort.c.ends_on.desc(), _cohort.c.title)
    return [(cohort_id, title) for cohort_id, title in db.session.execute(query)]


def _matching(term: str) -> ColumnElement[bool]:
    columns = (PersonProfile.chosen_name, PersonProfile.certificate_name, PersonProfile.email)
    return or_(*(held.icontains(text, autoescape=True) for held in columns for text in spellings(term)))


def _roles(person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[Role, ...]]:
    query = select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.person_id.in_(person_ids), _is_open())
    held: dict[uuid.UUID, set[Role]] = {}
    for person_id, role in db.session.execute(query):
        held.setdefault(person_id, set()).add(role)
    return {person_id: tuple(role for role in Role if role in roles) for person_id, roles in held.items()}


def _grants(person_id: uuid.UUID) -> tuple[Grant, ...]:
    query = (
        select(RoleGrant, _cohort.c.title)
        .outerjoin(_cohort, _cohort.c.id == RoleGrant.cohort_id)
        .where(RoleGrant.person_id == person_id, _is_open())
        .order_by(RoleGrant.role, RoleGrant.id)
    )
    rows = db.session.execute(query).all()
    return tuple(Grant(grant.id, grant.role, title, grant.expires_at) for grant, title in rows)


def _is_open() -> ColumnElement[bool]:
    return RoleGrant.ended_at.is_(None) & or_(RoleGrant.expires_at.is_(None), RoleGrant.expires_at > clock.now())
