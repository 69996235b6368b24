"""The question bank: questions and their versions."""

import sqlalchemy as sa
from alembic import op

from advocates.audit.append_only import create_statements, drop_statements
from advocates.database import Instant

revision = "0025_question_bank"
down_revision = "0024_debts"
branch_labels = None
depends_on = None

KINDS = ("single", "multiple", "true_false", "matching", "ordering", "short_answer", "essay", "scenario")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "bank_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("retired_by", sa.Uuid(), nullable=True),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_question")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["curriculum_version.id"], name=op.f("fk_bank_question_version_id_curriculum_version")
        ),
        sa.ForeignKeyConstraint(
            ["version_id", "module_id"],
            ["version_module.version_id", "version_module.module_id"],
            name=op.f("fk_bank_question_version_id_version_module"),
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_bank_question_created_by_person")),
        sa.ForeignKeyConstraint(["retired_by"], ["person.id"], name=op.f("fk_bank_question_retired_by_person")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_bank_question_version_id_key")),
    )
    op.create_table(
        "question_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("kind", _one_of("kind", *KINDS), nullable=False),
        sa.Column("difficulty", _one_of("difficulty", "easy", "medium", "hard"), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_version")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["bank_question.id"], name=op.f("fk_question_version_question_id_bank_question")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_question_version_written_by_person")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_question_version_question_id_number")),
    )
    op.create_index(op.f("ix_question_version_audit_seq"), "question_version", ["audit_seq"])
    op.create_table(
        "question_image",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", "sha256", name=op.f("pk_question_image")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["curriculum_version.id"], name=op.f("fk_question_image_version_id_curriculum_version")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_question_image_file_id_stored_file")),
    )
    op.create_index(op.f("ix_question_image_file_id"), "question_image", ["file_id"])
    for statement in create_statements(op.get_bind().dialect.name, "question_version"):
        op.execute(statement)


def downgrade() -> None:
    for statement in drop_statements(op.get_bind().dialect.name, "question_version"):
        op.execute(statement)
    op.drop_table("question_image")
    op.drop_table("question_version")
    op.drop_table("bank_question")
