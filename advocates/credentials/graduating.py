"""A cohort on its way to graduation: who is ready, who is not, who has a certificate. Ten statements in all."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select

from advocates.cohorts.models import Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.credentials.eligibility import assess_in_full
from advocates.credentials.models import (
    Credential,
    CredentialState,
    Issuer,
    IssuingItem,
    ItemState,
    Signatory,
    WaiverState,
)
from advocates.credentials.queries import WaiverRow
from advocates.credentials.rules import Change, Eligibility, change_since, reading_key
from advocates.database import db
from advocates.hours.queries import VersionTerms
from advocates.people.models import PersonProfile

APPLICANTS = (EnrollmentStatus.APPLIED, EnrollmentStatus.WAITLISTED, EnrollmentStatus.OFFERED)


@dataclass(frozen=True)
class GraduationRow:
    """One person: the credential that has not ended, else the last that has, and what the worker has in hand."""

    enrollment_id: uuid.UUID
    person_id: uuid.UUID
    version_id: uuid.UUID
    chosen_name: str
    certificate_name: str | None
    pronunciation: str | None
    credential_id: uuid.UUID | None
    serial: str | None
    credential_state: CredentialState | None
    issued_on: date | None
    proof: str | None
    batch_id: uuid.UUID | None
    item_state: ItemState | None


class Place(StrEnum):
    """Where a person stands on the way."""

    READY = "ready"
    NOT_READY = "not_ready"
    BEING_ISSUED = "being_issued"
    STOPPED = "stopped"
    ISSUED = "issued"
    ENDED = "ended"


@dataclass(frozen=True)
class Candidate:
    """A person, the verdict on them, and the waivers that are proposed or approved."""

    row: GraduationRow
    verdict: Eligibility
    waivers: Sequence[WaiverRow]

    @property
    def place(self) -> Place:
        if self.row.credential_state is CredentialState.IN_FORCE:
            return Place.ISSUED
        if self.row.item_state is not None:
            return Place.STOPPED if self.row.item_state is ItemState.FAILED else Place.BEING_ISSUED
        if self.row.credential_state is not None:
            return Place.ENDED
        return Place.READY if self.verdict.is_ready else Place.NOT_READY

    @property
    def change(self) -> Change | None:
        """What the record no longer supports of the award in force."""
        if self.place is not Place.ISSUED or self.row.proof is None:
            return None
        return change_since(self.row.proof, self.verdict)

    @property
    def name_read(self) -> str:
        """What is read aloud: the name as it is printed, once there is one."""
        return self.row.certificate_name or self.row.chosen_name


@dataclass(frozen=True)
class LetterheadState:
    """Whether an issuer and at least one signatory are named, and whether it is a sample issuer."""

    is_complete: bool
    is_sample: bool


@dataclass(frozen=True)
class Graduation:
    """Everybody placed in a cohort but applicants, by chosen name."""

    candidates: Sequence[Candidate]
    terms: Mapping[uuid.UUID, VersionTerms]
    letterhead: LetterheadState

    def at(self, *places: str) -> list[Candidate]:
        return [candidate for candidate in self.candidates if candidate.place in places]

    @property
    def reading_order(self) -> list[Candidate]:
        """Those who graduate, by the name that is read."""
        graduates = self.at(Place.READY, Place.BEING_ISSUED, Place.STOPPED, Place.ISSUED)
        return sorted(graduates, key=lambda candidate: reading_key(candidate.name_read))


def graduation_of(cohort_id: uuid.UUID) -> Graduation:
    """Ten statements for any number of people: the rows, the letterhead and eight for eligibility."""
    rows = _rows(cohort_id)
    assessment = assess_in_full([row.enrollment_id for row in rows])
    candidates = [
        Candidate(
            row,
            assessment.verdicts[row.enrollment_id],
            [w for w in assessment.waivers[row.enrollment_id] if w.state is not WaiverState.REFUSED],
        )
        for row in rows
    ]
    return Graduation(candidates, assessment.terms, _letterhead_state())


def _rows(cohort_id: uuid.UUID) -> list[GraduationRow]:
    """The last row of each enrollment holds the newest of what it may have several of."""
    rows = db.session.execute(_placed(cohort_id))
    newest = {row[0]: GraduationRow(*row) for row in rows}
    return sorted(newest.values(), key=lambda row: reading_key(row.chosen_name))


def _placed(cohort_id: uuid.UUID) -> Select[*tuple[Any, ...]]:
    in_hand = (IssuingItem.enrollment_id == Enrollment.id) & IssuingItem.state.not_in(
        [ItemState.PUBLISHED, ItemState.REFUSED]
    )
    was_not_dropped = Credential.ended_at.is_(None) | Credential.published_at.is_not(None)
    return (
        select(
            Enrollment.id,
            Enrollment.person_id,
            Enrollment.curriculum_version_id,
            PersonProfile.chosen_name,
            PersonProfile.certificate_name,
            PersonProfile.pronunciation,
            Credential.id,
            Credential.serial,
            Credential.state,
            Credential.issued_on,
            Credential.proof,
            IssuingItem.batch_id,
            IssuingItem.state,
        )
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .outerjoin(Credential, (Credential.enrollment_id == Enrollment.id) & was_not_dropped)
        .outerjoin(IssuingItem, in_hand)
        .where(Placement.cohort_id == cohort_id, Placement.ended_at.is_(None), Enrollment.status.not_in(APPLICANTS))
        .order_by(Credential.ended_at.is_(None), Credential.id, IssuingItem.id)
    )


def _letterhead_state() -> LetterheadState:
    row = db.session.execute(select(Issuer.is_sample, select(Signatory.id).exists())).first()
    return LetterheadState(is_complete=bool(row and row[1]), is_sample=bool(row and row[0]))
