"""Agreement texts in each language, and those that ask again."""

import sqlalchemy as sa
from alembic import op

from advocates.database import Instant

revision = "0029_agreement_texts"
down_revision = "0028_skills"
branch_labels = None
depends_on = None

LANGUAGES = ("en", "es", "pl", "zh", "ar")
TEXT = sa.table(
    "agreement_text", sa.column("id", sa.Uuid()), sa.column("version", sa.Integer()), sa.column("language", sa.String())
)


def upgrade() -> None:
    with op.batch_alter_table("agreement_text") as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(10), nullable=False, server_default="en"))
        batch_op.add_column(sa.Column("asks_again", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("reviewed_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("reviewed_at", Instant(), nullable=True))
        batch_op.drop_constraint(op.f("uq_agreement_text_key_version"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_agreement_text_key_version_language"), ["key", "version", "language"]
        )
        batch_op.create_foreign_key(op.f("fk_agreement_text_reviewed_by_person"), "person", ["reviewed_by"], ["id"])
        batch_op.create_check_constraint(
            op.f("ck_agreement_text_only_the_binding_text_asks_again"), "language = 'en' OR NOT asks_again"
        )
    bind = op.get_bind()
    for row in bind.execute(sa.select(TEXT.c.id, TEXT.c.version).where(TEXT.c.version < 0)).all():
        version, language = divmod(-row.version, len(LANGUAGES))
        stood = {"version": version, "language": LANGUAGES[language]}
        bind.execute(TEXT.update().where(TEXT.c.id == row.id).values(stood))


def downgrade() -> None:
    """A translation may be signed, so none goes: below zero it is in nobody's way, and is found again on the way up."""
    bind = op.get_bind()
    for row in bind.execute(sa.select(TEXT).where(TEXT.c.language != "en")).all():
        below = -(row.version * len(LANGUAGES) + LANGUAGES.index(row.language))
        bind.execute(TEXT.update().where(TEXT.c.id == row.id).values(version=below))
    with op.batch_alter_table("agreement_text") as batch_op:
        batch_op.drop_constraint(op.f("ck_agreement_text_only_the_binding_text_asks_again"), type_="check")
        batch_op.drop_constraint(op.f("fk_agreement_text_reviewed_by_person"), type_="foreignkey")
        batch_op.drop_constraint(op.f("uq_agreement_text_key_version_language"), type_="unique")
        batch_op.create_unique_constraint(op.f("uq_agreement_text_key_version"), ["key", "version"])
        for column in ("reviewed_at", "reviewed_by", "asks_again", "language"):
            batch_op.drop_column(column)
