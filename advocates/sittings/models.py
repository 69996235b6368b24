"""Tests as they are held: definitions, openings for a cohort, sittings with their draw, answers, and accommodations."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.assessments.rules import AssessmentKind
from advocates.audit.models import AppendOnly
from advocates.database import Keyed, Model, text_enum
from advocates.sittings.rules.grading import GradeRole
from advocates.sittings.rules.settings import Settings, settings_from_json
from advocates.sittings.rules.timing import Extra, FinishWay, Window

_UNFINISHED = text("finished_at IS NULL")
_NOT_ENDED = text("ended_at IS NULL")


class Assessment(Keyed, Model):
    """A test of a curriculum version as somebody defined it. Never changed: an edit makes the next number."""

    __table_args__ = (UniqueConstraint("version_id", "kind", "number"),)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum_version.id"))
    kind: Mapped[AssessmentKind] = mapped_column(text_enum(AssessmentKind))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    settings: Mapped[str] = mapped_column(Text)
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    @property
    def held(self) -> Settings:
        """How it is held."""
        return settings_from_json(self.settings)


class AssessmentOpening(Keyed, Model):
    """A test that one cohort may take from a moment on, until another where one is set."""

    __table_args__ = (CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name="closes_after_it_opens"),)
    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id"), index=True)
    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    opened_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    closed_early_at: Mapped[datetime | None]
    closed_early_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at, self.closed_early_at)


class Sitting(Keyed, Model):
    """One person takes a test. Its draw is fixed when it starts; `attempt_id` is the score that it became.

    `due_at` holds extra time already: whether there was any is not kept here.
    """

    __table_args__ = (
        UniqueConstraint("enrollment_id", "kind", "number"),
        Index(
            "uq_sitting_unfinished",
            "enrollment_id",
            "kind",
            unique=True,
            sqlite_where=_UNFINISHED,
            postgresql_where=_UNFINISHED,
        ),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"))
    opening_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment_opening.id"), index=True)
    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id"), index=True)
    kind: Mapped[AssessmentKind] = mapped_column(text_enum(AssessmentKind))
    number: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    finish_way: Mapped[FinishWay | None] = mapped_column(text_enum(FinishWay))
    attempt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("assessment_attempt.id"), unique=True)


class SittingQuestion(Keyed, Model):
    """A question as one sitting asks it: its version and how its parts stand on the screen. Positions begin at 1."""

    __table_args__ = (UniqueConstraint("sitting_id", "position"),)
    sitting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sitting.id"))
    position: Mapped[int]
    question_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("question_version.id"), index=True)
    arrangement: Mapped[str] = mapped_column(Text)


class SittingAnswer(Keyed, AppendOnly, Model):
    """APPEND-ONLY. One save of one answer; the highest version is current.

    `answer` is the stored form that is scored, "null" for none. `client_key` is the page's, so that a save sent twice
    is stored once. `device_at` is what the device's clock said; nothing is decided by it.
    """

    __table_args__ = (
        UniqueConstraint("sitting_question_id", "version"),
        UniqueConstraint("sitting_id", "client_key"),
    )
    sitting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sitting.id"))
    sitting_question_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sitting_question.id"))
    version: Mapped[int]
    answer: Mapped[str] = mapped_column(Text)
    is_marked: Mapped[bool]
    answered_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    client_key: Mapped[uuid.UUID]


class SittingGrade(Keyed, AppendOnly, Model):
    """APPEND-ONLY. What an answer was given: by a person, line by line, or by the correction of its question.

    `points` is a fraction as text; of a person's grade `criteria` holds the whole points of each line of the rubric.
    The best of a person's grades counts, and what a correction gave at the least.
    """

    __table_args__ = (UniqueConstraint("sitting_question_id", "version"),)
    sitting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    sitting_question_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sitting_question.id"))
    version: Mapped[int]
    role: Mapped[GradeRole] = mapped_column(text_enum(GradeRole))
    points: Mapped[str] = mapped_column(String(40))
    criteria: Mapped[str] = mapped_column(Text)
    graded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    graded_at: Mapped[datetime]


class Accommodation(Keyed, Model):
    """What one person was granted for tests. One in force per enrollment; the reason is written nowhere."""

    __table_args__ = (
        Index(
            "uq_accommodation_in_force",
            "enrollment_id",
            unique=True,
            sqlite_where=_NOT_ENDED,
            postgresql_where=_NOT_ENDED,
        ),
        CheckConstraint("extra_time_percent >= 0 AND extra_attempts >= 0", name="never_less"),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"))
    extra_time_percent: Mapped[int]
    extra_attempts: Mapped[int]
    is_quiet_room: Mapped[bool]
    granted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
    ended_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    @property
    def extra(self) -> Extra:
        return Extra(self.extra_time_percent, self.extra_attempts, self.is_quiet_room)
