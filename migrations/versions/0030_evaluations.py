"""Surveys, invitations and anonymous answers."""

import sqlalchemy as sa
from alembic import op

from advocates.database import Instant

revision = "0030_evaluations"
down_revision = "0029_agreement_texts"
branch_labels = None
depends_on = None

_KINDS = ("session", "end", "follow_up_graduate", "follow_up_supervisor")


def _kind() -> sa.Enum:
    return sa.Enum(*_KINDS, name="surveykind", native_enum=False, length=40)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "survey_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_form")),
        _to("survey_form", "written_by", "person"),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_survey_form_kind_number")),
    )
    op.create_table(
        "survey_plan",
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("after_sessions", sa.Boolean(), nullable=False),
        sa.Column("at_the_end", sa.Boolean(), nullable=False),
        sa.Column("after_six_months", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", name=op.f("pk_survey_plan")),
        _to("survey_plan", "cohort_id", "cohort"),
    )
    _create_rounds()
    op.create_table(
        "survey_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(320), nullable=True),
        sa.Column("token_sha256", sa.String(64), nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("mails", sa.Integer(), nullable=False),
        sa.Column("mailed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitation")),
        _to("survey_invitation", "round_id", "survey_round"),
        _to("survey_invitation", "person_id", "person"),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_survey_invitation_round_id_person_id")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_survey_invitation_token_sha256")),
    )
    op.create_index(op.f("ix_survey_invitation_person_id"), "survey_invitation", ["person_id"])
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(10), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        _to("survey_answer", "round_id", "survey_round"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_survey_answer_round_id"), "survey_answer", ["round_id"])


def _create_rounds() -> None:
    op.create_table(
        "survey_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_round")),
        _to("survey_round", "form_id", "survey_form"),
        _to("survey_round", "cohort_id", "cohort"),
        _to("survey_round", "session_id", "training_session"),
        _to("survey_round", "opened_by", "person"),
        _to("survey_round", "closed_by", "person"),
        sa.CheckConstraint(
            "(kind = 'session') = (session_id IS NOT NULL)", name=op.f("ck_survey_round_session_of_its_kind")
        ),
        sa.CheckConstraint(
            "answered >= 0 AND answered <= invited", name=op.f("ck_survey_round_answered_by_the_invited")
        ),
    )
    for column in ("cohort_id", "closes_at"):
        op.create_index(op.f(f"ix_survey_round_{column}"), "survey_round", [column])
    for name, columns, where in (
        ("session", ["session_id"], "session_id IS NOT NULL"),
        ("cohort", ["cohort_id", "kind"], "session_id IS NULL"),
    ):
        op.create_index(
            f"uq_survey_round_{name}",
            "survey_round",
            columns,
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    for table in ("survey_answer", "survey_invitation", "survey_round", "survey_plan", "survey_form"):
        op.drop_table(table)
