"""Versioned survey forms, rounds of asking, whom they ask, and answers that belong to nobody."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.database import Keyed, Model, text_enum
from advocates.evaluations.rules import SurveyKind

_OF_A_SESSION = text("session_id IS NOT NULL")
_OF_THE_COHORT = text("session_id IS NULL")


class SurveyForm(Keyed, Model):
    """What a kind of survey asks. Never changed: another wording is the next number. `questions` is canonical JSON."""

    __table_args__ = (UniqueConstraint("kind", "number"),)
    kind: Mapped[SurveyKind] = mapped_column(text_enum(SurveyKind))
    number: Mapped[int]
    questions: Mapped[str] = mapped_column(Text)
    written_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


class SurveyPlan(Model):
    """Which surveys of a cohort open by themselves; all of them where no row says otherwise."""

    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    after_sessions: Mapped[bool]
    at_the_end: Mapped[bool]
    after_six_months: Mapped[bool]


class SurveyRound(Keyed, Model):
    """One asking: a form, a cohort, and for a session survey its session. `opened_by` is None where it opened itself.

    `invited` and `answered` are counted here, for nothing else tells who answered. Once closed it stays closed.
    """

    __table_args__ = (
        Index(
            "uq_survey_round_session",
            "session_id",
            unique=True,
            sqlite_where=_OF_A_SESSION,
            postgresql_where=_OF_A_SESSION,
        ),
        Index(
            "uq_survey_round_cohort",
            "cohort_id",
            "kind",
            unique=True,
            sqlite_where=_OF_THE_COHORT,
            postgresql_where=_OF_THE_COHORT,
        ),
        CheckConstraint("(kind = 'session') = (session_id IS NOT NULL)", name="session_of_its_kind"),
        CheckConstraint("answered >= 0 AND answered <= invited", name="answered_by_the_invited"),
    )
    form_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("survey_form.id"))
    kind: Mapped[SurveyKind] = mapped_column(text_enum(SurveyKind))
    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("training_session.id"))
    opened_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    invited: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)


class SurveyInvitation(Keyed, Model):
    """Somebody who is asked: the person, or in a supervisors' round whom that graduate agreed to, at `address`.

    `is_done` says that they answered or declined, not which and not when; nothing here leads to an answer. When the
    round closes, the token, the address and the count of mails go, and everybody is done.
    """

    __table_args__ = (UniqueConstraint("round_id", "person_id"),)
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("survey_round.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str | None] = mapped_column(String(320))
    token_sha256: Mapped[str | None] = mapped_column(String(64), unique=True)
    is_done: Mapped[bool] = mapped_column(default=False)
    mails: Mapped[int] = mapped_column(default=0)
    mailed_at: Mapped[datetime | None]


class SurveyAnswer(Model):
    """One answer to one question of a round. It names no person, no time and no other answer of the same person.

    The key is random, and `answering` writes all rows of a round anew with each form: neither keys nor places in the
    table tell an order (docs/decisions/0016-anonymous-answers.md). SQLite keeps no hidden row numbers for it.
    """

    __table_args__ = {"sqlite_with_rowid": False}
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("survey_round.id"), index=True)
    question: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(Text)
