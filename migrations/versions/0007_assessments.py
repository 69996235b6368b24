"""Tests, skills and agreements."""

import sqlalchemy as sa
from alembic import op

revision = "0007_assessments"
down_revision = "0006_hours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment_attempt",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("pre_test", "post_test", name="assessmentkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("beyond_limit_reason_code", sa.String(length=40), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("void_reason_code", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "questions > 0 AND score >= 0 AND score <= questions",
            name=op.f("ck_assessment_attempt_score_within_questions"),
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_assessment_attempt_enrollment_id_enrollment")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_assessment_attempt_recorded_by_person")),
        sa.ForeignKeyConstraint(["voided_by"], ["person.id"], name=op.f("fk_assessment_attempt_voided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_attempt")),
    )
    with op.batch_alter_table("assessment_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_attempt_enrollment_id"), ["enrollment_id"], unique=False)
        batch_op.create_index(
            "uq_assessment_attempt_number",
            ["enrollment_id", "kind", "number"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
    op.create_table(
        "skill_sign_off",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sa.String(length=500), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("void_reason_code", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_skill_sign_off_enrollment_id_enrollment")
        ),
        sa.ForeignKeyConstraint(["signed_by"], ["person.id"], name=op.f("fk_skill_sign_off_signed_by_person")),
        sa.ForeignKeyConstraint(["voided_by"], ["person.id"], name=op.f("fk_skill_sign_off_voided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_sign_off")),
    )
    with op.batch_alter_table("skill_sign_off", schema=None) as batch_op:
        batch_op.create_index(
            "uq_skill_sign_off_in_force",
            ["enrollment_id", "skill"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
    op.create_table(
        "agreement_text",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_text")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_agreement_text_key_version")),
    )
    op.create_table(
        "agreement_signature",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_text_id", sa.Uuid(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("typed_name", sa.String(length=200), nullable=True),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("witnessed_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "way <> 'paper' OR witnessed_by IS NOT NULL",
            name=op.f("ck_agreement_signature_paper_has_a_witness"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_text_id"],
            ["agreement_text.id"],
            name=op.f("fk_agreement_signature_agreement_text_id_agreement_text"),
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_agreement_signature_enrollment_id_enrollment")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_agreement_signature_recorded_by_person")),
        sa.ForeignKeyConstraint(
            ["witnessed_by"], ["person.id"], name=op.f("fk_agreement_signature_witnessed_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_signature")),
        sa.UniqueConstraint(
            "enrollment_id",
            "agreement_text_id",
            name=op.f("uq_agreement_signature_enrollment_id_agreement_text_id"),
        ),
    )


def downgrade() -> None:
    op.drop_table("agreement_signature")
    op.drop_table("agreement_text")
    op.drop_table("skill_sign_off")
    op.drop_table("assessment_attempt")
