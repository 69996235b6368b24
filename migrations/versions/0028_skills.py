"""Rubrics, authorizations and observations of skills."""

revision = "0028_skills"
down_revision = "0027_grades"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
