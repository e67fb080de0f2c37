"""The days on which each document applies and what was left out of it; those taken in before have neither."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the schema to this version."""
    op.add_column("documents", sa.Column("validity", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("texts", sa.Column("left_out", sa.JSON(none_as_null=True), nullable=True))
