"""Training sessions and agendas."""

import sqlalchemy as sa
from alembic import op

revision = "0004_schedule"
down_revision = "0003_cohorts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "training_session",
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("planned_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
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
        sa.Column("agenda_version", sa.Integer(), nullable=False),
        sa.Column("signed_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_off_by", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason_code", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("planned_end > planned_start", name=op.f("ck_training_session_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_training_session_cohort_id_cohort")),
        sa.ForeignKeyConstraint(
            ["signed_off_by"], ["person.id"], name=op.f("fk_training_session_signed_off_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session")),
    )
    with op.batch_alter_table("training_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_session_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_session_planned_start"), ["planned_start"], unique=False)
    op.create_table(
        "agenda_segment",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_version", sa.Integer(), nullable=False),
        sa.Column("planned_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("module_id", sa.Uuid(), nullable=True),
        sa.Column("from_minute", sa.Integer(), nullable=True),
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
            nullable=True,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("delivered_end >= delivered_start", name=op.f("ck_agenda_segment_delivered_in_order")),
        sa.CheckConstraint("planned_end > planned_start", name=op.f("ck_agenda_segment_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_agenda_segment_module_id_module")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_session.id"],
            name=op.f("fk_agenda_segment_session_id_training_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_segment")),
    )
    with op.batch_alter_table("agenda_segment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_segment_module_id"), ["module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_segment_session_id"), ["session_id"], unique=False)
    op.create_table(
        "session_seat",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("guest", "walk_in", "make_up", name="seatkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_session_seat_enrollment_id_enrollment")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_session_seat_session_id_training_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_seat")),
        sa.UniqueConstraint("session_id", "enrollment_id", name=op.f("uq_session_seat_session_id_enrollment_id")),
    )
    with op.batch_alter_table("session_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_seat_enrollment_id"), ["enrollment_id"], unique=False)


def downgrade() -> None:
    op.drop_table("session_seat")
    op.drop_table("agenda_segment")
    op.drop_table("training_session")
