"""Surveys, invitations and anonymous answers."""

revision = "0030_evaluations"
down_revision = "0029_agreement_texts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
