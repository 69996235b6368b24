"""Make and revoke a private link to a calendar feed.

The link's token is made from its id and the secret key, so that its owner can read it again at any time; only its
hash is stored.
"""

import base64
import hashlib
import hmac
import uuid

from flask import current_app
from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.calendars.models import CalendarLink
from advocates.calendars.queries import LinkRow
from advocates.database import db, new_id


def token_of(link_id: uuid.UUID) -> str:
    """192 bits, as the address spells them."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return base64.urlsafe_b64encode(hmac.digest(key, b"calendar" + link_id.bytes, "sha256")[:24]).decode()


def sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def readable_token(link: LinkRow) -> str | None:
    """The link's token, or None where it was made under another secret key: it still works, but cannot be read."""
    token = token_of(link.id)
    return token if sha256(token) == link.token_sha256 else None


def create_link(actor_id: uuid.UUID, cohort_id: uuid.UUID | None) -> None:
    """A link to the actor's own sessions, or to a cohort's; nothing where they have it already."""
    open_one = select(CalendarLink.id).where(
        CalendarLink.person_id == actor_id,
        CalendarLink.cohort_id == cohort_id if cohort_id else CalendarLink.cohort_id.is_(None),
        CalendarLink.revoked_at.is_(None),
    )
    if db.session.scalars(open_one).one_or_none() is not None:
        return
    link_id = new_id()
    db.session.add(
        CalendarLink(
            id=link_id,
            token_sha256=sha256(token_of(link_id)),
            person_id=actor_id,
            cohort_id=cohort_id,
            created_at=clock.now(),
        )
    )
    db.session.flush()
    record(actor_id, "create_calendar_link", calendar_link_id=link_id, cohort_id=cohort_id)


def revoke_link(actor_id: uuid.UUID, link: CalendarLink) -> None:
    """Whoever has the address reads nothing from now on."""
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        db.session.flush()
        record(actor_id, "revoke_calendar_link", calendar_link_id=link.id)
