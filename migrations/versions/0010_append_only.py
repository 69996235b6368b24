"""The audit chain, the marks and the ledger become append-only in the database itself."""

from alembic import op

from advocates.audit.append_only import APPEND_ONLY, create_statements, drop_statements

revision = "0010_append_only"
down_revision = "0009_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in APPEND_ONLY:
        for statement in create_statements(op.get_bind().dialect.name, table):
            op.execute(statement)


def downgrade() -> None:
    for table in APPEND_ONLY:
        for statement in drop_statements(op.get_bind().dialect.name, table):
            op.execute(statement)
