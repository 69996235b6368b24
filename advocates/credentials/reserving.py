"""Reserve an award: its serial, its code, exactly what will be printed, and the proof that it was earned."""

import secrets
import uuid
from datetime import date

from flask import current_app
from sqlalchemy import select, text

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.credentials.codes import new_code
from advocates.credentials.content import Letterhead, find_letterhead, freeze
from advocates.credentials.eligibility import assess_many, last_days
from advocates.credentials.models import Credential, CredentialPerson, CredentialState, SerialCounter
from advocates.credentials.names import missing_glyphs
from advocates.credentials.rules import Eligibility, proof_of, sha256_of
from advocates.database import db, new_id
from advocates.people.models import PersonProfile


class NotReady(Exception):
    """The enrollment does not meet its requirements (any more); `keys` name them."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


def reserve(actor_id: uuid.UUID, enrollment_id: uuid.UUID) -> Credential:
    """A reserved credential, flushed. Assesses again under the enrollment's lock; raises NotReady.

    A person never issues for their own enrollment.
    """
    enrollment = db.session.scalars(select(Enrollment).where(Enrollment.id == enrollment_id).with_for_update()).one()
    letterhead, verdict = find_letterhead(), assess_many([enrollment_id])[enrollment_id]
    if not verdict.is_ready or verdict.completed_on is None:
        raise NotReady(tuple(requirement.key for requirement in verdict.shortfalls))
    if enrollment.person_id == actor_id:
        raise NotReady(("own_enrollment",))
    if letterhead is None:
        raise NotReady(("letterhead",))
    if find_in_force(enrollment_id) is not None:
        raise NotReady(("already_issued",))
    profile = db.session.get_one(PersonProfile, enrollment.person_id)
    if missing_glyphs(profile.certificate_name or ""):
        raise NotReady(("unprintable_name",))
    credential = _snapshot(actor_id, verdict, letterhead, verdict.completed_on)
    db.session.add(credential)
    db.session.flush()
    db.session.add(
        CredentialPerson(
            credential_id=credential.id, printed_name=profile.certificate_name or "", salt=secrets.token_hex(16)
        )
    )
    record(
        actor_id,
        "reserve_credential",
        credential=credential.id,
        enrollment=enrollment_id,
        serial=credential.serial,
        proof_sha256=credential.proof_sha256,
    )
    return credential


def find_in_force(enrollment_id: uuid.UUID) -> Credential | None:
    """The enrollment's credential that has not ended, reserved ones included."""
    in_force = select(Credential).where(Credential.enrollment_id == enrollment_id, Credential.ended_at.is_(None))
    return db.session.scalars(in_force).one_or_none()


def _snapshot(actor_id: uuid.UUID, verdict: Eligibility, letterhead: Letterhead, completed_on: date) -> Credential:
    issued_on, proof = clock.today(current_app.config["SETTINGS"].time_zone), proof_of(verdict)
    days = last_days(verdict)
    return Credential(
        id=new_id(),
        enrollment_id=verdict.enrollment_id,
        content=freeze(verdict, letterhead, last_days=days, completed_on=completed_on, issued_on=issued_on),
        serial=_next_serial(letterhead.issuer.serial_prefix, issued_on.year),
        code=new_code(),
        state=CredentialState.RESERVED,
        proof=proof,
        proof_sha256=sha256_of(proof),
        completed_on=completed_on,
        issued_on=issued_on,
        issued_by=actor_id,
        reserved_at=clock.now(),
    )


def _next_serial(prefix: str, year: int) -> str:
    """Gapless by prefix and year: a counter row in the issuing transaction. ADV-2026-0007."""
    key = {"prefix": prefix, "year": year}
    start = "INSERT INTO serial_counter (prefix, year, last) VALUES (:prefix, :year, 0) ON CONFLICT DO NOTHING"
    db.session.execute(text(start), key)
    counter = db.session.scalars(select(SerialCounter).filter_by(**key).with_for_update()).one()
    counter.last += 1
    db.session.flush()
    return f"{prefix}-{year}-{counter.last:04d}"
