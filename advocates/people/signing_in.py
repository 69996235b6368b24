"""Sign-ins: opaque, revocable, kept on the server. The cookie holds a token, the database its hash."""

import contextlib
import hashlib
import hmac
import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta

from flask import current_app
from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from advocates import clock
from advocates.access import Actor, Role
from advocates.database import db, new_token, own_transaction
from advocates.people.models import Account, PersonProfile, RoleGrant, SignIn, SignInFailure
from advocates.people.rules import email_key

LASTS = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
FAILURE_WINDOW = timedelta(minutes=5)
# Per person (or certificate, or kiosk) and per address: a classroom shares one address.
LIMITS = {
    "sign in": (10, 100),
    "reset": (3, 100),
    "verify": (30, 60),
    "confirm name": (10, 60),
    "apply": (5, 30),
    "check in": (10, 300),
    "kiosk": (20, 300),
    "survey": (30, 60),
}


def sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find_account(email: str) -> Account | None:
    return db.session.scalars(select(Account).filter_by(email_key=email_key(email))).one_or_none()


def start_sign_in(account: Account) -> str:
    """A new sign-in for this account; returns the token for the cookie. Flushes."""
    token, now = new_token(), clock.now()
    db.session.add(
        SignIn(
            token_sha256=sha256(token),
            person_id=account.person_id,
            epoch=account.epoch,
            signed_in_at=now,
            last_seen_at=now,
            expires_at=now + LASTS,
        )
    )
    db.session.flush()
    return token


def end_sign_in(sign_in_id: uuid.UUID) -> None:
    _end(SignIn.id == sign_in_id)


def end_all_sign_ins(account: Account) -> None:
    """Sign the person out everywhere: their rows end, and the new epoch refuses any that is being made now."""
    account.epoch += 1
    _end(SignIn.person_id == account.person_id)


def _end(which: ColumnElement[bool]) -> None:
    ending = update(SignIn).where(which, SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    db.session.execute(ending, execution_options={"synchronize_session": False})
    db.session.flush()


def find_actor(token: str) -> Actor | None:
    """The person behind a sign-in cookie with their open roles, in one statement; None when it no longer holds."""
    now = clock.now()
    rows = db.session.execute(
        select(SignIn, PersonProfile.chosen_name, PersonProfile.language, RoleGrant.role, RoleGrant.cohort_id)
        .join(Account, Account.person_id == SignIn.person_id)
        .join(PersonProfile, PersonProfile.person_id == SignIn.person_id)
        .outerjoin(
            RoleGrant,
            (RoleGrant.person_id == SignIn.person_id)
            & RoleGrant.ended_at.is_(None)
            & or_(RoleGrant.expires_at.is_(None), RoleGrant.expires_at > now),
        )
        .where(
            SignIn.token_sha256 == sha256(token),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > now,
            SignIn.epoch == Account.epoch,
            Account.disabled_at.is_(None),
        )
    ).all()
    if not rows:
        return None
    sign_in, name, language = rows[0][0], rows[0][1], rows[0][2]
    cohorts: dict[Role, set[uuid.UUID]] = {}
    for _, _, _, role, cohort_id in rows:
        if role is not None and cohort_id is not None:
            cohorts.setdefault(role, set()).add(cohort_id)
    if now - sign_in.last_seen_at > SEEN_EVERY:
        _note_seen(sign_in)
    return Actor(
        person_id=sign_in.person_id,
        name=name,
        sign_in_id=sign_in.id,
        roles=frozenset(row[3] for row in rows if row[3] is not None),
        cohorts={role: frozenset(ids) for role, ids in cohorts.items()},
        language=language,
    )


def is_throttled(limits: Mapping[str, int]) -> bool:
    """Whether this person or this address tried too often in the last minutes. Give it what `throttle` returns."""
    tries = (
        select(SignInFailure.subject, func.count())
        .where(SignInFailure.subject.in_(limits), SignInFailure.failed_at > clock.now() - FAILURE_WINDOW)
        .group_by(SignInFailure.subject)
    )
    return any(count >= limits[subject] for subject, count in db.session.execute(tries))


def note_failure(subjects: Iterable[str]) -> None:
    """Count a failure, in its own transaction: it stays whatever becomes of the request."""
    with own_transaction() as session:
        count_try(session, subjects)


def count_try(session: Session, subjects: Iterable[str]) -> None:
    """Count a try against each throttle subject, and forget the old ones."""
    now = clock.now()
    session.execute(delete(SignInFailure).where(SignInFailure.failed_at < now - FAILURE_WINDOW))
    session.add_all(SignInFailure(subject=subject, failed_at=now) for subject in subjects)


def throttle(what: str, email: str, address: str) -> dict[str, int]:
    """How often who may fail at what, by keyed digests: no address or e-mail stands in the table."""
    person_limit, address_limit = LIMITS[what]
    return {_subject(what, email_key(email)): person_limit, _subject(f"{what} from", address): address_limit}


def _subject(kind: str, value: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"{kind}|{value}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _note_seen(sign_in: SignIn) -> None:
    """In a reading request by its own transaction; a writing one holds the only lock SQLite has, so by its own."""
    if not db.session.info.get("reading"):
        sign_in.last_seen_at = clock.now()
        return
    with contextlib.suppress(OperationalError), own_transaction() as session:
        session.execute(update(SignIn).where(SignIn.id == sign_in.id).values(last_seen_at=clock.now()))
