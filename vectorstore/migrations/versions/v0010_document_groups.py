"""The groups that documents belong to; those of before are for everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the schema to this version."""
    op.create_table(
        "document_groups",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", "name"),
    )
    op.create_index(op.f("ix_document_groups_name"), "document_groups", ["name"], unique=False)
