"""Backup and restore. A backup holds the catalogue with all that people left in it: indexes are made from it.

The files that documents were read from are no part of it: ingesting them again brings their copies back.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, exists, insert, select

from vectorstore.database import FILE, Database
from vectorstore.errors import LibraryError
from vectorstore.failures import refusal, storage_reason
from vectorstore.locking import exclusive
from vectorstore.maintenance import rebuild
from vectorstore.recovery import Progress
from vectorstore.settings import LibrarySettings
from vectorstore.tables import SCHEMA_VERSION, audit_log, meta, metadata, queued_files

_MANIFEST = "manifest.json"
_ROWS = 1_000
_CHUNK = 1 << 20


def backup(settings: LibrarySettings, file: Path) -> None:
    """Write the library into one file, as it is at this moment, while others read and write it.

    Args:
        settings: where the library is.
        file: a file that does not exist yet.

    Raises:
        LibraryError: there is no library, the file exists already, or it cannot be written.
    """
    with closing(Database(settings)) as database, _explained(file):
        if not database.known_version():
            raise LibraryError("政策库是空的，没有可备份的内容")
        if file.exists():
            raise LibraryError(f"备份文件 {file} 已存在，请换一个文件名")
        with tempfile.TemporaryDirectory(dir=file.absolute().parent) as folder:
            copy = Path(folder) / FILE
            if database.is_file:
                database.snapshot_to(copy)
            else:
                with closing(Database(LibrarySettings.in_folder(copy.parent))) as target:
                    _copy(database, target)
            manifest = {"schema": SCHEMA_VERSION, "made_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
            packed = Path(folder) / "packed"
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(_MANIFEST, json.dumps({**manifest, "sha256": _digest(copy)}))
                archive.write(copy, FILE)
            # Only a whole backup gets its name.
            packed.rename(file)


def restore(settings: LibrarySettings, file: Path, progress: Progress | None = None) -> None:
    """Fill an empty library from a backup, and make the indexes anew.

    Whoever has the empty library open goes on in the restored one. The log of what was done there stays.

    Args:
        settings: where the library shall be.
        file: what `backup` wrote.
        progress: told how many passages are done and how many there are.

    Raises:
        LibraryError: the file is no whole backup, or the library is not empty.
    """
    with (
        _explained(file),
        exclusive(settings, 0) as lock,
        closing(Database(settings, confirm=lock.confirm)) as target,
        tempfile.TemporaryDirectory(dir=_made(settings.policy_data_dir)) as folder,
    ):
        if not _is_empty(target):
            raise LibraryError(
                f"{settings.policy_data_dir} 中已有政策库或对话，请先移走，或用 POLICY_DATA_DIR 指定空目录"
            )
        _unpack(file, Path(folder))
        with closing(Database(LibrarySettings.in_folder(Path(folder)))) as source:
            source.upgrade()
            _copy(source, target)
    rebuild(settings, progress=progress)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _is_empty(database: Database) -> bool:
    """Whether there is nothing that a restored library would take the place of."""
    if not database.exists():
        return True
    database.upgrade()
    with database.reading() as connection:
        return not any(
            connection.scalar(select(exists().select_from(table)))
            for table in metadata.sorted_tables
            if table not in (meta, audit_log, queued_files)
        )


def _copy(source: Database, target: Database) -> None:
    """Copy all rows in one transaction on either side."""
    target.upgrade()
    with source.reading() as old, target.writing() as new:
        new.execute(delete(meta))
        for table in (one for one in metadata.sorted_tables if one is not queued_files):
            # A number that a server gives itself: given by us, its next one would be taken already.
            columns = [column for column in table.columns if column is not table.autoincrement_column]
            query = select(*columns).order_by(*table.primary_key)
            rows = old.execution_options(yield_per=_ROWS).execute(query).mappings()
            for part in rows.partitions(_ROWS):
                new.execute(insert(table), [dict(row) for row in part])


def _unpack(file: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            with archive.open(FILE) as packed, (folder / FILE).open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked, _CHUNK)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise LibraryError(f"{file} 不是完整的备份文件，请换一个备份") from error
    if manifest.get("sha256") != _digest(folder / FILE):
        raise LibraryError(f"备份文件 {file} 已损坏，请换一个备份")


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = storage_reason(error, file) or refusal(error)
        raise LibraryError(f"备份文件 {file} 无法读写：{reason}") from error
