"""Put people into the program and keep what is known of them right. A person may have no e-mail, then no account."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.people.models import Account, Agency, Invitation, Person, PersonProfile
from advocates.people.rules import email_key
from advocates.seen import Seen


@dataclass(frozen=True)
class PersonDraft:
    """What was typed of a person, cleaned. Names are in NFC; the e-mail may be missing."""

    chosen_name: str
    email: str | None = None
    certificate_name: str | None = None
    pronunciation: str | None = None
    language: str = "en"
    contact_preference: str | None = None
    declines_mail: bool = False
    agency_id: uuid.UUID | None = None


def draft_from(profile: PersonProfile) -> PersonDraft:
    """What is stored, in the form in which it is typed."""
    return PersonDraft(**{field.name: getattr(profile, field.name) for field in fields(PersonDraft)})


class EmailTaken(Exception):
    """Somebody else signs in with this address. Holds it as it was typed."""

    def __init__(self, email: str) -> None:
        super().__init__("this e-mail address belongs to somebody else")
        self.email = email


class EmailNeeded(Exception):
    """A person with an account must keep an e-mail address to sign in with."""


class IsLinked(Exception):
    """A walk-in who turned out to be somebody else never signs in: there the address belongs."""


class AgencyKnown(Exception):
    """An agency of this name is there already."""


def add_person(actor_id: uuid.UUID | None, draft: PersonDraft) -> uuid.UUID:
    """Store a new person and return their id. Raises EmailTaken."""
    person_id = create_people([draft])[0]
    record(actor_id, "add_person", person_id=person_id, changes=_changes({}, asdict(draft)))
    return person_id


def create_people(drafts: Sequence[PersonDraft]) -> list[uuid.UUID]:
    """The rows of new people in a fixed number of statements; their ids in the same order. Raises EmailTaken.

    Writes no audit event: the activity that enrolls or registers them records its own.
    """
    _refuse_taken([draft.email for draft in drafts if draft.email])
    ids = [new_id() for _ in drafts]
    db.session.add_all(Person(id=person_id) for person_id in ids)
    db.session.flush()
    for person_id, draft in zip(ids, drafts, strict=True):
        db.session.add(PersonProfile(person_id=person_id, **asdict(draft)))
        if draft.email:
            db.session.add(Account(person_id=person_id, email_key=email_key(draft.email)))
    _flush_accounts(drafts[-1].email if drafts else None)
    return ids


def change_person(actor_id: uuid.UUID, person_id: uuid.UUID, typed: Mapping[str, Any], seen: Seen) -> None:
    """Make these fields of a person's draft what was typed. A new e-mail ends links on their way to the old one.

    Raises ChangedMeanwhile, EmailTaken, IsLinked, and EmailNeeded when the address of an account is taken away.
    """
    profile = db.session.get_one(PersonProfile, person_id, with_for_update=True, populate_existing=True)
    stored = {name: getattr(profile, name) for name in typed}
    seen.check(stored, typed)
    changes = _changes(stored, typed)
    for name, value in typed.items():
        setattr(profile, name, value)
    if "email" in changes:
        _change_account(person_id, profile.email)
    if changes:
        record(actor_id, "edit_person", person_id=person_id, changes=changes)


def add_agency(actor_id: uuid.UUID, name: str, community_area: str | None) -> uuid.UUID:
    """Store an organization that sends trainees. Raises AgencyKnown."""
    agency = Agency(id=new_id(), name=name, community_area=community_area)
    db.session.add(agency)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AgencyKnown from error
    record(actor_id, "add_agency", agency_id=agency.id)
    return agency.id


def end_links(person_ids: Iterable[uuid.UUID]) -> None:
    """Make every open link of these people useless."""
    ending = update(Invitation).where(Invitation.person_id.in_(person_ids), Invitation.used_at.is_(None))
    db.session.execute(ending.values(used_at=clock.now()), execution_options={"synchronize_session": False})


def _change_account(person_id: uuid.UUID, email: str | None) -> None:
    account = db.session.get(Account, person_id, with_for_update=True)
    if email is None:
        if account is not None:
            raise EmailNeeded
        return
    if account is None:
        if db.session.get_one(Person, person_id, with_for_update=True, populate_existing=True).merged_into_id:
            raise IsLinked
        account = Account(person_id=person_id)
        db.session.add(account)
    if account.email_key == email_key(email):
        return
    _refuse_taken([email])
    account.email_key = email_key(email)
    end_links([person_id])
    _flush_accounts(email)


def _refuse_taken(emails: Sequence[str]) -> None:
    by_key: dict[str, str] = {}
    for email in emails:
        if email_key(email) in by_key:
            raise EmailTaken(email)
        by_key[email_key(email)] = email
    taken = db.session.scalar(select(Account.email_key).where(Account.email_key.in_(by_key)).limit(1))
    if taken is not None:
        raise EmailTaken(by_key[taken])


def _flush_accounts(email: str | None) -> None:
    try:
        db.session.flush()
    except IntegrityError as error:  # somebody else was quicker by a moment
        raise EmailTaken(email or "") from error


def _changes(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, tuple[str | None, str | None]]:
    return {name: (_text(before.get(name)), _text(value)) for name, value in after.items() if before.get(name) != value}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
