"""Answers questions about the documents of the policy library, every statement with its verbatim source."""

from assistant.assistant import Assistant
from assistant.models.stream import AnswerStream
from assistant.retriever import HybridRetriever
from assistant.types import Answer, Citation, Hit, Scope, Turn

__all__ = ["Answer", "AnswerStream", "Assistant", "Citation", "Hit", "HybridRetriever", "Scope", "Turn"]
