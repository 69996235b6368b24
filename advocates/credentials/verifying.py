"""The public check: valid, replaced, revoked or unknown; what was issued; a typed name confirmed, never shown."""

import json
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from advocates.credentials.codes import clean_code
from advocates.credentials.models import Credential, CredentialPerson, CredentialState
from advocates.database import db


class Answer(StrEnum):
    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


_ANSWERS = {
    CredentialState.IN_FORCE: Answer.VALID,
    CredentialState.REPLACED: Answer.REPLACED,
    CredentialState.REVOKED: Answer.REVOKED,
}


@dataclass(frozen=True)
class Verification:
    """What a checker is told. A replaced code tells its state and date only, so `stated` is None."""

    answer: Answer
    credential_id: uuid.UUID | None = None
    ended_at: datetime | None = None
    serial: str | None = None
    stated: dict[str, Any] | None = None


UNKNOWN = Verification(Answer.UNKNOWN)


def verify_code(typed: str) -> Verification:
    """One statement for every code, well formed or not, so that all answers cost the same."""
    code = clean_code(typed) or ""
    credential = db.session.scalars(select(Credential).where(Credential.code == code)).one_or_none()
    if credential is None or credential.state not in _ANSWERS:
        return UNKNOWN
    answer = _ANSWERS[credential.state]
    if answer is Answer.REPLACED:
        return Verification(answer, ended_at=credential.ended_at)
    return Verification(answer, credential.id, credential.ended_at, credential.serial, json.loads(credential.content))


def is_printed_name(credential_id: uuid.UUID, typed: str) -> bool | None:
    """Whether the typed name is the printed one, whatever its spacing and case; None when no name is held."""
    person = db.session.get(CredentialPerson, credential_id)
    return None if person is None else _plain(person.printed_name) == _plain(typed)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
