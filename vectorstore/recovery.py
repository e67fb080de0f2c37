"""Finishing what an interrupted writer began, and making the indexes anew from the catalogue."""

from __future__ import annotations

import logging
from collections.abc import Callable

from vectorstore.engines import engine_of
from vectorstore.errors import LibraryError
from vectorstore.fitting import outdated
from vectorstore.home import refuse_other_home
from vectorstore.indexing import Indexes
from vectorstore.languages.catalogue import say, tell
from vectorstore.session import Session

_log = logging.getLogger("vectorstore")
Progress = Callable[[int, int], None]

# What has left an index goes on weighing on BM25 and taking room in HNSW until the index is made anew: where
# the catalogue counts it, and the share of what is shown that is borne.
_WORN = {"keywords": "worn_keywords", "vectors": "worn_vectors"}
_WORN_KEYWORDS = 0.1
_LEAST_WORN_VECTORS = 1_000
BOTH = frozenset({"keywords", "vectors"})


def recover(session: Session) -> None:
    """Bring a library in order before anything else is written to it.

    Indexes that are gone are made anew; documents that were stored but not shown are shown; documents that
    are no longer shown are deleted for good; folders that nobody needs are thrown away.

    Args:
        session: holds the lock.

    Raises:
        LibraryError: the library holds vectors of another model or in another place, or its indexes are
            another machine's.
    """
    refuse_other_home(session.facts, session.settings)
    if outdated(session.facts, session.embedding.name):
        _log.warning(say("内置向量已更新，正在重新生成……"))
        rebuild(session, frozenset({"vectors"}))
    session.check_vectors()
    sweep_unused(session)
    unfinished = session.catalogue.unfinished(session.generation)
    missing = engine_of(session.settings).missing(session.facts)
    if missing:
        _log.warning(say("索引缺失或损坏，正在由目录库重建……"))
        rebuild(session, missing)
    elif unfinished is not None:
        try:
            _finish(session, unfinished)
        except LibraryError as error:
            _log.warning(say("{error}；正在由目录库重建索引……", error=tell(str(error))))
            rebuild(session)
    if unfinished is not None:
        _log.warning(say("上次写入中途停止，已自动补齐 {count} 个文件", count=len(unfinished)))
    removed = session.catalogue.removed(session.in_use()[0].generation)
    if removed:
        _purge(session, removed)


def sweep_unused(session: Session) -> None:
    """Throw away the folders of indexes that nobody can be using."""
    states = session.in_use()
    kept_keywords = {state.keywords for state in states} | {session.facts["keywords"]}
    kept_vectors = {state.vectors for state in states} | {session.facts["vectors"]}
    engine_of(session.settings).sweep(session.facts, kept_keywords, kept_vectors)


def rebuild(session: Session, parts: frozenset[str] = BOTH, progress: Progress | None = None) -> None:
    """Make indexes anew from the catalogue, beside the old ones, and switch over at the end.

    Args:
        session: holds the lock; its embedding becomes the library's.
        parts: "keywords", "vectors" or both; documents not shown yet take both.
        progress: told how many passages are done and how many there are.

    Raises:
        EmbeddingError: the endpoint failed; what it did is kept, and the next call goes on there.
    """
    catalogue, generation = session.catalogue, session.generation
    if catalogue.unfinished(generation) is not None:
        parts = BOTH
    indexes = Indexes(session.settings, session.facts, fresh=parts, only=parts)
    vectors = "vectors" in parts
    if vectors:
        session.adopt_embedding()
    total, before = catalogue.count(generation + 1), 0

    def told(count: int) -> None:
        if progress:
            progress(before + count, total)

    try:
        indexes.open()
        for batch in session.batches(sorted(catalogue.visible(generation + 1))):
            session.pause()
            indexes.add(session.corrected(batch), session.embed(batch, told=told) if vectors else None)
            before += sum(len(parsed.passages) for parsed in batch)
            told(0)
        session.publish({**indexes.seal(), **{_WORN[part]: "0" for part in parts}})
    finally:
        indexes.close()


def _finish(session: Session, unfinished: list[str]) -> None:
    indexes = Indexes(session.settings, session.facts)
    try:
        indexes.open()
        for batch in session.batches(unfinished):
            indexes.add(session.corrected(batch), session.embed(batch))
        session.publish(indexes.seal())
    finally:
        indexes.close()


def _purge(session: Session, document_ids: list[str]) -> None:
    leaving = {key: session.catalogue.passage_ids(key) for key in document_ids}
    worn = {name: str(int(session.facts[name]) + sum(map(len, leaving.values()))) for name in _WORN.values()}
    indexes = Indexes(session.settings, session.facts)
    try:
        indexes.remove(leaving)
        session.publish({**indexes.seal(), **worn})
    finally:
        indexes.close()
    session.catalogue.purge(document_ids)
    shown = session.catalogue.count(session.generation)
    parts = set()
    if int(worn[_WORN["keywords"]]) > shown * _WORN_KEYWORDS:
        parts.add("keywords")
    if int(worn[_WORN["vectors"]]) > max(shown, _LEAST_WORN_VECTORS):
        parts.add("vectors")
    if parts:
        rebuild(session, frozenset(parts))
