"""The catalogue's schema, version by version (Alembic)."""
