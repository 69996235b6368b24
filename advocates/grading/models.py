"""Second looks that were asked for, and corrections of questions with what they changed."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocates.database import Keyed, Model, text_enum
from advocates.sittings.rules.grading import RegradeWay


class GradeDispute(Keyed, Model):
    """Somebody asked for a second look at the grade of one answer: once, and somebody else gives it."""

    __table_args__ = (UniqueConstraint("sitting_question_id"),)
    sitting_question_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sitting_question.id"))
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class Regrade(Keyed, Model):
    """A question was wrong: its answers were scored anew, by this version of it or with all points for everybody."""

    question_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bank_question.id"), index=True)
    question_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("question_version.id"))
    way: Mapped[RegradeWay] = mapped_column(text_enum(RegradeWay))
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class RegradeEffect(Keyed, Model):
    """What a correction changed in one sitting: the points of the question, as fractions in text.

    A lower result is kept here and not applied.
    """

    __table_args__ = (UniqueConstraint("regrade_id", "sitting_id"),)
    regrade_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("regrade.id"))
    sitting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    points_before: Mapped[str] = mapped_column(String(40))
    points_after: Mapped[str] = mapped_column(String(40))
    is_applied: Mapped[bool]
