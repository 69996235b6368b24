"""The question bank: questions and their versions."""

revision = "0025_question_bank"
down_revision = "0024_debts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
