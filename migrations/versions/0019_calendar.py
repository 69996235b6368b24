"""Calendar links, and how often what a calendar shows of a session has changed."""

import sqlalchemy as sa
from alembic import op

from advocates.database import Instant

revision = "0019_calendar"
down_revision = "0018_staffing"
branch_labels = None
depends_on = None

NOT_REVOKED = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    op.add_column("training_session", sa.Column("calendar_sequence", sa.Integer(), nullable=False, server_default="0"))
    no_instant = sa.text("'2000-01-01 00:00:00'")
    op.add_column(
        "training_session", sa.Column("calendar_changed_at", Instant(), nullable=False, server_default=no_instant)
    )
    op.execute(
        "UPDATE training_session SET calendar_changed_at = "
        "(SELECT cohort.created_at FROM cohort WHERE cohort.id = training_session.cohort_id)"
    )
    op.create_table(
        "calendar_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_calendar_link_token_sha256")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_link_person_id_person")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_calendar_link_cohort_id_cohort")),
    )
    op.create_index(op.f("ix_calendar_link_person_id"), "calendar_link", ["person_id"])
    op.create_index(op.f("ix_calendar_link_cohort_id"), "calendar_link", ["cohort_id"])
    _one_open("uq_calendar_link_open", ["person_id", "cohort_id"], NOT_REVOKED)
    _one_open("uq_calendar_link_open_own", ["person_id"], sa.text("revoked_at IS NULL AND cohort_id IS NULL"))


def downgrade() -> None:
    op.drop_table("calendar_link")
    op.drop_column("training_session", "calendar_changed_at")
    op.drop_column("training_session", "calendar_sequence")


def _one_open(name: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, "calendar_link", columns, unique=True, sqlite_where=where, postgresql_where=where)
