"""Assessment attempts, skill sign-offs, agreement texts and signatures."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.assessments.rules import BINDING, AssessmentKind
from advocates.database import Keyed, Model, text_enum

_NOT_VOIDED = text("voided_at IS NULL")


class AssessmentAttempt(Keyed, Model):
    """One sitting of a test: a score out of the questions asked. Voided with a reason, never deleted."""

    __table_args__ = (
        CheckConstraint("questions > 0 AND score >= 0 AND score <= questions", name="score_within_questions"),
        Index(
            "uq_assessment_attempt_number",
            "enrollment_id",
            "kind",
            "number",
            unique=True,
            sqlite_where=_NOT_VOIDED,
            postgresql_where=_NOT_VOIDED,
        ),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), index=True)
    kind: Mapped[AssessmentKind] = mapped_column(text_enum(AssessmentKind))
    number: Mapped[int]
    score: Mapped[int]
    questions: Mapped[int]
    taken_on: Mapped[date]
    beyond_limit_reason_code: Mapped[str | None] = mapped_column(String(40))
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    void_reason_code: Mapped[str | None] = mapped_column(String(40))


class SkillSignOff(Keyed, Model):
    """A trainer saw this named skill done. `skill` is its name in the enrollment's curriculum version.

    `rubric_number` is the edition of the skill's rubric that it was held against; none before there were rubrics.
    """

    __table_args__ = (
        Index(
            "uq_skill_sign_off_in_force",
            "enrollment_id",
            "skill",
            unique=True,
            sqlite_where=_NOT_VOIDED,
            postgresql_where=_NOT_VOIDED,
        ),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"))
    skill: Mapped[str] = mapped_column(String(500))
    rubric_number: Mapped[int | None]
    signed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime]
    observed_on: Mapped[date]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    void_reason_code: Mapped[str | None] = mapped_column(String(40))


class AgreementText(Keyed, Model):
    """A versioned text that a person signs, in one language. Never changed: a new wording is a new version.

    English is the binding one; it says whether its version asks everyone in training to sign again. Of a translation
    it is known whether somebody who reads both languages has reviewed it.
    """

    __table_args__ = (
        UniqueConstraint("key", "version", "language"),
        CheckConstraint("language = 'en' OR NOT asks_again", name="only_the_binding_text_asks_again"),
    )
    key: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(10), default="en", server_default="en")
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    asks_again: Mapped[bool] = mapped_column(default=False, server_default=false())
    published_at: Mapped[datetime]
    reviewed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None]

    @property
    def is_binding(self) -> bool:
        return self.language == BINDING


class AgreementSignature(Keyed, Model):
    """One person's signature against the exact text, on screen or typed in from paper with a witness."""

    __table_args__ = (
        UniqueConstraint("enrollment_id", "agreement_text_id"),
        CheckConstraint("way <> 'paper' OR witnessed_by IS NOT NULL", name="paper_has_a_witness"),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"))
    agreement_text_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement_text.id"))
    text_sha256: Mapped[str] = mapped_column(String(64))
    typed_name: Mapped[str | None] = mapped_column(String(200))
    way: Mapped[str] = mapped_column(String(10))
    signed_on: Mapped[date]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    witnessed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
