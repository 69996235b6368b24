"""Equivalence maps, and transfers from one version to another."""

import sqlalchemy as sa
from alembic import op

from advocates.audit.append_only import create_statements, drop_statements

revision = "0014_transfers"
down_revision = "0013_materials"
branch_labels = None
depends_on = None

REFUSAL = "an approved equivalence map never changes"
APPROVED = "SELECT 1 FROM equivalence_map WHERE approved_at IS NOT NULL AND"
PARTS = ("equivalence_line", "equivalence_gate")
KINDS = ("pre_test", "post_test", "skill", "agreement")


def upgrade() -> None:
    _maps()
    _transfers()
    for statement in _freeze(op.get_bind().dialect.name):
        op.execute(statement)
    for statement in create_statements(op.get_bind().dialect.name, "transfer"):
        op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in drop_statements(dialect, "transfer"):
        op.execute(statement)
    op.drop_table("transfer")
    for table in ("equivalence_gate", "equivalence_line", "equivalence_map"):
        op.drop_table(table)  # its triggers go with it
        if dialect == "postgresql":
            op.execute(f"DROP FUNCTION {table}_frozen()")


def _maps() -> None:
    op.create_table(
        "equivalence_map",
        sa.Column("from_version_id", sa.Uuid(), nullable=False),
        sa.Column("to_version_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("from_version_id <> to_version_id", name=op.f("ck_equivalence_map_two_versions")),
        sa.CheckConstraint("approved_by <> proposed_by", name=op.f("ck_equivalence_map_two_people")),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_equivalence_map_approved_by_somebody")
        ),
        *_keys("equivalence_map", "from_version_id:curriculum_version", "to_version_id:curriculum_version"),
        *_keys("equivalence_map", "proposed_by:person", "approved_by:person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equivalence_map")),
    )
    op.create_index("ix_equivalence_map_versions", "equivalence_map", ["from_version_id", "to_version_id"])
    op.create_table(
        "equivalence_line",
        sa.Column("map_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_module_id", sa.Uuid(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("to_minute", sa.Integer(), nullable=False),
        sa.Column("to_module_id", sa.Uuid(), nullable=False),
        sa.Column("to_from_minute", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "from_minute >= 0 AND to_minute > from_minute", name=op.f("ck_equivalence_line_slice_in_order")
        ),
        sa.CheckConstraint("to_from_minute >= 0", name=op.f("ck_equivalence_line_target_in_module")),
        *_keys("equivalence_line", "map_id:equivalence_map", "from_module_id:module", "to_module_id:module"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equivalence_line")),
    )
    op.create_index(op.f("ix_equivalence_line_map_id"), "equivalence_line", ["map_id"])
    op.create_table(
        "equivalence_gate",
        sa.Column("map_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="gatekind", native_enum=False, length=40), nullable=False),
        sa.Column("from_name", sa.String(length=500), nullable=False),
        sa.Column("to_name", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *_keys("equivalence_gate", "map_id:equivalence_map"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equivalence_gate")),
    )
    op.create_index("uq_equivalence_gate_target", "equivalence_gate", ["map_id", "kind", "to_name"], unique=True)


def _transfers() -> None:
    op.create_table(
        "transfer",
        sa.Column("from_enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("to_enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("map_id", sa.Uuid(), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("from_enrollment_id <> to_enrollment_id", name=op.f("ck_transfer_two_enrollments")),
        *_keys("transfer", "from_enrollment_id:enrollment", "to_enrollment_id:enrollment"),
        *_keys("transfer", "map_id:equivalence_map", "made_by:person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("from_enrollment_id", name=op.f("uq_transfer_from_enrollment_id")),
        sa.UniqueConstraint("to_enrollment_id", name=op.f("uq_transfer_to_enrollment_id")),
    )
    op.create_index(op.f("ix_transfer_audit_seq"), "transfer", ["audit_seq"])


def _keys(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    """Foreign keys, each said as `column:table`."""
    pairs = [column.split(":") for column in columns]
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
        for column, other in pairs
    ]


def _freeze(dialect: str) -> list[str]:
    """SQLite's INSERT OR REPLACE deletes without firing delete triggers, hence those before an insert."""
    if dialect == "sqlite":
        when = {
            "equivalence_map_no_update BEFORE UPDATE ON equivalence_map": "OLD.approved_at IS NOT NULL",
            "equivalence_map_no_delete BEFORE DELETE ON equivalence_map": "OLD.approved_at IS NOT NULL",
            "equivalence_map_no_replace BEFORE INSERT ON equivalence_map": f"EXISTS ({APPROVED} id = NEW.id)",
        }
        for part in PARTS:
            when[f"{part}_no_insert BEFORE INSERT ON {part}"] = (
                f"EXISTS ({APPROVED} id = NEW.map_id) OR "
                f"EXISTS ({APPROVED} id IN (SELECT map_id FROM {part} WHERE id = NEW.id))"
            )
            when[f"{part}_no_update BEFORE UPDATE ON {part}"] = f"EXISTS ({APPROVED} id IN (OLD.map_id, NEW.map_id))"
            when[f"{part}_no_delete BEFORE DELETE ON {part}"] = f"EXISTS ({APPROVED} id = OLD.map_id)"
        return [
            f"CREATE TRIGGER {trigger} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for trigger, condition in when.items()
        ]
    conditions = {"equivalence_map": ("OLD.approved_at IS NOT NULL", "UPDATE OR DELETE")}
    for part in PARTS:
        conditions[part] = (f"EXISTS ({APPROVED} id IN (OLD.map_id, NEW.map_id))", "INSERT OR UPDATE OR DELETE")
    statements = []
    for table, (condition, actions) in conditions.items():
        statements += [
            f"CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN COALESCE(NEW, OLD); END $$",
            f"CREATE TRIGGER {table}_frozen BEFORE {actions} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_frozen()",
        ]
    return statements
