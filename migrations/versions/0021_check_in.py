"""Check-ins, kiosks and personal codes."""

import sqlalchemy as sa
from alembic import op

from advocates.audit.append_only import create_statements, drop_statements
from advocates.database import Instant

revision = "0021_check_in"
down_revision = "0020_mail"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "check_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("direction", _one_of("direction", "in", "out"), nullable=False),
        sa.Column("means", _one_of("means", "code", "kiosk"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_check_in_session_id_training_session")
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_check_in_enrollment_id_enrollment")
        ),
        sa.UniqueConstraint("client_key", name=op.f("uq_check_in_client_key")),
    )
    for column in ("session_id", "enrollment_id", "audit_seq"):
        op.create_index(op.f(f"ix_check_in_{column}"), "check_in", [column])
    op.create_table(
        "kiosk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_kiosk_session_id_training_session")
        ),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_kiosk_started_by_person")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_kiosk_token_sha256")),
    )
    op.create_index(op.f("ix_kiosk_session_id"), "kiosk", ["session_id"])
    op.create_table(
        "personal_code",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(6), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_personal_code")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_personal_code_person_id_person")),
        sa.UniqueConstraint("code", name=op.f("uq_personal_code_code")),
    )
    for statement in create_statements(op.get_bind().dialect.name, "check_in"):
        op.execute(statement)


def downgrade() -> None:
    for statement in drop_statements(op.get_bind().dialect.name, "check_in"):
        op.execute(statement)
    op.drop_table("personal_code")
    op.drop_table("kiosk")
    op.drop_table("check_in")
