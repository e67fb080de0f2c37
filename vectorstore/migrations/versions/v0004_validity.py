"""The days on which each document applies, with the words that say so; documents taken in before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the schema to this version."""
    op.add_column("documents", sa.Column("validity", sa.JSON(none_as_null=True), nullable=True))
