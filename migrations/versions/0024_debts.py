"""Make-ups as debts."""

revision = "0024_debts"
down_revision = "0023_reopenings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
