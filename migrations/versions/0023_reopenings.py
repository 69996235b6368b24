"""Signed-off sessions that were opened again."""

revision = "0023_reopenings"
down_revision = "0022_paper_sheets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
