"""What every embedding can do."""

from __future__ import annotations

from typing import Protocol


class TextEmbeddings(Protocol):
    """The half of LangChain's `Embeddings` that is used here; the whole takes 0.2 s to load."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a passage."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        ...
