"""Past cohorts whose evidence is not held."""

import sqlalchemy as sa
from alembic import op

revision = "0016_legacy"
down_revision = "0015_admissions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legacy_cohort",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("training", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_legacy_cohort_recorded_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legacy_cohort")),
        sa.UniqueConstraint("title", name=op.f("uq_legacy_cohort_title")),
    )
    op.create_table(
        "legacy_record",
        sa.Column("legacy_cohort_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("stated_minutes", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("stated_minutes > 0", name=op.f("ck_legacy_record_stated_minutes_positive")),
        sa.ForeignKeyConstraint(
            ["legacy_cohort_id"], ["legacy_cohort.id"], name=op.f("fk_legacy_record_legacy_cohort_id_legacy_cohort")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_legacy_record_person_id_person")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_legacy_record_recorded_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legacy_record")),
        sa.UniqueConstraint("legacy_cohort_id", "person_id", name=op.f("uq_legacy_record_legacy_cohort_id_person_id")),
    )
    with op.batch_alter_table("legacy_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legacy_record_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("legacy_record")
    op.drop_table("legacy_cohort")
