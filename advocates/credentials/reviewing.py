"""Awards in force whose record was corrected since they were issued."""

import uuid
from itertools import islice

from sqlalchemy import select

from advocates.credentials.eligibility import assess_many
from advocates.credentials.models import Credential, CredentialState
from advocates.credentials.rules import Change, change_since
from advocates.database import db

AT_A_TIME = 500


def find_change(credential: Credential) -> Change | None:
    """What the record no longer supports of an award in force. Eight statements; none for an award not in force."""
    if credential.state is not CredentialState.IN_FORCE:
        return None
    return change_since(credential.proof, assess_many([credential.enrollment_id])[credential.enrollment_id])


def changed_serials() -> list[str]:
    """Every award in force with a change, by serial. Ten statements for each 500 of them."""
    ids = iter(db.session.scalars(select(Credential.id).filter_by(state=CredentialState.IN_FORCE)).all())
    found: list[str] = []
    while batch := list(islice(ids, AT_A_TIME)):
        found += _changed(batch)
    return sorted(found)


def _changed(credential_ids: list[uuid.UUID]) -> list[str]:
    awards = db.session.execute(
        select(Credential.enrollment_id, Credential.serial, Credential.proof).where(Credential.id.in_(credential_ids))
    ).all()
    verdicts = assess_many([award.enrollment_id for award in awards])
    return [award.serial for award in awards if change_since(award.proof, verdicts[award.enrollment_id])]
