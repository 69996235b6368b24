"""Grades of answers, second looks, and what a corrected question changed."""

import sqlalchemy as sa
from alembic import op

from advocates.audit.append_only import create_statements, drop_statements
from advocates.database import Instant

revision = "0027_grades"
down_revision = "0026_sittings"
branch_labels = None
depends_on = None


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, Instant(), nullable=nullable)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def upgrade() -> None:
    _create_regrades()
    _create_grades()


def downgrade() -> None:
    for statement in drop_statements(op.get_bind().dialect.name, "sitting_grade"):
        op.execute(statement)
    for table in ("grade_dispute", "sitting_grade", "regrade_effect", "regrade"):
        op.drop_table(table)


def _create_grades() -> None:
    op.create_table(
        "sitting_grade",
        _id("id"),
        _id("sitting_id"),
        _id("sitting_question_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("role", _one_of("graderole", "first", "second", "regrade"), nullable=False),
        sa.Column("points", sa.String(40), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        _id("graded_by"),
        _at("graded_at"),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(64), nullable=False),
        _key("sitting_grade"),
        _to("sitting_grade", "sitting_id", "sitting"),
        _to("sitting_grade", "sitting_question_id", "sitting_question"),
        _to("sitting_grade", "graded_by", "person"),
        _unique("sitting_grade", "sitting_question_id", "version"),
    )
    for column in ("sitting_id", "audit_seq"):
        op.create_index(op.f(f"ix_sitting_grade_{column}"), "sitting_grade", [column])
    for statement in create_statements(op.get_bind().dialect.name, "sitting_grade"):
        op.execute(statement)
    op.create_table(
        "grade_dispute",
        _id("id"),
        _id("sitting_question_id"),
        _id("asked_by"),
        _at("asked_at"),
        _id("decided_by", nullable=True),
        _at("decided_at", nullable=True),
        _key("grade_dispute"),
        _to("grade_dispute", "sitting_question_id", "sitting_question"),
        _to("grade_dispute", "asked_by", "person"),
        _to("grade_dispute", "decided_by", "person"),
        _unique("grade_dispute", "sitting_question_id"),
    )


def _create_regrades() -> None:
    op.create_table(
        "regrade",
        _id("id"),
        _id("question_id"),
        _id("question_version_id"),
        sa.Column("way", _one_of("regradeway", "accept_all", "new_key"), nullable=False),
        _id("made_by"),
        _at("made_at"),
        _key("regrade"),
        _to("regrade", "question_id", "bank_question"),
        _to("regrade", "question_version_id", "question_version"),
        _to("regrade", "made_by", "person"),
    )
    op.create_index(op.f("ix_regrade_question_id"), "regrade", ["question_id"])
    op.create_table(
        "regrade_effect",
        _id("id"),
        _id("regrade_id"),
        _id("sitting_id"),
        sa.Column("points_before", sa.String(40), nullable=False),
        sa.Column("points_after", sa.String(40), nullable=False),
        sa.Column("is_applied", sa.Boolean(), nullable=False),
        _key("regrade_effect"),
        _to("regrade_effect", "regrade_id", "regrade"),
        _to("regrade_effect", "sitting_id", "sitting"),
        _unique("regrade_effect", "regrade_id", "sitting_id"),
    )
    op.create_index(op.f("ix_regrade_effect_sitting_id"), "regrade_effect", ["sitting_id"])
