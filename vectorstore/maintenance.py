"""What is done to a whole library: make its indexes anew, or change its embedding model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vectorstore.embeddings import embedding_model
from vectorstore.facts import FactReading
from vectorstore.home import refuse_other_home
from vectorstore.locking import exclusive
from vectorstore.recovery import BOTH, Progress, recover, sweep_unused
from vectorstore.recovery import rebuild as rebuild_indexes
from vectorstore.session import VECTOR_WEIGHT, Session
from vectorstore.settings import LibrarySettings
from vectorstore.stopping import safe_points
from vectorstore.types import ParsedDocument
from vectorstore.writing import PATIENCE

FactReader = Callable[[ParsedDocument], FactReading]


def rebuild(
    settings: LibrarySettings,
    wait: float = PATIENCE,
    progress: Progress | None = None,
    read_facts: FactReader | None = None,
) -> None:
    """Make keyword index and vectors anew from the catalogue; until then readers use the old ones.

    Args:
        settings: where the library is.
        wait: seconds to wait for another writer.
        progress: told how many passages are done and how many there are.
        read_facts: reads what a document states, to be stored in the place of what was read before.

    Raises:
        LibraryBusyError: another process went on writing.
        LibraryError: the library holds vectors of another model.
        EmbeddingError: the endpoint was needed and failed.
    """
    with writing_session(settings, wait) as session:
        session.check_model()
        if read_facts:
            _reread_facts(session, read_facts)
        rebuild_indexes(session, BOTH, progress)


def reembed(settings: LibrarySettings, wait: float = PATIENCE, progress: Progress | None = None) -> None:
    """Give every passage a vector of the settings' model, beside the old ones, and switch over at the end.

    Interrupted, the next call goes on where it stopped: what an endpoint has made is kept in the catalogue.

    Args:
        settings: where the library is, and the new model.
        wait: seconds to wait for another writer.
        progress: told how many passages are done and how many there are.

    Raises:
        LibraryBusyError: another process went on writing.
        EmbeddingError: the endpoint failed.
    """
    with writing_session(settings, wait) as session:
        refuse_other_home(session.facts, settings)
        session.deferring = False
        rebuild_indexes(session, frozenset({"vectors"}), progress)


def weigh_vectors(settings: LibrarySettings, weight: float, wait: float = PATIENCE) -> None:
    """Record what the share of vector search is weighed with; it holds until the embedding model changes.

    Args:
        settings: where the library is.
        weight: 0.0 to 1.0.
        wait: seconds to wait for another writer.

    Raises:
        LibraryBusyError: another process went on writing.
        LibraryError: the library holds vectors of another model.
    """
    with writing_session(settings, wait) as session:
        session.check_model()
        # What an interrupted writer left would show itself unfinished in the generation that follows.
        recover(session)
        session.publish({VECTOR_WEIGHT: str(weight)})


def _reread_facts(session: Session, read_facts: FactReader) -> None:
    catalogue = session.catalogue
    for batch in session.batches(sorted(catalogue.visible(session.generation + 1))):
        for parsed in session.corrected(batch):
            session.pause()
            document = parsed.document
            catalogue.fact_records.put(document.id, document.region, read_facts(parsed), session.facts)


@contextmanager
def writing_session(settings: LibrarySettings, wait: float) -> Iterator[Session]:
    """Lend the catalogue for writing, with nothing brought in order but the folders that nobody uses.

    Args:
        settings: where the library is.
        wait: seconds to wait for another writer.

    Raises:
        LibraryBusyError: another process went on writing.
    """
    embedding = embedding_model(settings)
    with exclusive(settings, wait) as lock, safe_points() as pause:
        session = Session(settings, embedding, pause, lock)
        try:
            sweep_unused(session)
            yield session
        finally:
            session.close()
