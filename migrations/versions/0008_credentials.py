"""Files, credentials and issuing."""

import sqlalchemy as sa
from alembic import op

revision = "0008_credentials"
down_revision = "0007_assessments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_sha256"), ["sha256"], unique=False)
    op.create_table(
        "issuer",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("program_title", sa.String(length=200), nullable=False),
        sa.Column("serial_prefix", sa.String(length=10), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuer")),
    )
    op.create_table(
        "signatory",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatory")),
        sa.UniqueConstraint("position", name=op.f("uq_signatory_position")),
    )
    op.create_table(
        "serial_counter",
        sa.Column("prefix", sa.String(length=10), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_serial_counter")),
    )
    op.create_table(
        "waiver",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("requirement", sa.String(length=520), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum("proposed", "approved", "refused", name="waiverstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state <> 'approved' OR approved_by IS NOT NULL", name=op.f("ck_waiver_approved_by_somebody")
        ),
        sa.CheckConstraint(
            "requirement IN ('pre_test', 'post_test') OR substr(requirement, 1, 6) = 'skill:' "
            "OR substr(requirement, 1, 10) = 'agreement:'",
            name=op.f("ck_waiver_minutes_never_waived"),
        ),
        sa.CheckConstraint("approved_by <> proposed_by", name=op.f("ck_waiver_two_people")),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_waiver_approved_by_person")),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollment.id"], name=op.f("fk_waiver_enrollment_id_enrollment")),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_waiver_proposed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
    )
    with op.batch_alter_table("waiver", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiver_enrollment_id"), ["enrollment_id"], unique=False)
        batch_op.create_index(
            "uq_waiver_standing",
            ["enrollment_id", "requirement"],
            unique=True,
            sqlite_where=sa.text("state <> 'refused'"),
            postgresql_where=sa.text("state <> 'refused'"),
        )
    op.create_table(
        "credential",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reserved",
                "in_force",
                "replaced",
                "revoked",
                name="credentialstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("proof_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_file_id", sa.Uuid(), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason_code", sa.String(length=40), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_credential_enrollment_id_enrollment")
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_credential_issued_by_person")),
        sa.ForeignKeyConstraint(
            ["pdf_file_id"], ["stored_file.id"], name=op.f("fk_credential_pdf_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["credential.id"], name=op.f("fk_credential_replaces_id_credential")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("code", name=op.f("uq_credential_code")),
        sa.UniqueConstraint("serial", name=op.f("uq_credential_serial")),
    )
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.create_index(
            "uq_credential_in_force",
            ["enrollment_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    op.create_table(
        "credential_person",
        sa.Column("credential_id", sa.Uuid(), nullable=False),
        sa.Column("printed_name", sa.String(length=100), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["credential_id"], ["credential.id"], name=op.f("fk_credential_person_credential_id_credential")
        ),
        sa.PrimaryKeyConstraint("credential_id", name=op.f("pk_credential_person")),
    )
    op.create_table(
        "issuing_batch",
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_issuing_batch_cohort_id_cohort")),
        sa.ForeignKeyConstraint(["requested_by"], ["person.id"], name=op.f("fk_issuing_batch_requested_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuing_batch")),
    )
    with op.batch_alter_table("issuing_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issuing_batch_cohort_id"), ["cohort_id"], unique=False)
    op.create_table(
        "issuing_item",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "reserved",
                "stored",
                "published",
                "refused",
                "failed",
                name="itemstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["issuing_batch.id"], name=op.f("fk_issuing_item_batch_id_issuing_batch")
        ),
        sa.ForeignKeyConstraint(
            ["credential_id"], ["credential.id"], name=op.f("fk_issuing_item_credential_id_credential")
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_issuing_item_enrollment_id_enrollment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuing_item")),
        sa.UniqueConstraint("batch_id", "enrollment_id", name=op.f("uq_issuing_item_batch_id_enrollment_id")),
    )
    with op.batch_alter_table("issuing_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issuing_item_state"), ["state"], unique=False)


def downgrade() -> None:
    op.drop_table("issuing_item")
    op.drop_table("issuing_batch")
    op.drop_table("credential_person")
    op.drop_table("credential")
    op.drop_table("waiver")
    op.drop_table("serial_counter")
    op.drop_table("signatory")
    op.drop_table("issuer")
    op.drop_table("stored_file")
