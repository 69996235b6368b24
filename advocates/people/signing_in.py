"""Sign-ins: opaque, revocable, kept on the server. The cookie holds a token, the database its hash."""

import hashlib
import uuid
from datetime import timedelta

from sqlalchemy import delete, func, or_, select

from advocates import clock
from advocates.access import Actor, Role
from advocates.database import db, new_token, own_transaction
from advocates.people.models import Account, PersonProfile, RoleGrant, SignIn, SignInFailure

LASTS = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
FAILURE_WINDOW = timedelta(minutes=5)
FAILURES_PER_PERSON = 10
FAILURES_PER_ADDRESS = 100


def sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def email_key(email: str) -> str:
    """What two spellings of one address share."""
    return email.strip().casefold()


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
    sign_in = db.session.get(SignIn, sign_in_id)
    if sign_in is not None:
        sign_in.ended_at = clock.now()
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
        _note_seen(sign_in.id)
    return Actor(
        person_id=sign_in.person_id,
        name=name,
        sign_in_id=sign_in.id,
        roles=frozenset(row[3] for row in rows if row[3] is not None),
        cohorts={role: frozenset(ids) for role, ids in cohorts.items()},
        language=language,
    )


def is_throttled(subject: str, limit: int) -> bool:
    """Whether this person or address failed too often in the last minutes. Give it `throttle_subject(...)`."""
    failures = (
        select(func.count())
        .select_from(SignInFailure)
        .where(SignInFailure.subject == subject, SignInFailure.failed_at > clock.now() - FAILURE_WINDOW)
    )
    return (db.session.scalar(failures) or 0) >= limit


def note_failure(*subjects: str) -> None:
    """Count a failure, in its own transaction, and forget the old ones."""
    now = clock.now()
    with own_transaction() as session:
        session.execute(delete(SignInFailure).where(SignInFailure.failed_at < now - FAILURE_WINDOW))
        session.add_all(SignInFailure(subject=subject, failed_at=now) for subject in subjects)


def throttle_subject(kind: str, value: str, secret: str) -> str:
    """A keyed digest, so that no address or e-mail stands in the table."""
    return hashlib.sha256(f"{secret}|{kind}|{value}".encode("utf-8", "surrogatepass")).hexdigest()


def _note_seen(sign_in_id: uuid.UUID) -> None:
    with own_transaction() as session:
        sign_in = session.get(SignIn, sign_in_id)
        if sign_in is not None:
            sign_in.last_seen_at = clock.now()
