"""A published curriculum version and its modules no longer change, in the database itself."""

from alembic import op

revision = "0011_published_versions"
down_revision = "0010_append_only"
branch_labels = None
depends_on = None

REFUSAL = "a published version never changes"
PUBLISHED = "SELECT 1 FROM curriculum_version WHERE published_at IS NOT NULL AND"
# SQLite: trigger -> when it refuses. INSERT OR REPLACE deletes without firing delete triggers, hence the inserts.
SQLITE = {
    "curriculum_version_no_update BEFORE UPDATE ON curriculum_version": "OLD.published_at IS NOT NULL",
    "curriculum_version_no_delete BEFORE DELETE ON curriculum_version": "OLD.published_at IS NOT NULL",
    "curriculum_version_no_replace BEFORE INSERT ON curriculum_version": f"EXISTS ({PUBLISHED} (id = NEW.id "
    "OR curriculum_id = NEW.curriculum_id AND number = NEW.number))",
    "version_module_no_insert BEFORE INSERT ON version_module": f"EXISTS ({PUBLISHED} id = NEW.version_id)",
    "version_module_no_update BEFORE UPDATE ON version_module": f"EXISTS ({PUBLISHED} "
    "id IN (OLD.version_id, NEW.version_id))",
    "version_module_no_delete BEFORE DELETE ON version_module": f"EXISTS ({PUBLISHED} id = OLD.version_id)",
}
# PostgreSQL: table -> when its function refuses, and the actions it stands before.
POSTGRESQL = {
    "curriculum_version": ("OLD.published_at IS NOT NULL", "UPDATE OR DELETE"),
    "version_module": (f"EXISTS ({PUBLISHED} id IN (OLD.version_id, NEW.version_id))", "INSERT OR UPDATE OR DELETE"),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger, condition in SQLITE.items():
            op.execute(f"CREATE TRIGGER {trigger} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
        return
    for table, (condition, actions) in POSTGRESQL.items():
        op.execute(
            f"CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN COALESCE(NEW, OLD); END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE {actions} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_frozen()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in SQLITE:
            op.execute(f"DROP TRIGGER {trigger.split()[0]}")
        return
    for table in POSTGRESQL:
        op.execute(f"DROP TRIGGER {table}_frozen ON {table}")
        op.execute(f"DROP FUNCTION {table}_frozen()")
