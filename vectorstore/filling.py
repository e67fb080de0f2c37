"""Giving vectors to the documents that keywords alone find so far.

Vectors are made without the library's lock, so that others may write meanwhile, and kept in the catalogue;
they are added and shown under it, which takes seconds. Stopped or killed, the next call goes on there.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager

from vectorstore.catalogue import Catalogue
from vectorstore.database import Database
from vectorstore.embeddings import EmbeddingModel, embedding_model
from vectorstore.errors import DamagedError
from vectorstore.fitting import refuse_other_model
from vectorstore.hashing import embedded_text
from vectorstore.indexing import Indexes
from vectorstore.maintenance import writing_session
from vectorstore.passage_vectors import WAITING, as_fact, waiting_in
from vectorstore.recovery import Progress, recover
from vectorstore.settings import LibrarySettings
from vectorstore.stopping import safe_points
from vectorstore.tables import SCHEMA_VERSION
from vectorstore.vector_cache import VectorCache

# Showing takes a copy of all vectors and lets readers open anew, so the more there are the rarer it is.
_LEAST_SHOWN = 256
_SHOWN_SHARE = 4
# Nobody writes to a library for longer without a pause.
_PATIENCE = 3_600.0
_SAMPLES = 3


def fill(settings: LibrarySettings, progress: Progress | None = None) -> None:
    """Give every document that waits for its vectors what it waits for, some at a time.

    Args:
        settings: where the library is, and its model.
        progress: told how many passages are done and how many there are.

    Raises:
        EmbeddingError: the model cannot be used; what was done is kept.
        LibraryError: the library is of another model, or cannot be written.
    """
    model = embedding_model(settings)
    done = 0
    with safe_points() as pause, _opened(settings) as catalogue:
        if catalogue is None:
            return
        cache = VectorCache(catalogue.database, model)
        while waiting := _waiting(catalogue, model):
            total = done + sum(catalogue.passage_counts(waiting).values())

            def told(count: int, before: int = done, total: int = total) -> None:
                pause()
                if progress:
                    progress(before + count, total)

            embedded = catalogue.count(int(catalogue.facts()["generation"])) - total + done
            chosen, texts = _chosen(catalogue, waiting, max(_LEAST_SHOWN, embedded // _SHOWN_SHARE))
            cache.embed(texts, told)
            done += len(texts)
            _show(settings, chosen)


def unfilled(settings: LibrarySettings) -> int:
    """Return how many passages wait for their vectors."""
    with _opened(settings) as catalogue:
        if catalogue is None:
            return 0
        return sum(catalogue.passage_counts(_waiting(catalogue)).values())


def expected_seconds(settings: LibrarySettings) -> float:
    """Return how long giving vectors to all that wait for them will take, by trying a few.

    Raises:
        EmbeddingError: the model cannot be used.
    """
    model = embedding_model(settings)
    with _opened(settings) as catalogue:
        waiting = _waiting(catalogue, model) if catalogue else []
        if catalogue is None or not waiting:
            return 0.0
        _, texts = _chosen(catalogue, waiting, _LEAST_SHOWN)
        samples = texts[:: max(1, len(texts) // _SAMPLES)][:_SAMPLES]
        model.embed(samples[:1])  # Loading it is no measure.
        started = time.perf_counter()
        model.embed(samples)
        each = (time.perf_counter() - started) / max(1, len(samples))
        return each * sum(catalogue.passage_counts(waiting).values())


@contextmanager
def _opened(settings: LibrarySettings) -> Iterator[Catalogue | None]:
    """Lend the catalogue for reading; none where there is none, or only an older program's."""
    with closing(Database(settings)) as database:
        yield Catalogue(database) if database.version() == SCHEMA_VERSION else None


def _waiting(catalogue: Catalogue, model: EmbeddingModel | None = None) -> list[str]:
    facts = catalogue.facts()
    waiting = waiting_in(facts)
    if waiting and model:
        refuse_other_model(facts, model.name)
    return sorted(waiting & catalogue.visible(int(facts["generation"]))) if waiting else []


def _chosen(catalogue: Catalogue, waiting: Sequence[str], most: int) -> tuple[list[str], list[str]]:
    """Return the next documents, so many that their passages are enough, and what is embedded of them."""
    chosen: list[str] = []
    texts: list[str] = []
    for document_id in waiting:
        if len(texts) >= most:
            break
        chosen.append(document_id)
        try:
            parsed = catalogue.parsed(document_id)
        except DamagedError:
            continue
        texts += [embedded_text(parsed.document, passage) for passage in parsed.passages]
    return chosen, texts


def _show(settings: LibrarySettings, document_ids: Collection[str]) -> None:
    """Add the vectors that were made for documents, and let readers see them."""
    with writing_session(settings, _PATIENCE) as session:
        recover(session)
        # Some may have been replaced meanwhile, or have got their vectors otherwise.
        mine = waiting_in(session.facts).intersection(document_ids)
        if not mine:
            return
        indexes = Indexes(session.settings, session.facts, only=frozenset({"vectors"}))
        try:
            for batch in session.batches(sorted(mine)):
                indexes.add(batch, session.embed(batch))
            # What cannot be read waits for `repair`, which brings it in anew.
            waiting = waiting_in(session.facts) - session.catalogue.damaged
            session.facts[WAITING] = as_fact(waiting)
            session.publish(indexes.seal())
        finally:
            indexes.close()
