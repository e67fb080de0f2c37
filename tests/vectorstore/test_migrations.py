"""The migrations lead to exactly the tables that the program uses."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from vectorstore.database import Database
from vectorstore.settings import LibrarySettings
from vectorstore.tables import SCHEMA_VERSION, metadata


def test_migrations_make_the_tables_of_the_program(any_engine: LibrarySettings) -> None:
    any_engine.policy_data_dir.mkdir()
    database = Database(any_engine)
    assert database.version() == ""
    database.upgrade()
    assert database.version() == SCHEMA_VERSION
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()
