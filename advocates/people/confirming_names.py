"""Confirm how a name is printed on the certificate: by the person, or on paper by a typist and a witness."""

import uuid
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from advocates import clock
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.people.models import NameConfirmation, PersonProfile


class NotSeparate(Exception):
    """The person of the name, the typist and the witness of a paper must be three."""


class NotYetSigned(Exception):
    """The day on the paper lies ahead."""


def confirm_certificate_name(profile: PersonProfile, name: str) -> uuid.UUID:
    """The person says themself that this clean name is the one to print. Returns the confirmation's id."""
    confirmation = NameConfirmation(
        id=new_id(),
        person_id=profile.person_id,
        name=name,
        way="self",
        confirmed_at=clock.now(),
        recorded_by=profile.person_id,
    )
    return _keep(profile, confirmation, "confirm_certificate_name")


def record_name_confirmation(
    actor_id: uuid.UUID, profile: PersonProfile, name: str, witness_id: uuid.UUID, signed_on: date, zone: ZoneInfo
) -> uuid.UUID:
    """Type in a signed paper. Returns the confirmation's id. Raises NotSeparate, NotYetSigned."""
    if len({actor_id, profile.person_id, witness_id}) < 3:
        raise NotSeparate
    now = clock.now()
    if signed_on > now.astimezone(zone).date():
        raise NotYetSigned
    confirmation = NameConfirmation(
        id=new_id(),
        person_id=profile.person_id,
        name=name,
        way="paper",
        confirmed_at=min(datetime.combine(signed_on, time(12), zone), now),
        recorded_by=actor_id,
        witnessed_by=witness_id,
    )
    return _keep(profile, confirmation, "record_name_confirmation")


def _keep(profile: PersonProfile, confirmation: NameConfirmation, action: str) -> uuid.UUID:
    before, profile.certificate_name = profile.certificate_name, confirmation.name
    db.session.add(confirmation)
    db.session.flush()
    record(
        confirmation.recorded_by,
        action,
        person_id=profile.person_id,
        confirmation_id=confirmation.id,
        witnessed_by=confirmation.witnessed_by,
        changes={"certificate_name": (before, confirmation.name)} if before != confirmation.name else None,
    )
    return confirmation.id
