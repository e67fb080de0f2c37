"""The library as it stands: the newest complete generation, renewed as soon as there is another."""

from __future__ import annotations

import logging
import threading
from typing import cast

from vectorstore.catalogue import Catalogue
from vectorstore.database import Database
from vectorstore.embeddings import EmbeddingModel
from vectorstore.engines import engine_of
from vectorstore.errors import LibraryBusyError, LibraryError
from vectorstore.home import refuse_other_home
from vectorstore.languages.catalogue import tell
from vectorstore.settings import LibrarySettings
from vectorstore.snapshot import Snapshot
from vectorstore.tables import SCHEMA_VERSION
from vectorstore.writing import PATIENCE, writing

_log = logging.getLogger("vectorstore")


class Current:
    """Keeps the snapshot that readers share; safe to share between threads.

    Args:
        settings: where the library is; nothing is opened before it is read.
        embedding: of the queries.
    """

    def __init__(self, settings: LibrarySettings, embedding: EmbeddingModel) -> None:
        self._settings = settings
        self._embedding = embedding
        self._guard = threading.RLock()
        self._database: Database | None = None
        self._snapshot: Snapshot | None = None
        self._library = ""
        self._before = self._highest = 0
        self._looked_after = False

    def close(self) -> None:
        """Let go of everything; reading again opens it anew."""
        with self._guard:
            if self._snapshot:
                self._snapshot.close()
            if self._database:
                self._database.close()
            self._snapshot = self._database = None
            self._looked_after = False

    def snapshot(self) -> Snapshot:
        """Return the newest generation.

        Raises:
            LibraryError: the library cannot be read.
        """
        with self._guard:
            try:
                if self._database and self._database.is_replaced():
                    self.close()
                catalogue = self._opened()
                self._looked_after = self._looked_after or self._look_after(catalogue)
                state = catalogue.state_shown() if catalogue else ("", 0)
                if self._snapshot is None or self._snapshot.state != state:
                    self._renew(catalogue)
                return cast(Snapshot, self._snapshot)
            except LibraryError:
                # Whatever is wrong may be mended by the next question.
                self.close()
                raise

    def _renew(self, catalogue: Catalogue | None) -> None:
        facts = catalogue.facts() if catalogue else {}
        refuse_other_home(facts, self._settings)
        if self._snapshot:
            self._snapshot.close()
        self._snapshot = Snapshot(self._settings, catalogue, facts, self._embedding)
        library, generation = self._snapshot.state
        if generation and library != self._library:
            # What was learnt of another library must not look like the newest of this one.
            self._before = self._highest if self._library else 0
            self._library = library
        self._snapshot.number = generation and self._before + generation
        self._highest = max(self._highest, self._snapshot.number)

    def _look_after(self, catalogue: Catalogue | None) -> bool:
        """Finish what an interrupted writer left, unless one is at work; say whether no more is to do."""
        facts = catalogue.facts() if catalogue else {}
        if catalogue is None or not facts:
            # There is none, or it is only being made.
            return False
        refuse_other_home(facts, self._settings)
        unfinished = catalogue.unfinished(int(facts["generation"])) is not None
        if not unfinished and not engine_of(self._settings).missing(facts):
            return True
        try:
            with writing(self._settings, self._embedding, 0):
                return True
        except LibraryBusyError:
            # The writer at work looks after it; should it be killed, the next question does.
            return False
        except LibraryError as error:
            # What is whole can still be read.
            _log.warning(tell(str(error)))
            return True

    def _opened(self) -> Catalogue | None:
        if self._database is None:
            database = Database(self._settings)
            version = database.version()
            if not version:
                database.close()
                return None
            if version < SCHEMA_VERSION:
                with writing(self._settings, self._embedding, PATIENCE):
                    pass
            self._database = database
        return Catalogue(self._database)
