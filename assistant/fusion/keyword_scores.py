"""What keywords say of passages: their own score and that of their whole document, the best at 1."""

from __future__ import annotations

from collections.abc import Collection

from assistant.question import Question
from vectorstore.library import PolicyLibrary

CANDIDATES = 60
WORDING_SHARE = 0.5
_DOCUMENT_WEIGHT = 1.0


def keyword_scores(library: PolicyLibrary, question: Question, allowed: Collection[str]) -> dict[str, float]:
    """Score passages by BM25 over the question's words and, at half their weight, official ones for them.

    Args:
        library: what is searched.
        question: the understood question.
        allowed: ids of the only documents to search; empty means all.

    Returns:
        Passage id → score, 0 to 1.
    """
    scores = _scored(library, question.search, allowed)
    if question.wording:
        for passage_id, score in _scored(library, apart(question.wording), allowed).items():
            scores[passage_id] = scores.get(passage_id, 0.0) + WORDING_SHARE * score
    top = max(scores.values(), default=1.0) or 1.0
    return {passage_id: score / top for passage_id, score in scores.items()}


def apart(wording: str) -> str:
    """Keep the words of a list from running into each other: folding takes the blanks between them."""
    return ",".join(wording.split())


def _scored(library: PolicyLibrary, query: str, allowed: Collection[str]) -> dict[str, float]:
    hits = library.search_keywords(query, CANDIDATES, allowed)
    of_document = library.score_documents(query)
    return {
        hit.passage_id: hit.score + _DOCUMENT_WEIGHT * of_document.get(hit.document_id, 0.0) for hit in hits
    }
