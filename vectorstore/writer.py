"""Writing to the library: documents go in whole, batch by batch."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Literal

from vectorstore.catalogue import Catalogue, create_engine
from vectorstore.embeddings import EmbeddingModel, Vectors
from vectorstore.errors import LibraryError
from vectorstore.indexing import Indexes, embed
from vectorstore.settings import LibrarySettings
from vectorstore.snapshot import different_model
from vectorstore.types import ParsedDocument

Outcome = Literal["added", "updated", "unchanged", "duplicate"]

_BATCH_PASSAGES = 2_000
# A question under way may still load what it found, so what was replaced goes a little later.
_GRACE_SECONDS = 10.0


class LibraryWriter:
    """Changes the library; made by `PolicyLibrary.write`, which holds the lock.

    Args:
        settings: where the library is.
        embedding: of the passages.

    Raises:
        LibraryError: the library was filled with another embedding model.
    """

    def __init__(self, settings: LibrarySettings, embedding: EmbeddingModel) -> None:
        self._embedding = embedding
        self._catalogue = Catalogue(create_engine(settings))
        self._catalogue.create()
        self._facts = self._begin()
        self._generation = int(self._facts["generation"])
        self._indexes = Indexes(settings, self._facts)
        self._new: dict[str, ParsedDocument] = {}
        self._removed: list[str] = []
        self._changed: dict[str, str | None] = {}
        self._published = 0.0
        self._recover()
        holdings = self._catalogue.holdings()
        self._owners = {source: document_id for source, document_id, _ in holdings}
        self._hashes = {document_id: content_hash for _, document_id, content_hash in holdings}

    def sources(self) -> dict[str, str]:
        """Return source → content hash of every file that the library knows."""
        return {source: self._hashes[document_id] for source, document_id in self._owners.items()}

    def put(self, parsed: ParsedDocument) -> Outcome:
        """Take a document in; it shows with its batch, at the latest when the `write` block is left.

        Args:
            parsed: the document, its text and all its passages.

        Returns:
            "added"; "updated" where the source held other content before, which goes as this one
            comes; "unchanged"; "duplicate" where another source holds the same content: it is kept once.

        Raises:
            EmbeddingError: the embedding endpoint failed; nothing of the batch is stored.
        """
        document = parsed.document
        previous = self._owners.get(document.source, "")
        if previous == document.id:
            return "unchanged"
        known = document.id in self._hashes
        if not known:
            self._make_room(document.id)
            self._new[document.id] = parsed
            self._hashes[document.id] = document.content_hash
        self._own(document.source, document.id)
        if previous:
            self._release(previous)
        if sum(len(part.passages) for part in self._new.values()) >= _BATCH_PASSAGES:
            self.flush()
        if known:
            return "duplicate"
        return "updated" if previous else "added"

    def remove(self, document_id: str) -> None:
        """Take a document out, whichever files hold it.

        Raises:
            LibraryError: there is none with this id.
        """
        if document_id not in self._hashes:
            raise LibraryError(
                f"政策库中没有文件 {document_id}，请用 policy-assistant documents 查看现有文件"
            )
        for source in [source for source, owner in self._owners.items() if owner == document_id]:
            self._own(source, None)
        self._leave(document_id)

    def forget(self, source: str) -> None:
        """Take out a file that is gone; its document stays while another file holds the same content.

        Raises:
            LibraryError: the library does not know the file.
        """
        document_id = self._owners.get(source)
        if document_id is None:
            raise LibraryError(
                f"政策库中没有来自 {source} 的文件，请用 policy-assistant documents 查看现有文件"
            )
        self._own(source, None)
        self._release(document_id)

    def flush(self) -> None:
        """Store what was put and removed so far, and show it to readers.

        The order makes every interruption harmless: the catalogue takes the batch without showing it, the
        indexes follow, and raising the generation shows everything at once.

        Raises:
            EmbeddingError: the embedding endpoint failed; nothing of the batch is stored.
        """
        if not (self._new or self._removed or self._changed):
            return
        batch = list(self._new.values())
        vectors = embed(self._catalogue, self._embedding, batch)
        self._check_dimension(vectors)
        self._catalogue.store(batch, self._removed, self._changed, self._generation + 1)
        self._indexes.add(batch, vectors)
        self._publish()
        self._new, self._removed, self._changed = {}, [], {}

    def close(self) -> None:
        """Store what is left and let go of everything."""
        try:
            self.flush()
        finally:
            self._indexes.close()
            self._catalogue.close()

    def _begin(self) -> dict[str, str]:
        facts = self._catalogue.facts()
        if facts.get("generation", "0") == "0":
            facts = {
                "generation": "0",
                "published_at": "0",
                "keywords": "1",
                "collection": "passages-1",
                "embedding_model": self._embedding.name,
            }
            self._catalogue.state(facts)
        if facts["embedding_model"] != self._embedding.name:
            raise LibraryError(different_model(facts["embedding_model"], self._embedding.name))
        return facts

    def _recover(self) -> None:
        unfinished, removed = self._catalogue.pending(self._generation)
        if unfinished:
            batch = [self._catalogue.parsed(document_id) for document_id in unfinished]
            self._indexes.add(batch, embed(self._catalogue, self._embedding, batch))
            self._publish()
        if removed and time.time() - float(self._facts["published_at"]) > _GRACE_SECONDS:
            self._purge(removed)

    def _publish(self) -> None:
        self._generation += 1
        self._facts |= {"generation": str(self._generation), "published_at": str(time.time())}
        self._catalogue.state(self._facts)

    def _purge(self, document_ids: list[str]) -> None:
        self._indexes.remove({key: self._catalogue.passage_ids(key) for key in document_ids})
        self._catalogue.purge(document_ids)

    def _make_room(self, document_id: str) -> None:
        # The same content may have left a moment ago; ids are unique, so its remains go first.
        if document_id in self._removed:
            self.flush()
        _, removed = self._catalogue.pending(self._generation)
        if document_id in removed:
            self._purge([document_id])

    def _own(self, source: str, document_id: str | None) -> None:
        self._changed[source] = document_id
        if document_id is None:
            del self._owners[source]
        else:
            self._owners[source] = document_id

    def _release(self, document_id: str) -> None:
        heir = next((source for source, owner in self._owners.items() if owner == document_id), None)
        if heir is None:
            self._leave(document_id)
        elif document_id in self._new:
            parsed = self._new[document_id]
            self._new[document_id] = replace(parsed, document=replace(parsed.document, source=heir))
        else:
            self._catalogue.rename(document_id, heir)

    def _leave(self, document_id: str) -> None:
        del self._hashes[document_id]
        if self._new.pop(document_id, None) is None:
            self._removed.append(document_id)

    def _check_dimension(self, vectors: Vectors) -> None:
        if not vectors.size:
            return
        dimension = str(vectors.shape[1])
        recorded = self._facts.setdefault("embedding_dimension", dimension)
        if recorded != dimension:
            name = self._embedding.name
            raise LibraryError(different_model(f"{name}（{recorded} 维）", f"{name}，{dimension} 维"))
