"""Signed-off sessions that were opened again."""

import sqlalchemy as sa
from alembic import op

from advocates.audit.append_only import create_statements, drop_statements
from advocates.database import Instant

revision = "0023_reopenings"
down_revision = "0022_paper_sheets"
branch_labels = None
depends_on = None

PEOPLE = ("signed_off_by", "reopened_by")


def upgrade() -> None:
    op.create_table(
        "session_reopening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("signed_off_at", Instant(), nullable=False),
        sa.Column("signed_off_by", sa.Uuid(), nullable=False),
        sa.Column("reopened_by", sa.Uuid(), nullable=False),
        sa.Column("reopened_at", Instant(), nullable=False),
        sa.Column("reason_code", sa.String(40), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_reopening")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_session_reopening_session_id_training_session")
        ),
        *(
            sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_session_reopening_{column}_person"))
            for column in PEOPLE
        ),
    )
    op.create_index(op.f("ix_session_reopening_audit_seq"), "session_reopening", ["audit_seq"])
    op.create_index(op.f("ix_session_reopening_session_id"), "session_reopening", ["session_id"])
    for statement in create_statements(op.get_bind().dialect.name, "session_reopening"):
        op.execute(statement)


def downgrade() -> None:
    for statement in drop_statements(op.get_bind().dialect.name, "session_reopening"):
        op.execute(statement)
    op.drop_table("session_reopening")
