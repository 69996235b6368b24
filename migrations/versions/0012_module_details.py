"""What a module says of itself besides its minutes, and competencies."""

import sqlalchemy as sa
from alembic import op

revision = "0012_module_details"
down_revision = "0011_published_versions"
branch_labels = None
depends_on = None


COLUMNS = ("competencies", "delivery_modes", "prerequisites")


def upgrade() -> None:
    # Never as a batch: it would copy the table and lose the triggers that freeze published versions.
    for column in COLUMNS:
        op.add_column("version_module", sa.Column(column, sa.Text(), server_default="[]", nullable=False))
    op.create_table(
        "competency",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("domain", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency")),
        sa.UniqueConstraint("key", name=op.f("uq_competency_key")),
    )


def downgrade() -> None:
    op.drop_table("competency")
    for column in reversed(COLUMNS):
        op.drop_column("version_module", column)
