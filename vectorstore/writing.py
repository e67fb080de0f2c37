"""Opening the library for writing: alone, in order, and so that ending it loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager

from vectorstore.database import Database
from vectorstore.dictionary import learn_dictionary
from vectorstore.document_groups import DocumentGroups
from vectorstore.embeddings import EmbeddingModel, embedding_model
from vectorstore.languages.catalogue import say
from vectorstore.locking import exclusive
from vectorstore.recovery import recover
from vectorstore.session import Session
from vectorstore.settings import LibrarySettings
from vectorstore.stopping import safe_points
from vectorstore.tables import SCHEMA_VERSION
from vectorstore.writer import LibraryWriter

_log = logging.getLogger("vectorstore")
PATIENCE = 60.0
"""Seconds to wait for another writer."""


def bring_up_to_date(settings: LibrarySettings) -> None:
    """Make the catalogue of an empty library, or give that of an older program today's tables.

    Args:
        settings: where the library is.

    Raises:
        LibraryBusyError: another process went on writing.
    """
    with exclusive(settings, PATIENCE) as lock:
        Session(settings, embedding_model(settings), lambda: None, lock).close()


def expect(
    settings: LibrarySettings,
    source: str,
    groups: Collection[str],
    within: Collection[str] | None = None,
    *,
    there: bool = False,
) -> bool:
    """Let a file that is to come be seen by groups alone, without waiting for whoever is writing.

    What the library has under the name already is shown to others no longer than this generation.

    Args:
        settings: where the library is.
        source: name of the file.
        groups: as `group_names` gives them.
        within: the only groups whose files may be under the name already; None: anybody's may.
        there: whether a file has the name already, though the library may not know it.

    Returns:
        Whether that was so; else nothing is changed.

    Raises:
        LibraryError: the library cannot be written.
    """
    with closing(Database(settings)) as database:
        if database.version() != SCHEMA_VERSION:
            bring_up_to_date(settings)
        return DocumentGroups(database).claim(source, groups, within, there=there)


@contextmanager
def writing(settings: LibrarySettings, embedding: EmbeddingModel, wait: float) -> Iterator[LibraryWriter]:
    """Lend a writer of a library, as `PolicyLibrary.write` does.

    Args:
        settings: where the library is.
        embedding: of its passages.
        wait: seconds to wait for another writer.
    """
    learn_dictionary(settings.policy_dictionary)
    with exclusive(settings, wait) as lock, safe_points() as pause:
        session = Session(settings, embedding, pause, lock)
        try:
            recover(session)
            with closing(LibraryWriter(session)) as writer:
                yield writer
            pause()
        except KeyboardInterrupt:
            shown = len(session.catalogue.visible(session.generation))
            _log.warning(say("已在安全点停止，政策库中现有 {count} 个文件", count=shown))
            raise
        finally:
            session.close()
