"""The contact-hour ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0006_hours"
down_revision = "0005_attendance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credit_entry",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("to_minute", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "delivery_mode",
            sa.Enum(
                "in_person",
                "live_online",
                "self_paced",
                "equivalent_activity",
                name="deliverymode",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("mark_id", sa.Uuid(), nullable=True),
        sa.Column("make_up_id", sa.Uuid(), nullable=True),
        sa.Column("transfer_id", sa.Uuid(), nullable=True),
        sa.Column("segment_id", sa.Uuid(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("posted_by", sa.Uuid(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(minutes < 0) = (reverses_id IS NOT NULL)",
            name=op.f("ck_credit_entry_only_reversals_are_negative"),
        ),
        sa.CheckConstraint(
            "abs(minutes) = to_minute - from_minute AND to_minute > from_minute",
            name=op.f("ck_credit_entry_minutes_are_the_slice"),
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_credit_entry_enrollment_id_enrollment")
        ),
        sa.ForeignKeyConstraint(["make_up_id"], ["make_up.id"], name=op.f("fk_credit_entry_make_up_id_make_up")),
        sa.ForeignKeyConstraint(
            ["mark_id"], ["attendance_mark.id"], name=op.f("fk_credit_entry_mark_id_attendance_mark")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_credit_entry_module_id_module")),
        sa.ForeignKeyConstraint(["posted_by"], ["person.id"], name=op.f("fk_credit_entry_posted_by_person")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["credit_entry.id"], name=op.f("fk_credit_entry_reverses_id_credit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["agenda_segment.id"], name=op.f("fk_credit_entry_segment_id_agenda_segment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_credit_entry_reverses_id")),
    )
    with op.batch_alter_table("credit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_entry_audit_seq"), ["audit_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_entry_enrollment_id"), ["enrollment_id"], unique=False)


def downgrade() -> None:
    op.drop_table("credit_entry")
