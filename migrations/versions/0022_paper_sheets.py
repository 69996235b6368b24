"""Paper sheets that were typed in, with their scans."""

import sqlalchemy as sa
from alembic import op

from advocates.audit.append_only import create_statements, drop_statements
from advocates.database import Instant

revision = "0022_paper_sheets"
down_revision = "0021_check_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("scan_file_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("witnessed_by", sa.Uuid(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("row_sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_paper_sheet_session_id_training_session")
        ),
        sa.ForeignKeyConstraint(
            ["scan_file_id"], ["stored_file.id"], name=op.f("fk_paper_sheet_scan_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_paper_sheet_entered_by_person")),
        sa.ForeignKeyConstraint(["witnessed_by"], ["person.id"], name=op.f("fk_paper_sheet_witnessed_by_person")),
    )
    for column in ("session_id", "audit_seq"):
        op.create_index(op.f(f"ix_paper_sheet_{column}"), "paper_sheet", [column])
    for statement in create_statements(op.get_bind().dialect.name, "paper_sheet"):
        op.execute(statement)


def downgrade() -> None:
    for statement in drop_statements(op.get_bind().dialect.name, "paper_sheet"):
        op.execute(statement)
    op.drop_table("paper_sheet")
