"""Applications, offers, quotas, and every change of status."""

import sqlalchemy as sa
from alembic import op

from advocates.audit.append_only import create_statements, drop_statements

revision = "0015_admissions"
down_revision = "0014_transfers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("enrollment", sa.Column("waitlist_position", sa.Integer(), nullable=True))
    op.create_table(
        "enrollment_status_change",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("from_status", sa.String(length=40), nullable=True),
        sa.Column("to_status", sa.String(length=40), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_enrollment_status_change_changed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_enrollment_status_change_enrollment_id_enrollment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment_status_change")),
    )
    for column in ("audit_seq", "enrollment_id"):
        op.create_index(op.f(f"ix_enrollment_status_change_{column}"), "enrollment_status_change", [column])
    for statement in create_statements(op.get_bind().dialect.name, "enrollment_status_change"):
        op.execute(statement)
    _create_agency_quota()
    _create_applications()
    _create_offer()


def _create_agency_quota() -> None:
    op.create_table(
        "agency_quota",
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_agency_quota_seats_not_negative")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_quota_agency_id_agency")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_agency_quota_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_quota")),
        sa.UniqueConstraint("cohort_id", "agency_id", name=op.f("uq_agency_quota_cohort_id_agency_id")),
    )


def _create_applications() -> None:
    op.create_table(
        "consent_text",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_consent_text_published_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint("version", name=op.f("uq_consent_text_version")),
    )
    op.create_table(
        "application_window",
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("offers_by_itself", sa.Boolean(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.CheckConstraint("offer_hours > 0", name=op.f("ck_application_window_offer_hours_positive")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_application_window_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("cohort_id", name=op.f("pk_application_window")),
    )
    op.create_table(
        "application",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("consent_text_id", sa.Uuid(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_application_cohort_id_cohort")),
        sa.ForeignKeyConstraint(
            ["consent_text_id"], ["consent_text.id"], name=op.f("fk_application_consent_text_id_consent_text")
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_application_enrollment_id_enrollment")
        ),
        sa.PrimaryKeyConstraint("enrollment_id", name=op.f("pk_application")),
    )
    op.create_index(op.f("ix_application_cohort_id"), "application", ["cohort_id"])


def _create_offer() -> None:
    op.create_table(
        "offer",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_offer_cohort_id_cohort")),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollment.id"], name=op.f("fk_offer_enrollment_id_enrollment")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_offer_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_offer_token_sha256")),
    )
    for column in ("cohort_id", "expires_at"):
        op.create_index(op.f(f"ix_offer_{column}"), "offer", [column])
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_offer_open", "offer", ["enrollment_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )


def downgrade() -> None:
    for table in ("offer", "application", "application_window", "consent_text", "agency_quota"):
        op.drop_table(table)
    for statement in drop_statements(op.get_bind().dialect.name, "enrollment_status_change"):
        op.execute(statement)
    op.drop_table("enrollment_status_change")
    op.drop_column("enrollment", "waitlist_position")
