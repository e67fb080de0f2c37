"""The library's vectors as a vector store of LangChain, read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, ClassVar

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from vectorstore.embeddings import EmbeddingModel, Rarity
from vectorstore.errors import LibraryError
from vectorstore.languages.language import own_words
from vectorstore.types import Passage, PolicyDocument

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection

_READ_ONLY = own_words("资料库的向量只读；请用 policy-assistant ingest 收录、policy-assistant remove 移除")
_NO_TEXT = own_words("向量库不存原文，不能用 where_document 筛选；请改用 where，或用关键词查找")
# What Chroma knows of a passage; texts and metadata are the catalogue's.
_KEPT = ("ids", "distances", "embeddings")
_Opened = Callable[[], AbstractContextManager["ChromaCollection"]]
_Load = Callable[[Sequence[str]], Iterable[tuple[PolicyDocument, Passage]]]


class LangChainEmbeddings(Embeddings):
    """An embedding of the library with both halves of LangChain's interface.

    Args:
        model: makes the vectors; both methods raise its EmbeddingError.
        rarity: tells how rare the tokens of a question are, as the library's own search weighs them.
    """

    def __init__(self, model: EmbeddingModel, rarity: Rarity | None = None) -> None:
        self._model = model
        self._rarity = rarity

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        rows: list[list[float]] = self._model.embed(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        row: list[float] = self._model.embed_query(text, self._rarity).tolist()
        return row


def langchain_document(document: PolicyDocument, passage: Passage) -> Document:
    """Return a passage as LangChain's splitters and evaluators know it: `source`, `page`, `start_index`."""
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "source": document.source,
            "title": document.title,
            "section": list(passage.section),
            "page": passage.page,
            "start_index": passage.start,
            "document": document.source,
            "document_id": document.id,
            "passage_id": passage.id,
        },
    )


def chroma_of(load: _Load, opened: _Opened, model: EmbeddingModel, rarity: Rarity) -> Chroma:
    """Return langchain-chroma's store on the library's collection.

    Args:
        load: gives the passages of ids with their documents: Chroma does not keep the texts.
        opened: gives the collection for the length of a call.
        model: embeds the questions.
        rarity: tells how rare the tokens of a question are.
    """
    passages: Any = _Passages(load, opened)
    embeddings = LangChainEmbeddings(model, rarity)
    return Chroma(client=passages, embedding_function=embeddings, create_collection_if_not_exists=False)


class _Passages:
    """Client and collection as langchain-chroma reads them, with the texts of the catalogue."""

    name = "passages"
    # From which relevance scores are worked out.
    configuration: ClassVar = {"hnsw": {"space": "cosine"}}

    def __init__(self, load: _Load, opened: _Opened) -> None:
        self._load = load
        self._opened = opened

    def get_collection(self, name: str) -> _Passages:
        """Return itself, whatever the name."""
        return self

    def query(self, *, where_document: Any = None, **asked: Any) -> dict[str, Any]:
        """Search as Chroma does; passages that the library does not show are left out."""
        _refuse(where_document)
        asked["include"] = _without_texts(asked.get("include") or ["metadatas", "distances"])
        with self._opened() as collection:
            found: dict[str, Any] = dict(collection.query(**asked))
        rows = [
            self._filled({key: found[key][place] for key in _KEPT if found.get(key) is not None})
            for place in range(len(found["ids"]))
        ]
        return {key: [row[key] for row in rows] for key in rows[0]}

    def get(self, *, where_document: Any = None, **asked: Any) -> dict[str, Any]:
        """Return passages by id or filter as Chroma does."""
        _refuse(where_document)
        asked["include"] = _without_texts(asked.get("include") or ["metadatas"])
        with self._opened() as collection:
            return self._filled(dict(collection.get(**asked)))

    def __getattr__(self, name: str) -> Any:
        raise LibraryError(_READ_ONLY)

    def _filled(self, found: dict[str, Any]) -> dict[str, Any]:
        known = {
            passage.id: langchain_document(document, passage)
            for document, passage in self._load(found["ids"])
        }
        kept = [place for place, key in enumerate(found["ids"]) if key in known]
        shown: dict[str, Any] = {
            key: [found[key][place] for place in kept] for key in _KEPT if found.get(key) is not None
        }
        shown["documents"] = [known[key].page_content for key in shown["ids"]]
        shown["metadatas"] = [known[key].metadata for key in shown["ids"]]
        return shown


def _refuse(where_document: Any) -> None:
    if where_document:
        raise LibraryError(_NO_TEXT)


def _without_texts(include: Iterable[str]) -> list[str]:
    return [one for one in include if one in ("metadatas", "distances", "embeddings")]
