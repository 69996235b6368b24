"""Rubrics, authorizations and observations of skills; a sign-off names the rubric that it was signed against."""

import sqlalchemy as sa
from alembic import op

from advocates.audit.append_only import create_statements, drop_statements
from advocates.database import Instant

revision = "0028_skills"
down_revision = "0027_grades"
branch_labels = None
depends_on = None


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "skill_rubric",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sa.String(500), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_rubric")),
        _refers("skill_rubric", "version_id", "curriculum_version"),
        _refers("skill_rubric", "written_by", "person"),
        sa.UniqueConstraint("version_id", "skill", "number", name=op.f("uq_skill_rubric_version_id_skill_number")),
    )
    op.create_table(
        "skill_authorization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sa.String(500), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=False),
        sa.Column("granted_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_authorization")),
        _refers("skill_authorization", "person_id", "person"),
        _refers("skill_authorization", "version_id", "curriculum_version"),
        _refers("skill_authorization", "granted_by", "person"),
        _refers("skill_authorization", "ended_by", "person"),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_skill_authorization_days_in_order")
        ),
    )
    for column in ("person_id", "version_id"):
        op.create_index(op.f(f"ix_skill_authorization_{column}"), "skill_authorization", [column])
    _create_observations()
    with op.batch_alter_table("skill_sign_off") as batch:
        batch.add_column(sa.Column("rubric_number", sa.Integer(), nullable=True))
    for statement in create_statements(op.get_bind().dialect.name, "skill_observation"):
        op.execute(statement)


def _create_observations() -> None:
    table = "skill_observation"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sa.String(500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Enum("done", "not_yet", name="outcome", native_enum=False, length=40), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("next_try_on", sa.Date(), nullable=True),
        sa.Column("sign_off_id", sa.Uuid(), nullable=True),
        sa.Column("observed_by", sa.Uuid(), nullable=False),
        sa.Column("observed_at", Instant(), nullable=False),
        sa.Column("device_at", Instant(), nullable=True),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _refers(table, "enrollment_id", "enrollment"),
        _refers(table, "rubric_id", "skill_rubric"),
        _refers(table, "sign_off_id", "skill_sign_off"),
        _refers(table, "observed_by", "person"),
        sa.UniqueConstraint("enrollment_id", "skill", "version", name=op.f(f"uq_{table}_enrollment_id_skill_version")),
        sa.UniqueConstraint("observed_by", "client_key", name=op.f(f"uq_{table}_observed_by_client_key")),
        sa.CheckConstraint("version > 0", name=op.f(f"ck_{table}_version_positive")),
        sa.CheckConstraint("(outcome = 'done') = (sign_off_id IS NOT NULL)", name=op.f(f"ck_{table}_done_is_signed")),
    )
    for column in ("enrollment_id", "audit_seq"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for statement in drop_statements(op.get_bind().dialect.name, "skill_observation"):
        op.execute(statement)
    with op.batch_alter_table("skill_sign_off") as batch:
        batch.drop_column("rubric_number")
    op.drop_table("skill_observation")
    op.drop_table("skill_authorization")
    op.drop_table("skill_rubric")
