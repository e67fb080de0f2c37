"""Answers questions about the documents of the policy library, every statement with its verbatim source."""

from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.models.stream import AnswerStream
from assistant.types import Answer, Citation, Hit, Scope, Turn

if TYPE_CHECKING:
    from assistant.hybrid_retriever import HybridRetriever

__all__ = ["Answer", "AnswerStream", "Assistant", "Citation", "Hit", "HybridRetriever", "Scope", "Turn"]


def __getattr__(name: str) -> Any:
    # LangChain's retrievers take half a second to load, which every command would wait for.
    if name == "HybridRetriever":
        from assistant.hybrid_retriever import HybridRetriever

        return HybridRetriever
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
