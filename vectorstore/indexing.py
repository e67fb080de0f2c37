"""Filling the keyword index and the vectors from parsed documents."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import EmbeddingModel, Vectors
from vectorstore.keywords import KeywordWriter
from vectorstore.places import chroma_place, keyword_folder
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument
from vectorstore.vectors import VectorStore


class Indexes:
    """The keyword index and the vectors, for writing; opened when first needed.

    Args:
        settings: where they are.
        facts: what the catalogue says of them.
    """

    def __init__(self, settings: LibrarySettings, facts: Mapping[str, str]) -> None:
        self._settings = settings
        self._facts = facts
        self._opened: tuple[KeywordWriter, VectorStore] | None = None

    def add(self, batch: Sequence[ParsedDocument], vectors: Vectors) -> None:
        """Add documents, or put them in the place of what is there under their ids.

        Args:
            batch: the documents.
            vectors: one row for each of their passages, in order.
        """
        keywords, store = self._open()
        for parsed in batch:
            keywords.add(parsed)
        keywords.commit()
        passages = [passage for parsed in batch for passage in parsed.passages]
        store.add(
            [passage.id for passage in passages], [passage.document_id for passage in passages], vectors
        )

    def remove(self, documents: Mapping[str, Sequence[str]]) -> None:
        """Take documents out.

        Args:
            documents: document id → ids of its passages.
        """
        keywords, store = self._open()
        keywords.remove(documents)
        keywords.commit()
        store.remove([passage_id for passage_ids in documents.values() for passage_id in passage_ids])

    def close(self) -> None:
        """Let go of both."""
        if self._opened:
            keywords, store = self._opened
            self._opened = None
            keywords.close()
            store.close()

    def _open(self) -> tuple[KeywordWriter, VectorStore]:
        if self._opened is None:
            keywords = KeywordWriter(keyword_folder(self._settings, self._facts))
            self._opened = keywords, VectorStore(chroma_place(self._settings), self._facts["collection"])
        return self._opened


def embed(catalogue: Catalogue, model: EmbeddingModel, batch: Sequence[ParsedDocument]) -> Vectors:
    """Embed the passages of documents, each with its title and headings, asking for no vector twice.

    Args:
        catalogue: holds the vectors that were paid for.
        model: makes the others.
        batch: the documents.

    Returns:
        One row a passage, in order.

    Raises:
        EmbeddingError: the endpoint failed.
    """
    texts = [
        "\n".join((parsed.document.title, *passage.section, passage.text))
        for parsed in batch
        for passage in parsed.passages
    ]
    if not model.costly or not texts:
        return model.embed(texts)
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    cached = catalogue.vectors(model.name, hashes)
    missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in cached}
    if missing:
        rows = model.embed(list(missing.values()))
        made = {key: row.tobytes() for key, row in zip(missing, rows, strict=True)}
        catalogue.keep_vectors(model.name, made)
        cached |= made
    return np.stack([np.frombuffer(cached[key], dtype=np.float32) for key in hashes])
