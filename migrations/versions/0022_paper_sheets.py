"""Scans of the paper sheets that were typed in."""

revision = "0022_paper_sheets"
down_revision = "0021_check_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
