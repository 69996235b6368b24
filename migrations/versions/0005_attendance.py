"""Attendance marks and make-ups."""

import sqlalchemy as sa
from alembic import op

revision = "0005_attendance"
down_revision = "0004_schedule"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance_mark",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("present", "absent", "not_established", name="outcome", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("intervals", sa.Text(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "register",
                "offline",
                "paper",
                "check_in",
                "import",
                name="markway",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("witnessed_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "way <> 'paper' OR witnessed_by IS NOT NULL", name=op.f("ck_attendance_mark_paper_has_a_witness")
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_attendance_mark_version_positive")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_attendance_mark_enrollment_id_enrollment")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_attendance_mark_recorded_by_person")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_session.id"],
            name=op.f("fk_attendance_mark_session_id_training_session"),
        ),
        sa.ForeignKeyConstraint(["witnessed_by"], ["person.id"], name=op.f("fk_attendance_mark_witnessed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_mark")),
        sa.UniqueConstraint("recorded_by", "client_key", name=op.f("uq_attendance_mark_recorded_by_client_key")),
        sa.UniqueConstraint(
            "session_id",
            "enrollment_id",
            "version",
            name=op.f("uq_attendance_mark_session_id_enrollment_id_version"),
        ),
    )
    with op.batch_alter_table("attendance_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_mark_audit_seq"), ["audit_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_mark_enrollment_id"), ["enrollment_id"], unique=False)
    op.create_table(
        "make_up",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("to_minute", sa.Integer(), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "same_cohort",
                "other_cohort",
                "equivalent_activity",
                name="makeuproute",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("evidence_file_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "refused",
                "reversed",
                name="makeupstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reversed_by", sa.Uuid(), nullable=True),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("approved_by <> proposed_by", name=op.f("ck_make_up_two_people")),
        sa.CheckConstraint("to_minute > from_minute AND from_minute >= 0", name=op.f("ck_make_up_slice_in_order")),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_make_up_approved_by_person")),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollment.id"], name=op.f("fk_make_up_enrollment_id_enrollment")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_make_up_module_id_module")),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_make_up_proposed_by_person")),
        sa.ForeignKeyConstraint(["reversed_by"], ["person.id"], name=op.f("fk_make_up_reversed_by_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_make_up_session_id_training_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_make_up")),
    )
    with op.batch_alter_table("make_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_make_up_enrollment_id"), ["enrollment_id"], unique=False)


def downgrade() -> None:
    op.drop_table("make_up")
    op.drop_table("attendance_mark")
