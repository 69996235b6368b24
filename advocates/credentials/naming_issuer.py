"""Name the issuer and who signs. What was issued before keeps what was printed on it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from advocates.audit.recording import record
from advocates.credentials.models import Issuer, Signatory
from advocates.database import db, new_id

MOST_SIGNATORIES = 4


@dataclass(frozen=True)
class StatedIssuer:
    """What stands on certificates issued from now on; `signatories` are pairs of name and title, in order."""

    name: str
    program_title: str
    serial_prefix: str
    signatories: Sequence[tuple[str, str]]


def find_issuer() -> tuple[Issuer | None, Sequence[Signatory]]:
    """The issuer and the signatories in order, as far as they are named."""
    issuer = db.session.scalars(select(Issuer)).first()
    return issuer, db.session.scalars(select(Signatory).order_by(Signatory.position)).all()


def name_issuer(actor_id: uuid.UUID, stated: StatedIssuer) -> None:
    """Replace what stands. Whether the issuer is a sample is never changed here."""
    issuer, signatories = find_issuer()
    before = _stated(issuer, [(row.name, row.title) for row in signatories])
    if issuer is None:
        issuer = Issuer(id=new_id(), is_sample=False)
        db.session.add(issuer)
    issuer.name, issuer.program_title = stated.name, stated.program_title
    issuer.serial_prefix = stated.serial_prefix
    db.session.execute(delete(Signatory))
    db.session.add_all(
        Signatory(position=position, name=name, title=title)
        for position, (name, title) in enumerate(stated.signatories, start=1)
    )
    after = _stated(issuer, stated.signatories)
    changes = {field: (before[field], after[field]) for field in after if before[field] != after[field]}
    record(actor_id, "name_issuer", changes=changes, issuer=issuer.id)


def _stated(issuer: Issuer | None, signatories: Sequence[tuple[str, str]]) -> dict[str, str | None]:
    return {
        "name": issuer.name if issuer else None,
        "program_title": issuer.program_title if issuer else None,
        "serial_prefix": issuer.serial_prefix if issuer else None,
        "signatories": "\n".join(f"{name}, {title}" for name, title in signatories),
    }
