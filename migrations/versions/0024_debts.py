"""Seats that were booked by themselves, before any make-up."""

import sqlalchemy as sa
from alembic import op

revision = "0024_debts"
down_revision = "0023_reopenings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session_seat", sa.Column("is_booked", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("session_seat", "is_booked")
