"""Add texts of agreements. A text is never changed: a new wording is a new version."""

import uuid
from importlib import resources

from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.assessments.models import AgreementText
from advocates.assessments.queries import current_texts
from advocates.assessments.rules import text_sha256, tidy
from advocates.audit.recording import record
from advocates.curriculum.rules import Agreement
from advocates.database import db, new_id


class TextRefused(Exception):
    """No text was added."""


class SameText(TextRefused):
    """The newest version reads the same."""


class VersionTaken(TextRefused):
    """Somebody else added a version at the same moment."""


def add_agreement_text(actor_id: uuid.UUID, key: Agreement, title: str, body: str) -> AgreementText:
    """The next version of a text, in force from now on. Raises TextRefused."""
    current = current_texts().get(key)
    text = _text(key, current.version + 1 if current else 1, title, body)
    if current and current.sha256 == text.sha256:
        raise SameText
    db.session.add(text)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise VersionTaken from error
    record(actor_id, "add_agreement_text", agreement_text_id=text.id, key=key, version=text.version)
    return text


def ensure_shipped_texts(actor_id: uuid.UUID | None) -> list[AgreementText]:
    """Version 1 of the program's standard text for each agreement that has no text yet; returns those added."""
    current = current_texts()
    added = [_text(key, 1, *shipped_text(key)) for key in Agreement if key not in current]
    if added:
        db.session.add_all(added)
        record(actor_id, "install_agreement_texts", agreement_text_ids=[text.id for text in added])
    return added


def shipped_text(key: Agreement) -> tuple[str, str]:
    """Title and body of a standard text: a file whose first line is the title."""
    file = resources.files("advocates.assessments").joinpath("texts", f"{key}.md")
    title, body = file.read_text(encoding="utf-8").split("\n", 1)
    return title.removeprefix("# "), body


def _text(key: Agreement, version: int, title: str, body: str) -> AgreementText:
    title, body = tidy(title), tidy(body)
    return AgreementText(
        id=new_id(),
        key=key,
        version=version,
        title=title,
        body=body,
        sha256=text_sha256(title, body),
        published_at=clock.now(),
    )
