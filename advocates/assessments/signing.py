"""Sign an agreement on screen, or record signatures given on paper."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flask import current_app

from advocates import clock
from advocates.access import Actor
from advocates.assessments.agreement_queries import asked_since, text_versions
from advocates.assessments.models import AgreementSignature, AgreementText
from advocates.assessments.queries import (
    lock_enrolled,
    lock_own_enrolled,
    rules_of,
    signed_agreements,
)
from advocates.assessments.rules import is_name_of, standing_signature
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort, Enrollment
from advocates.database import db, new_id
from advocates.people.models import PersonProfile

ON_SCREEN = "screen"
ON_PAPER = "paper"


class SigningRefused(Exception):
    """Nothing was signed."""


class NewerText(SigningRefused):
    """The text has a newer version: that one is to be read and signed."""


class AskedAgain(SigningRefused):
    """A newer version asks everyone to sign again: a signature under this one shows nothing any more."""


class NothingToSign(SigningRefused):
    """No enrollment of these asks for this agreement, or all have it."""


class NotEnrolled(SigningRefused):
    """Somebody is not in training in this cohort."""


class WrongName(SigningRefused):
    """The typed name is none of the person's own. Holds those, as they stand in the profile."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("not the signer's name")
        self.names = names


class NotYetInForce(SigningRefused):
    """The papers are dated before the text was in force. Holds the first day."""

    def __init__(self, since: date) -> None:
        super().__init__(f"not in force before {since}")
        self.since = since


class OwnPaper(SigningRefused):
    """Nobody types in or witnesses their own signature."""


class NoWitness(SigningRefused):
    """The witness is somebody else than the one who types."""


def sign_agreement(actor: Actor, text: AgreementText, typed_name: str) -> None:
    """The actor signs the newest version, in the language they read it in, for each of their enrollments that asks
    for it. Raises SigningRefused."""
    enrollments = lock_own_enrolled(actor.person_id)
    if text_versions()[text.key][0].binding.version != text.version:
        raise NewerText
    signatures = _signatures(actor, text, enrollments, ON_SCREEN, clock.today(current_app.config["SETTINGS"].time_zone))
    if not signatures:
        raise NothingToSign
    profile = db.session.get_one(PersonProfile, actor.person_id)
    names = [name for name in (profile.chosen_name, profile.certificate_name) if name]
    if not is_name_of(typed_name, names):
        raise WrongName(names)
    for signature in signatures:
        signature.typed_name = typed_name
    db.session.add_all(signatures)
    changes = {"typed_name": (None, typed_name)}
    ids = [signature.id for signature in signatures]
    record(actor.person_id, "sign_agreement", changes=changes, agreement_text_id=text.id, signature_ids=ids)


def record_paper_agreements(
    actor: Actor,
    cohort: Cohort,
    text: AgreementText,
    enrollment_ids: Collection[uuid.UUID],
    witness_id: uuid.UUID,
    signed_on: date,
) -> None:
    """Signatures on paper under this text, typed in by the actor; who has signed before keeps that signature.

    Raises SigningRefused.
    """
    enrolled = lock_enrolled(cohort.id, enrollment_ids)
    if len(enrolled) < len(set(enrollment_ids)):
        raise NotEnrolled
    if witness_id == actor.person_id:
        raise NoWitness
    if {actor.person_id, witness_id} & {enrollment.person_id for enrollment in enrolled.values()}:
        raise OwnPaper
    since = text.published_at.astimezone(ZoneInfo(cohort.time_zone)).date()
    if signed_on < since:
        raise NotYetInForce(since)
    if text.version < asked_since(text_versions()[text.key]):
        raise AskedAgain
    signatures = _signatures(actor, text, enrolled.values(), ON_PAPER, signed_on)
    if not signatures:
        raise NothingToSign
    for signature in signatures:
        signature.witnessed_by = witness_id
    db.session.add_all(signatures)
    ids = [signature.id for signature in signatures]
    record(
        actor.person_id,
        "record_paper_agreements",
        cohort_id=cohort.id,
        agreement_text_id=text.id,
        signature_ids=ids,
        witness_id=witness_id,
    )


def _signatures(
    actor: Actor, text: AgreementText, enrollments: Collection[Enrollment], way: str, signed_on: date
) -> list[AgreementSignature]:
    """A new signature for each enrollment whose version asks for the agreement and for which none stands."""
    rules = rules_of({enrollment.curriculum_version_id for enrollment in enrollments})
    signed = signed_agreements([enrollment.id for enrollment in enrollments])
    return [
        AgreementSignature(
            id=new_id(),
            enrollment_id=enrollment.id,
            agreement_text_id=text.id,
            text_sha256=text.sha256,
            way=way,
            signed_on=signed_on,
            recorded_by=actor.person_id,
            recorded_at=clock.now(),
        )
        for enrollment in enrollments
        if text.key in rules[enrollment.curriculum_version_id].agreements
        and standing_signature(signed[enrollment.id], text.key) is None
    ]
