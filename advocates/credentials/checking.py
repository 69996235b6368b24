"""Check a certificate file against what was issued: its bytes, its state and its proof."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from advocates.credentials.models import Credential, CredentialState
from advocates.credentials.rules import sha256_of
from advocates.database import db
from advocates.files import storing


@dataclass(frozen=True)
class FileCheck:
    """What was found, in sentences; `problems` is empty when the file is a certificate in force."""

    serial: str | None
    problems: tuple[str, ...]


def check_file(pdf: bytes) -> FileCheck:
    """Compare the file byte for byte with the store, and its credential with its state and proof."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    credential = db.session.scalars(select(Credential).where(Credential.pdf_sha256 == sha256)).one_or_none()
    if credential is None:
        return FileCheck(None, ("these are not the bytes of any certificate issued here",))
    return FileCheck(credential.serial, tuple(_problems(credential)))


def _problems(credential: Credential) -> list[str]:
    problems = _damage(credential)
    if credential.state is not CredentialState.IN_FORCE:
        problems.append(f"this certificate is {credential.state.value}")
    return problems


def _damage(credential: Credential) -> list[str]:
    problems = []
    stored = storing.get(credential.pdf_file_id) if credential.pdf_file_id else None
    if stored is None or hashlib.sha256(stored).hexdigest() != credential.pdf_sha256:
        problems.append("the stored bytes do not match their hash")
    if sha256_of(credential.proof) != credential.proof_sha256:
        problems.append("the eligibility proof does not match its hash")
    return problems
