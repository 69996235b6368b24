"""The award and everything that makes it: issuer, signatories, serials, waivers, credentials, issuing."""

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.database import Keyed, Model, text_enum


class Issuer(Keyed, Model):
    """Who issues: one row. Sample issuers print SAMPLE and check as samples."""

    name: Mapped[str] = mapped_column(String(200))
    program_title: Mapped[str] = mapped_column(String(200))
    serial_prefix: Mapped[str] = mapped_column(String(10))
    is_sample: Mapped[bool] = mapped_column(default=False)


class Signatory(Keyed, Model):
    """Somebody whose name and title stand on certificates issued from now on."""

    position: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(160))


class SerialCounter(Model):
    """The last serial number given out, by prefix and year: gapless, in the issuing transaction."""

    prefix: Mapped[str] = mapped_column(String(10), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class WaiverState(enum.StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


class Waiver(Keyed, Model):
    """A gate other than minutes set aside for one enrollment, by two different people."""

    __table_args__ = (
        CheckConstraint("approved_by <> proposed_by", name="two_people"),
        CheckConstraint("state <> 'approved' OR approved_by IS NOT NULL", name="approved_by_somebody"),
        CheckConstraint(
            "requirement IN ('pre_test', 'post_test') OR substr(requirement, 1, 6) = 'skill:' "
            "OR substr(requirement, 1, 10) = 'agreement:'",
            name="minutes_never_waived",
        ),
        Index(
            "uq_waiver_standing",
            "enrollment_id",
            "requirement",
            unique=True,
            sqlite_where=text("state <> 'refused'"),
            postgresql_where=text("state <> 'refused'"),
        ),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), index=True)
    requirement: Mapped[str] = mapped_column(String(520))
    reason_code: Mapped[str] = mapped_column(String(40))
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    approved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    state: Mapped[WaiverState] = mapped_column(text_enum(WaiverState), default=WaiverState.PROPOSED)


class CredentialState(enum.StrEnum):
    RESERVED = "reserved"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    REVOKED = "revoked"


class Credential(Keyed, Model):
    """The award: an immutable snapshot. `content` is what is printed but the name; `proof` holds ids only."""

    __table_args__ = (
        Index(
            "uq_credential_in_force",
            "enrollment_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"))
    serial: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[CredentialState] = mapped_column(text_enum(CredentialState))
    content: Mapped[str] = mapped_column(Text)
    proof: Mapped[str] = mapped_column(Text)
    proof_sha256: Mapped[str] = mapped_column(String(64))
    pdf_file_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    completed_on: Mapped[date]
    issued_on: Mapped[date]
    issued_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    reserved_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason_code: Mapped[str | None] = mapped_column(String(40))
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("credential.id"))


class CredentialPerson(Model):
    """The name as printed: the one part of a credential that an approved erasure may remove."""

    credential_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("credential.id"), primary_key=True)
    printed_name: Mapped[str] = mapped_column(String(100))
    salt: Mapped[str] = mapped_column(String(32))


class IssuingBatch(Keyed, Model):
    """One press of "issue": who asked, for which cohort."""

    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    requested_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    requested_at: Mapped[datetime]


class ItemState(enum.StrEnum):
    WAITING = "waiting"
    RESERVED = "reserved"
    STORED = "stored"
    PUBLISHED = "published"
    REFUSED = "refused"
    FAILED = "failed"


class IssuingItem(Keyed, Model):
    """One person's certificate in a batch: its durable state, and the lease of the worker that has it in hand."""

    __table_args__ = (UniqueConstraint("batch_id", "enrollment_id"),)
    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("issuing_batch.id"))
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"))
    credential_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("credential.id"))
    state: Mapped[ItemState] = mapped_column(text_enum(ItemState), index=True)
    outcome: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
