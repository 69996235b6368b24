"""Cohorts, enrollments, placements and roles."""

import sqlalchemy as sa
from alembic import op

revision = "0003_cohorts"
down_revision = "0002_curriculum"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohort",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("curriculum_version_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["curriculum_version_id"],
            ["curriculum_version.id"],
            name=op.f("fk_cohort_curriculum_version_id_curriculum_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
        sa.UniqueConstraint("title", name=op.f("uq_cohort_title")),
    )
    op.create_table(
        "enrollment",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("curriculum_id", sa.Uuid(), nullable=False),
        sa.Column("curriculum_version_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "waitlisted",
                "offered",
                "enrolled",
                "withdrawn",
                "completed",
                "not_completed",
                name="enrollmentstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["curriculum_id"], ["curriculum.id"], name=op.f("fk_enrollment_curriculum_id_curriculum")
        ),
        sa.ForeignKeyConstraint(
            ["curriculum_version_id"],
            ["curriculum_version.id"],
            name=op.f("fk_enrollment_curriculum_version_id_curriculum_version"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrollment_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment")),
    )
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrollment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_enrollment_open",
            ["person_id", "curriculum_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('applied', 'enrolled', 'offered', 'waitlisted')"),
            postgresql_where=sa.text("status IN ('applied', 'enrolled', 'offered', 'waitlisted')"),
        )
    op.create_table(
        "placement",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_placement_cohort_id_cohort")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_placement_enrollment_id_enrollment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(
            "uq_placement_open",
            ["enrollment_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    op.create_table(
        "role_grant",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("administrator", "trainer", "trainee", "auditor", name="role", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("cohort_id", sa.Uuid(), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_role_grant_cohort_id_cohort")),
        sa.ForeignKeyConstraint(["granted_by"], ["person.id"], name=op.f("fk_role_grant_granted_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_role_grant_open",
            ["person_id", "role", "cohort_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_role_grant_open_everywhere",
            ["person_id", "role"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND cohort_id IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND cohort_id IS NULL"),
        )


def downgrade() -> None:
    op.drop_table("role_grant")
    op.drop_table("placement")
    op.drop_table("enrollment")
    op.drop_table("cohort")
