"""Add texts of agreements and their translations. A text is never changed: a new wording is a new version."""

import uuid
from importlib import resources

from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.assessments.agreement_queries import VersionTexts, current_texts, text_versions
from advocates.assessments.models import AgreementText
from advocates.assessments.rules import BINDING, text_sha256, tidy
from advocates.audit.recording import record
from advocates.curriculum.rules import Agreement
from advocates.database import db, new_id
from advocates.people.rules import LANGUAGES


class TextRefused(Exception):
    """No text was added."""


class SameText(TextRefused):
    """The newest version reads the same."""


class VersionTaken(TextRefused):
    """Somebody else added a version, or this translation, at the same moment."""


class NothingToReview(TextRefused):
    """It is the binding text, or somebody has reviewed it before."""


def add_agreement_text(
    actor_id: uuid.UUID, key: Agreement, title: str, body: str, *, asks_again: bool = False
) -> AgreementText:
    """The next version of a text in the binding language, in force from now on. Raises TextRefused.

    `asks_again`: everyone in training signs it, whatever they signed before. A first version asks everyone anyway.
    """
    current = current_texts().get(key)
    text = _text(key, current.version + 1 if current else 1, BINDING, title, body)
    if current and current.sha256 == text.sha256:
        raise SameText
    text.asks_again = asks_again and current is not None
    _add(text)
    record(
        actor_id,
        "add_agreement_text",
        agreement_text_id=text.id,
        key=key,
        version=text.version,
        asks_again=text.asks_again,
    )
    return text


def add_translation(actor_id: uuid.UUID, binding: AgreementText, language: str, title: str, body: str) -> AgreementText:
    """This version in another language, not yet reviewed; it asks nobody to sign again. Raises TextRefused."""
    text = _text(Agreement(binding.key), binding.version, language, title, body)
    _add(text)
    record(
        actor_id, "add_translation", agreement_text_id=text.id, key=text.key, version=text.version, language=language
    )
    return text


def review_translation(actor_id: uuid.UUID, text: AgreementText) -> None:
    """The actor, who reads both languages, has held the translation against the binding text. Raises TextRefused."""
    db.session.refresh(text, with_for_update=True)
    if text.is_binding or text.reviewed_at:
        raise NothingToReview
    text.reviewed_by, text.reviewed_at = actor_id, clock.now()
    record(actor_id, "review_translation", agreement_text_id=text.id)


def ensure_shipped_texts(actor_id: uuid.UUID | None) -> list[AgreementText]:
    """Version 1 of the program's standard text for each agreement that has no text yet, and the shipped translations
    of each standard text that lacks them, not reviewed; returns those added."""
    versions = text_versions()
    added = [text for key in Agreement for text in _missing(key, versions.get(key, []))]
    if added:
        db.session.add_all(added)
        record(actor_id, "install_agreement_texts", agreement_text_ids=[text.id for text in added])
    return added


def shipped_text(key: Agreement, language: str = BINDING) -> tuple[str, str]:
    """Title and body of a standard text: a file whose first line is the title."""
    name = f"{key}.md" if language == BINDING else f"{key}.{language}.md"
    file = resources.files("advocates.assessments").joinpath("texts", name)
    title, body = file.read_text(encoding="utf-8").split("\n", 1)
    return title.removeprefix("# "), body


def _missing(key: Agreement, versions: list[VersionTexts]) -> list[AgreementText]:
    """What the program ships of this agreement and is not there: translations go with the standard text alone."""
    if not versions:
        return [_text(key, 1, language, *shipped_text(key, language)) for language in LANGUAGES]
    title, body = shipped_text(key)
    shipped = text_sha256(tidy(title), tidy(body))
    standard = next((each for each in versions if each.binding.sha256 == shipped), None)
    if standard is None:
        return []
    return [
        _text(key, standard.binding.version, language, *shipped_text(key, language))
        for language in LANGUAGES
        if language not in standard.by_language
    ]


def _add(text: AgreementText) -> None:
    db.session.add(text)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise VersionTaken from error


def _text(key: Agreement, version: int, language: str, title: str, body: str) -> AgreementText:
    title, body = tidy(title), tidy(body)
    return AgreementText(
        id=new_id(),
        key=key,
        version=version,
        language=language,
        title=title,
        body=body,
        sha256=text_sha256(title, body),
        asks_again=False,
        published_at=clock.now(),
    )
