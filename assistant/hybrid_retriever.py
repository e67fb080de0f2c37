"""The search of the policy library as a retriever of LangChain, for chains of one's own."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.question import understand
from assistant.retriever import find
from assistant.types import Hit, Scope
from assistant.understanding.names import learn_names
from vectorstore.langchain_store import langchain_document
from vectorstore.library import PolicyLibrary


class HybridRetriever(BaseRetriever):
    """Finds the passages that a question is about.

    Attributes:
        library: the policy library to search.
        limit: number of passages returned, best first.
        scope: what the search is limited to.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: PolicyLibrary
    limit: int = 10
    scope: Scope = Scope()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        question = understand(query, names=learn_names(self.library.documents()))
        hits = find(self.library, question, self.limit, self.scope)
        return list(map(found_document, hits))


def found_document(hit: Hit) -> Document:
    """Return a hit as LangChain knows it, its `score` among the metadata."""
    document = langchain_document(hit.document, hit.passage)
    document.metadata["score"] = hit.score
    return document
