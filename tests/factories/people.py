"""People and their accounts, committed."""

from collections.abc import Sequence
from typing import Any

from advocates import clock
from advocates.access import Role
from advocates.database import db, new_id
from advocates.people.models import Account, Person, PersonProfile, RoleGrant


def make_person(
    name: str = "Tamsin Vale",
    *,
    roles: Sequence[str] = (),
    cohort_id: Any = None,
    email: str | None = None,
    password_hash: str | None = None,
    **profile: Any,
) -> Person:
    """A person with a profile, an account and open roles (bound to `cohort_id` for trainers and auditors)."""
    person = Person(id=new_id())
    email = email or f"{name.split()[0].lower()}.{person.id.hex[-6:]}@example.org"
    db.session.add(person)
    db.session.flush()
    db.session.add(PersonProfile(person_id=person.id, chosen_name=name, email=email, **profile))
    db.session.add(Account(person_id=person.id, email_key=email.casefold(), password_hash=password_hash))
    for role in roles:
        grant_role(person, role, cohort_id if role in {"trainer", "auditor"} else None)
    db.session.commit()
    return person


def grant_role(person: Person, role: str, cohort_id: Any = None) -> None:
    """An open role grant; a trainer of a cohort also holds the general role, as in life."""
    for scope in {None, cohort_id}:
        if role == "auditor" and scope is None and cohort_id is not None:
            continue
        db.session.add(RoleGrant(person_id=person.id, role=Role(role), cohort_id=scope, granted_at=clock.now()))
    db.session.flush()
