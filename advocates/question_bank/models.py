"""The questions of a curriculum version, each in versions that never change, and the images that they show."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocates.audit.models import AppendOnly
from advocates.database import Keyed, Model, text_enum
from advocates.question_bank.rules import Difficulty, Kind


class BankQuestion(Keyed, Model):
    """A question's lasting identity. A retired one is drawn no more; where it was used, it stays."""

    __table_args__ = (
        ForeignKeyConstraint(["version_id", "module_id"], ["version_module.version_id", "version_module.module_id"]),
        UniqueConstraint("version_id", "key"),
    )
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum_version.id"))
    key: Mapped[str] = mapped_column(String(60))
    module_id: Mapped[uuid.UUID]
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    retired_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]


class QuestionVersion(Keyed, AppendOnly, Model):
    """APPEND-ONLY. What a question says; the highest number is current. A used version never changes under an attempt.

    `content` is the text that `rules.content_of` makes of the question; kind and difficulty repeat what it says.
    """

    __table_args__ = (UniqueConstraint("question_id", "number"),)
    question_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bank_question.id"))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[Kind] = mapped_column(text_enum(Kind))
    difficulty: Mapped[Difficulty] = mapped_column(text_enum(Difficulty))
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


class QuestionImage(Model):
    """An image that questions of a curriculum version show, by the digest that they name it by."""

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum_version.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"), index=True)
