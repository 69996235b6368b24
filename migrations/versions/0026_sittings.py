"""Assessments, sittings and answers."""

import sqlalchemy as sa
from alembic import op

from advocates.audit.append_only import create_statements, drop_statements
from advocates.database import Instant

revision = "0026_sittings"
down_revision = "0025_question_bank"
branch_labels = None
depends_on = None

KIND = ("pre_test", "post_test")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _id(name: str) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _maybe_id(name: str) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=True)


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, Instant(), nullable=nullable)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def upgrade() -> None:
    _create_assessments()
    _create_sittings()
    _create_answers()
    _create_accommodations()


def downgrade() -> None:
    for statement in drop_statements(op.get_bind().dialect.name, "sitting_answer"):
        op.execute(statement)
    for table in ("accommodation", "sitting_answer", "sitting_question", "sitting", "assessment_opening", "assessment"):
        op.drop_table(table)


def _create_assessments() -> None:
    op.create_table(
        "assessment",
        _id("id"),
        _id("version_id"),
        sa.Column("kind", _one_of("assessmentkind", *KIND), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        _id("made_by"),
        _at("made_at"),
        _at("retired_at", nullable=True),
        _key("assessment"),
        _to("assessment", "version_id", "curriculum_version"),
        _to("assessment", "made_by", "person"),
        _unique("assessment", "version_id", "kind", "number"),
    )
    op.create_table(
        "assessment_opening",
        _id("id"),
        _id("assessment_id"),
        _id("cohort_id"),
        _at("opens_at"),
        _at("closes_at", nullable=True),
        _id("opened_by"),
        _at("closed_early_at", nullable=True),
        _maybe_id("closed_early_by"),
        _key("assessment_opening"),
        _to("assessment_opening", "assessment_id", "assessment"),
        _to("assessment_opening", "cohort_id", "cohort"),
        _to("assessment_opening", "opened_by", "person"),
        _to("assessment_opening", "closed_early_by", "person"),
        sa.CheckConstraint(
            "closes_at IS NULL OR closes_at > opens_at", name=op.f("ck_assessment_opening_closes_after_it_opens")
        ),
    )
    for column in ("assessment_id", "cohort_id"):
        op.create_index(op.f(f"ix_assessment_opening_{column}"), "assessment_opening", [column])


def _create_sittings() -> None:
    op.create_table(
        "sitting",
        _id("id"),
        _id("enrollment_id"),
        _id("opening_id"),
        _id("assessment_id"),
        sa.Column("kind", _one_of("assessmentkind", *KIND), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        _at("started_at"),
        _at("due_at", nullable=True),
        _at("finished_at", nullable=True),
        sa.Column("finish_way", _one_of("finishway", "sent", "time", "closed"), nullable=True),
        _maybe_id("attempt_id"),
        _key("sitting"),
        _to("sitting", "enrollment_id", "enrollment"),
        _to("sitting", "opening_id", "assessment_opening"),
        _to("sitting", "assessment_id", "assessment"),
        _to("sitting", "attempt_id", "assessment_attempt"),
        _unique("sitting", "enrollment_id", "kind", "number"),
        _unique("sitting", "attempt_id"),
    )
    for column in ("opening_id", "assessment_id"):
        op.create_index(op.f(f"ix_sitting_{column}"), "sitting", [column])
    _create_partial_index("uq_sitting_unfinished", "sitting", ["enrollment_id", "kind"], "finished_at IS NULL")


def _create_answers() -> None:
    op.create_table(
        "sitting_question",
        _id("id"),
        _id("sitting_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        _id("question_version_id"),
        sa.Column("arrangement", sa.Text(), nullable=False),
        _key("sitting_question"),
        _to("sitting_question", "sitting_id", "sitting"),
        _to("sitting_question", "question_version_id", "question_version"),
        _unique("sitting_question", "sitting_id", "position"),
    )
    op.create_index(op.f("ix_sitting_question_question_version_id"), "sitting_question", ["question_version_id"])
    op.create_table(
        "sitting_answer",
        _id("id"),
        _id("sitting_id"),
        _id("sitting_question_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("is_marked", sa.Boolean(), nullable=False),
        _id("answered_by"),
        _at("answered_at"),
        _at("device_at", nullable=True),
        _id("client_key"),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(64), nullable=False),
        _key("sitting_answer"),
        _to("sitting_answer", "sitting_id", "sitting"),
        _to("sitting_answer", "sitting_question_id", "sitting_question"),
        _to("sitting_answer", "answered_by", "person"),
        _unique("sitting_answer", "sitting_question_id", "version"),
        _unique("sitting_answer", "sitting_id", "client_key"),
    )
    op.create_index(op.f("ix_sitting_answer_audit_seq"), "sitting_answer", ["audit_seq"])
    for statement in create_statements(op.get_bind().dialect.name, "sitting_answer"):
        op.execute(statement)


def _create_accommodations() -> None:
    op.create_table(
        "accommodation",
        _id("id"),
        _id("enrollment_id"),
        sa.Column("extra_time_percent", sa.Integer(), nullable=False),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("is_quiet_room", sa.Boolean(), nullable=False),
        _id("granted_by"),
        _at("granted_at"),
        _maybe_id("ended_by"),
        _at("ended_at", nullable=True),
        _key("accommodation"),
        _to("accommodation", "enrollment_id", "enrollment"),
        _to("accommodation", "granted_by", "person"),
        _to("accommodation", "ended_by", "person"),
        sa.CheckConstraint("extra_time_percent >= 0 AND extra_attempts >= 0", name=op.f("ck_accommodation_never_less")),
    )
    _create_partial_index("uq_accommodation_in_force", "accommodation", ["enrollment_id"], "ended_at IS NULL")


def _create_partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
