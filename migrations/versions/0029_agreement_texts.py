"""Agreement texts in each language, and those that ask again."""

revision = "0029_agreement_texts"
down_revision = "0028_skills"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
