"""What applicants consent to. A text is never changed: a new wording is a new version."""

import hashlib
import uuid
from importlib import resources

from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.admissions.models import ConsentText
from advocates.admissions.queries import current_consent
from advocates.admissions.rules import tidy
from advocates.audit.recording import record
from advocates.database import db, new_id


class SameText(Exception):
    """The version in force reads the same."""


class VersionTaken(Exception):
    """Somebody else added a version at the same moment, or since the page was opened."""


def add_consent_text(actor_id: uuid.UUID, body: str, seen_version: int) -> ConsentText:
    """The next version, in force from now on. Raises SameText, VersionTaken."""
    current = current_consent()
    if (current.version if current else 0) != seen_version:
        raise VersionTaken
    text = _text(seen_version + 1, body, actor_id)
    if current and current.sha256 == text.sha256:
        raise SameText
    return _add(actor_id, text)


def ensure_shipped_consent(actor_id: uuid.UUID) -> ConsentText:
    """The version in force; where there is none, the program's standard text becomes version 1."""
    if current := current_consent():
        return current
    try:
        with db.session.begin_nested():
            return _add(actor_id, _text(1, shipped_text(), actor_id))
    except VersionTaken:  # for another cohort at the same moment
        if (current := current_consent()) is None:
            raise
        return current


def shipped_text() -> str:
    return resources.files("advocates.admissions").joinpath("texts", "consent.md").read_text(encoding="utf-8")


def _add(actor_id: uuid.UUID, text: ConsentText) -> ConsentText:
    db.session.add(text)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise VersionTaken from error
    record(actor_id, "add_consent_text", consent_text_id=text.id, version=text.version)
    return text


def _text(version: int, body: str, actor_id: uuid.UUID) -> ConsentText:
    body = tidy(body)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return ConsentText(
        id=new_id(), version=version, body=body, sha256=digest, published_by=actor_id, published_at=clock.now()
    )
