"""Retrieval as LangChain's tutorials build it, to measure beside.

RecursiveCharacterTextSplitter with its default separators; then either BM25 as LangChain's BM25Retriever
computes it (rank_bm25 on words split at white space) or `Chroma.from_documents` and `similarity_search`.
Needs `pip install rank_bm25 langchain-text-splitters`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from benchmarks.corpus import MadeUpDocument

Search = Callable[[str, int], list[str]]

_CHUNK, _OVERLAP = 400, 40
# The most that one call to a local Chroma may carry.
_BATCH = 5000


def split(documents: Sequence[MadeUpDocument]) -> list[Document]:
    """Cut documents as the recipe does."""
    from langchain_text_splitters import (  # type: ignore[import-not-found, unused-ignore]
        RecursiveCharacterTextSplitter,
    )

    splitter = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)
    chunks: list[Document] = splitter.create_documents(
        [document.text for document in documents], [{"source": document.source} for document in documents]
    )
    return chunks


def bm25_search(chunks: Sequence[Document]) -> Search:
    """Return the recipe's keyword search."""
    from rank_bm25 import BM25Okapi  # type: ignore[import-untyped, import-not-found, unused-ignore]

    texts = [chunk.page_content for chunk in chunks]
    index = BM25Okapi([text.split() for text in texts])

    def search(query: str, limit: int) -> list[str]:
        return list(index.get_top_n(query.split(), texts, n=limit))

    return search


def vector_search(chunks: Sequence[Document], embeddings: Embeddings, folder: Path) -> Search:
    """Return the recipe's vector search."""
    store = Chroma.from_documents(
        list(chunks[:_BATCH]),
        embeddings,
        persist_directory=str(folder),
        client_settings=Settings(
            anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder)
        ),
        collection_metadata={"hnsw:space": "cosine"},
    )
    for start in range(_BATCH, len(chunks), _BATCH):
        store.add_documents(list(chunks[start : start + _BATCH]))

    def search(query: str, limit: int) -> list[str]:
        return [found.page_content for found in store.similarity_search(query, k=limit)]

    return search
