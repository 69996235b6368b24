"""Materials of modules."""

import sqlalchemy as sa
from alembic import op

from advocates.database import Instant

revision = "0013_materials"
down_revision = "0012_module_details"
branch_labels = None
depends_on = None

FILE_OR_LINK = (
    "(kind = 'file' AND file_id IS NOT NULL AND url IS NULL) OR (kind = 'link' AND file_id IS NULL AND url IS NOT NULL)"
)


def upgrade() -> None:
    op.create_table(
        "module_material",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("retired_by", sa.Uuid(), nullable=True),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(FILE_OR_LINK, name=op.f("ck_module_material_file_or_link")),
        sa.ForeignKeyConstraint(
            ["version_id", "module_id"],
            ["version_module.version_id", "version_module.module_id"],
            name=op.f("fk_module_material_version_id_version_module"),
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_module_material_file_id_stored_file")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_module_material_added_by_person")),
        sa.ForeignKeyConstraint(["retired_by"], ["person.id"], name=op.f("fk_module_material_retired_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_material")),
        sa.UniqueConstraint(
            "version_id", "module_id", "position", name=op.f("uq_module_material_version_id_module_id_position")
        ),
    )
    op.create_index(op.f("ix_module_material_file_id"), "module_material", ["file_id"])


def downgrade() -> None:
    op.drop_table("module_material")
