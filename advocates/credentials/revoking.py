"""Revoke an award: it stays answerable, as revoked."""

import uuid
from enum import StrEnum

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.credentials.models import Credential, CredentialState
from advocates.database import db


class RevocationReason(StrEnum):
    ISSUED_IN_ERROR = "issued_in_error"
    REQUIREMENTS_NOT_MET = "requirements_not_met"
    WRONG_PERSON = "wrong_person"
    HOLDER_ASKED = "holder_asked"


class NotInForce(Exception):
    """Only a credential in force can be revoked."""


class OwnCredential(Exception):
    """Nobody decides about their own credential."""


def revoke_credential(actor_id: uuid.UUID, credential_id: uuid.UUID, reason: RevocationReason) -> Credential:
    """End a credential in force. Raises NotInForce or OwnCredential."""
    locked = select(Credential).where(Credential.id == credential_id).with_for_update()
    credential = db.session.scalars(locked, execution_options={"populate_existing": True}).one()
    if credential.state is not CredentialState.IN_FORCE:
        raise NotInForce
    if db.session.get_one(Enrollment, credential.enrollment_id).person_id == actor_id:
        raise OwnCredential
    credential.state, credential.ended_at = CredentialState.REVOKED, clock.now()
    credential.end_reason_code = reason.value
    record(actor_id, "revoke_credential", credential=credential.id, serial=credential.serial, reason=reason.value)
    return credential
