"""The migrations lead to exactly the tables that the program uses, and older libraries go on."""

from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, insert, select

from tests.vectorstore.samples import DISTRICTS, parsed
from vectorstore.backup import backup, restore
from vectorstore.database import Database
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.tables import SCHEMA_VERSION, metadata
from vectorstore.types import DocumentKind


def library_of(schema: str, folder: Path) -> LibrarySettings:
    """Make a library with one document as the program of an earlier schema left it."""
    today = LibrarySettings(policy_data_dir=folder / "today")
    with PolicyLibrary.open(today) as library, library.write() as writer:
        writer.put(parsed("规划.txt", tables=(DISTRICTS,)))
    earlier = LibrarySettings(policy_data_dir=folder / "earlier")
    earlier.policy_data_dir.mkdir()
    config = Config()
    config.set_main_option("script_location", "vectorstore:migrations")
    known = MetaData()
    with closing(Database(today)) as new, closing(Database(earlier)) as old:
        with old.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, schema)
            known.reflect(connection)
        with new.reading() as source, old.writing() as target:
            for table in known.sorted_tables:
                rows = source.execute(select(table)).mappings().all()
                if rows and table.name != "alembic_version":
                    target.execute(insert(table), [dict(row) for row in rows])
    return earlier


def test_migrations_make_the_tables_of_the_program(any_engine: LibrarySettings) -> None:
    any_engine.policy_data_dir.mkdir()
    database = Database(any_engine)
    assert database.version() == ""
    database.upgrade()
    assert database.version() == SCHEMA_VERSION
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


def test_a_library_of_the_first_schema_is_upgraded_when_it_is_opened(tmp_path: Path) -> None:
    settings = library_of("0001", tmp_path)
    with PolicyLibrary.open(settings) as library:
        (document,) = library.documents()
        assert document.kind is DocumentKind.UNKNOWN
        assert library.tables(document.id) == ()
        assert library.search_keywords("加计扣除", 1)
        with library.write() as writer:
            writer.put(parsed("新规划.txt", title="青岚市新规划", tables=(DISTRICTS,)))
        assert [library.tables(one.id) for one in library.documents()] == [(DISTRICTS,), ()]
    with closing(Database(settings)) as database:
        assert database.version() == SCHEMA_VERSION


def test_a_library_of_the_second_schema_keeps_kinds_and_tables(tmp_path: Path) -> None:
    with PolicyLibrary.open(library_of("0002", tmp_path)) as library:
        (document,) = library.documents()
        assert document == parsed("规划.txt").document
        assert library.tables(document.id) == (DISTRICTS,)
        assert library.search_keywords("加计扣除", 1)


def test_a_backup_of_the_first_schema_is_restored(tmp_path: Path, any_engine: LibrarySettings) -> None:
    backup(library_of("0001", tmp_path), tmp_path / "backup.zip")
    restore(any_engine, tmp_path / "backup.zip")
    with PolicyLibrary.open(any_engine) as library:
        assert [document.source for document in library.documents()] == ["规划.txt"]
