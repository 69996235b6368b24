"""Assessments, sittings and answers."""

revision = "0026_sittings"
down_revision = "0025_question_bank"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
