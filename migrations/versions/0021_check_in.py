"""Check-ins, kiosks and personal codes."""

revision = "0021_check_in"
down_revision = "0020_mail"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
