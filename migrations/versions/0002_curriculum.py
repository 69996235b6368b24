"""Curricula, versions and modules."""

import sqlalchemy as sa
from alembic import op

revision = "0002_curriculum"
down_revision = "0001_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "curriculum",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum")),
        sa.UniqueConstraint("title", name=op.f("uq_curriculum_title")),
    )
    op.create_table(
        "curriculum_version",
        sa.Column("curriculum_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("required_contact_minutes", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_curriculum_version_created_by_person")),
        sa.ForeignKeyConstraint(
            ["curriculum_id"], ["curriculum.id"], name=op.f("fk_curriculum_version_curriculum_id_curriculum")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["person.id"], name=op.f("fk_curriculum_version_published_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum_version")),
        sa.UniqueConstraint("curriculum_id", "number", name=op.f("uq_curriculum_version_curriculum_id_number")),
    )
    op.create_table(
        "module",
        sa.Column("curriculum_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["curriculum_id"], ["curriculum.id"], name=op.f("fk_module_curriculum_id_curriculum")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module")),
        sa.UniqueConstraint("curriculum_id", "key", name=op.f("uq_module_curriculum_id_key")),
    )
    op.create_table(
        "version_module",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("contact_minutes", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(length=100), nullable=False),
        sa.Column("objectives", sa.Text(), nullable=False),
        sa.Column("content_note", sa.Text(), nullable=True),
        sa.Column("has_observed_skills", sa.Boolean(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("equivalent_activity", sa.String(length=500), nullable=True),
        sa.CheckConstraint("contact_minutes > 0", name=op.f("ck_version_module_minutes_positive")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_version_module_module_id_module")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["curriculum_version.id"],
            name=op.f("fk_version_module_version_id_curriculum_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "module_id", name=op.f("pk_version_module")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_version_module_version_id_position")),
    )


def downgrade() -> None:
    op.drop_table("version_module")
    op.drop_table("module")
    op.drop_table("curriculum_version")
    op.drop_table("curriculum")
