"""Who teaches a session, with what qualification, and closed cohorts."""

import sqlalchemy as sa
from alembic import op

from advocates.database import Instant

revision = "0018_staffing"
down_revision = "0017_planning"
branch_labels = None
depends_on = None

NOT_REMOVED = sa.text("removed_at IS NULL")


def upgrade() -> None:
    op.add_column("cohort", sa.Column("closed_at", Instant(), nullable=True))
    op.create_table(
        "guest_speaker",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_guest_speaker")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_guest_speaker_person_id_person")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_guest_speaker_added_by_person")),
    )
    op.create_table(
        "qualification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.CheckConstraint("holds_until >= holds_from", name=op.f("ck_qualification_ends_after_it_starts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_qualification_person_id_person")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_qualification_added_by_person")),
    )
    op.create_index(op.f("ix_qualification_person_id"), "qualification", ["person_id"])
    op.create_table(
        "session_staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_staff")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_session_staff_session_id_training_session")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_staff_person_id_person")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_session_staff_added_by_person")),
    )
    op.create_index(op.f("ix_session_staff_person_id"), "session_staff", ["person_id"])
    op.create_index(
        "uq_session_staff_open",
        "session_staff",
        ["session_id", "person_id"],
        unique=True,
        sqlite_where=NOT_REMOVED,
        postgresql_where=NOT_REMOVED,
    )


def downgrade() -> None:
    op.drop_table("session_staff")
    op.drop_table("qualification")
    op.drop_table("guest_speaker")
    op.drop_column("cohort", "closed_at")
