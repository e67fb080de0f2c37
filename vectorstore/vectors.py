"""The vectors of passages in Chroma. Made from the catalogue, so they may be thrown away.

chromadb itself and not langchain-chroma: vectors come ready-made from the catalogue's cache, calls must be
split at Chroma's limit, and readers must close and reopen; langchain-chroma offers none of the three.

What embedded Chroma does when it is shared decides the rest (measured with 1.5.9): a reader that is open does
not see another process's writes; one that opens during them may truncate the files or wait for ever; a kill
during its index sync breaks a collection for good. Hence nobody opens a folder that is being written.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from vectorstore.errors import LibraryError, SettingsError
from vectorstore.failures import is_engine_failure, storage_reason
from vectorstore.hashing import Vectors
from vectorstore.languages.language import own_words
from vectorstore.places import vector_folder
from vectorstore.read_only import copied, is_read_only
from vectorstore.settings import LibrarySettings
from vectorstore.types import PassageHit
from vectorstore.yardstick import nearest_of

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection

# Chroma refuses larger calls (client.get_max_batch_size()).
_BATCH = 5_000
# Every call reaches the index files at once, so that readers never have to write what was left over.
_INDEX = {"space": "cosine", "sync_threshold": 2, "batch_size": 2}
# chromadb counts its users of a folder without a lock.
_opening = threading.Lock()


class VectorStore:
    """One collection of passage vectors, compared by cosine.

    Args:
        settings: name a Chroma server, or leave it to the data folder.
        facts: what the catalogue says of the library.
        number: of the folder, or of the server's collection.
        create: make the collection where it is missing.

    Raises:
        LibraryError: it cannot be opened; the message names the way out.
    """

    def __init__(
        self, settings: LibrarySettings, facts: Mapping[str, str], number: str, create: bool = False
    ) -> None:
        self._where = settings.policy_chroma_url or str(vector_folder(settings, number))
        self._is_server = bool(settings.policy_chroma_url)
        name = f"policy-{facts['library']}-{number}" if self._is_server else "passages"
        folder = vector_folder(settings, number)
        with self._explained():
            # Chroma writes even where it only reads.
            self._copy = copied(folder) if not self._is_server and is_read_only(folder) else None
            place = Path(self._copy.name) if self._copy else folder
            with _opening:
                self._client = _connect(settings.policy_chroma_url or place)
            try:
                self._collection = (
                    self._client.get_or_create_collection(
                        name, configuration={"hnsw": _INDEX}, embedding_function=None
                    )
                    if create
                    else self._client.get_collection(name, embedding_function=None)
                )
            except BaseException:
                self.close()
                raise

    def add(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, or replace those with the same ids.

        Args:
            passage_ids: one for each vector.
            document_ids: the passages' documents.
            vectors: one row a passage.
        """
        for start in range(0, len(passage_ids), _BATCH):
            part = slice(start, start + _BATCH)
            with self._explained():
                self._collection.upsert(
                    ids=list(passage_ids[part]),
                    embeddings=vectors[part],
                    metadatas=[{"document": document_id} for document_id in document_ids[part]],
                )

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Take vectors out; unknown ids do not matter."""
        for start in range(0, len(passage_ids), _BATCH):
            with self._explained():
                self._collection.delete(ids=list(passage_ids[start : start + _BATCH]))

    def search(
        self, vector: Vectors, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> list[PassageHit]:
        """Find the passages whose vectors are nearest.

        Args:
            vector: the query's, one-dimensional.
            limit: most hits to return.
            documents: ids of the only documents to search; empty means all.
            without: ids of documents that are not searched.

        Returns:
            Hits, best first; the score is the cosine similarity.
        """
        if limit < 1:
            return []
        with self._explained():
            found = self._collection.query(
                query_embeddings=[vector],
                n_results=limit,
                where=_where(documents, without),
                include=["metadatas", "distances"],
            )
        ids, metadatas, distances = found["ids"][0], found["metadatas"], found["distances"]
        if metadatas is None or distances is None:
            return []
        return [
            PassageHit(key, str(metadata["document"]), 1.0 - distance)
            for key, metadata, distance in zip(ids, metadatas[0], distances[0], strict=True)
            if metadata
        ]

    def compare(self, vector: Vectors, limit: int, passage_ids: Collection[str]) -> list[PassageHit]:
        """Find the nearest of a few passages by their own vectors, without the index.

        Args:
            vector: the query's, one-dimensional.
            limit: most hits to return.
            passage_ids: the passages to compare; those without a vector are left out.

        Returns:
            Hits, best first; the score is the cosine similarity.
        """
        return nearest_of(self.vectors(passage_ids), vector, limit)

    def vectors(self, passage_ids: Collection[str]) -> dict[str, Vectors]:
        """Return passage id → vector; unknown ids are left out."""
        if not passage_ids:
            return {}
        with self._explained():
            found = self._collection.get(ids=list(passage_ids), include=["embeddings"])
        return dict(zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True))

    @property
    def collection(self) -> ChromaCollection:
        """Chroma's own collection."""
        collection: ChromaCollection = self._collection
        return collection

    def settle(self) -> None:
        """Wait until everything added or removed has reached the index: a query does."""
        with self._explained():
            sample = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
            if sample is not None and len(sample):
                self._collection.query(query_embeddings=[sample[0]], n_results=1, include=[])

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        found: set[str] = set()
        with self._explained():
            for offset in range(0, int(self._collection.count()), _BATCH):
                found.update(self._collection.get(limit=_BATCH, offset=offset, include=[])["ids"])
        return found

    def close(self) -> None:
        """Let go of Chroma."""
        with _opening:
            self._client.close()
        if self._copy:
            self._copy.cleanup()

    def _explained(self) -> AbstractContextManager[None]:
        return _explained(self._where, self._is_server)


def drop_unused(settings: LibrarySettings, facts: Mapping[str, str], kept: Collection[str]) -> None:
    """Delete the library's collections on a Chroma server that nobody can be using.

    Args:
        settings: name the server.
        facts: what the catalogue says of the library.
        kept: numbers of the collections to keep.

    Raises:
        LibraryError: the server cannot be used.
    """
    prefix = f"policy-{facts['library']}-"
    with _explained(settings.policy_chroma_url, is_server=True):
        client = _connect(settings.policy_chroma_url)
        try:
            for collection in client.list_collections():
                if collection.name.startswith(prefix) and collection.name.removeprefix(prefix) not in kept:
                    client.delete_collection(collection.name)
        finally:
            client.close()


@contextmanager
def _explained(where: str, is_server: bool) -> Iterator[None]:
    from chromadb.errors import NotFoundError

    try:
        yield
    except NotFoundError as error:
        raise LibraryError(f"向量库 {where} 中没有本库的向量，请运行 policy-assistant rebuild") from error
    except BaseException as error:
        if not is_engine_failure(error):
            raise
        if is_server:
            said = own_words("无法使用，请确认 Chroma 服务已启动并检查设置 POLICY_CHROMA_URL")
        else:
            said = storage_reason(error, Path(where)) or own_words("已损坏，请运行 policy-assistant rebuild")
        raise LibraryError(f"向量库 {where} {said}") from error


def _where(documents: Collection[str], without: Collection[str]) -> Any:
    """The filter of a search; Chroma takes no empty list, and no "and" of one part."""
    parts = [
        {"document": {operator: list(ids)}}
        for operator, ids in (("$in", documents), ("$nin", without))
        if ids
    ]
    return {"$and": parts} if len(parts) > 1 else next(iter(parts), None)


def _connect(place: Path | str) -> Any:
    # It takes long to load; what reads only the catalogue does not wait for it.
    import chromadb
    from chromadb.config import Settings
    from chromadb.errors import NotFoundError

    settings = Settings(anonymized_telemetry=False)
    if isinstance(place, Path):
        if not place.is_dir():
            raise NotFoundError
        return chromadb.PersistentClient(str(place), settings=settings)
    address = urlsplit(place)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise SettingsError("设置 POLICY_CHROMA_URL 的值无效，应形如 http://127.0.0.1:8000")
    secure = address.scheme == "https"
    return chromadb.HttpClient(
        address.hostname, address.port or (443 if secure else 8000), ssl=secure, settings=settings
    )
