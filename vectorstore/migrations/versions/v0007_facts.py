"""What documents state; those taken in before have no facts until `rebuild` reads them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Bring the schema to this version."""
    op.add_column("texts", sa.Column("facts_problem", sa.Text(), nullable=True))
    op.create_table(
        "facts",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("value_kind", sa.String(length=16), nullable=False),
        sa.Column("claim", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("statement", sa.JSON(), nullable=False),
        sa.Column("passage", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(length=32), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "ordinal"),
    )
    op.create_index("facts_by_claim", "facts", ["claim", "amount", "document_id"])
    in_order = ["kind", "name", "year", "document_id", "ordinal", "until", "region", "value_kind", "claim"]
    op.create_index("facts_in_order", "facts", in_order)
