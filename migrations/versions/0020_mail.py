"""What a mail is about, in which language, what went wrong with it, and who wants none."""

import sqlalchemy as sa
from alembic import op

revision = "0020_mail"
down_revision = "0019_calendar"
branch_labels = None
depends_on = None

ADDED = ("kind", "language", "once_key", "problem")


def upgrade() -> None:
    op.add_column("outbox_message", sa.Column("kind", sa.String(40), nullable=False, server_default="account"))
    op.add_column("outbox_message", sa.Column("language", sa.String(10), nullable=False, server_default="en"))
    op.add_column("outbox_message", sa.Column("once_key", sa.String(200), nullable=True))
    op.add_column("outbox_message", sa.Column("problem", sa.String(60), nullable=True))
    op.create_index(op.f("ix_outbox_message_created_at"), "outbox_message", ["created_at"])
    op.create_index("uq_outbox_message_once_key", "outbox_message", ["once_key"], unique=True)
    op.add_column("person_profile", sa.Column("declines_mail", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("person_profile", "declines_mail")
    op.drop_index("uq_outbox_message_once_key", "outbox_message")
    op.drop_index(op.f("ix_outbox_message_created_at"), "outbox_message")
    for name in reversed(ADDED):
        op.drop_column("outbox_message", name)
