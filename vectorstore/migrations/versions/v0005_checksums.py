"""A hash of what each row of a document says; what is there already is taken as it is."""

import sqlalchemy as sa
from alembic import op

from vectorstore.checksums import checksum

revision = "0005"
down_revision = "0004"
_KEYS = {
    "documents": ("id",),
    "texts": ("document_id",),
    "passages": ("id",),
    "document_tables": ("document_id", "ordinal"),
}


def upgrade() -> None:
    """Bring the schema to this version."""
    connection = op.get_bind()
    for name, keys in _KEYS.items():
        op.add_column(name, sa.Column("checksum", sa.String(length=32), server_default="", nullable=False))
        table = sa.Table(name, sa.MetaData(), autoload_with=connection)
        for known in connection.execute(sa.select(*(table.c[key] for key in keys))).all():
            row = sa.and_(*(table.c[key] == value for key, value in zip(keys, known, strict=True)))
            values = connection.execute(sa.select(table).where(row)).one()._asdict()
            connection.execute(sa.update(table).where(row).values(checksum=checksum(table, values)))
