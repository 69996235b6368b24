"""Rooms, links, closed days, and saved patterns."""

import sqlalchemy as sa
from alembic import op

revision = "0017_planning"
down_revision = "0016_legacy"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("training_session", sa.Column("room", sa.String(length=120), nullable=True))
    op.add_column("training_session", sa.Column("link", sa.String(length=500), nullable=True))
    op.create_table(
        "closed_day",
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_closed_day_in_order")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_closed_day_added_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_day")),
    )
    op.create_index(op.f("ix_closed_day_last_day"), "closed_day", ["last_day"])
    op.create_table(
        "meeting_pattern",
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("meetings", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_meeting_pattern_created_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_pattern")),
    )
    op.create_index(
        "uq_meeting_pattern_title",
        "meeting_pattern",
        ["title"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("meeting_pattern")
    op.drop_table("closed_day")
    op.drop_column("training_session", "link")
    op.drop_column("training_session", "room")
