"""Grades, disputes and regrades."""

revision = "0027_grades"
down_revision = "0026_sittings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
