"""Versions of one document, held against each other."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from assistant.citations import title_without_years
from assistant.drafting.sides import Side, asked_alone, document_name
from assistant.question import Question
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument

_MOST_DOCUMENTS, _MOST = 8, 4
_FEWEST = 2
_YEAR_OF_VERSION = r"(?:19|20)\d{2}年?(?:的)?(?:修订|修正|新|旧)?(?:版|稿|本)"
_ASKS = re.compile(
    rf"新旧|新老|[两二几]个?版|修[订改正](?:之?[前后]|版|稿)|[旧老原]版|前后两|{_YEAR_OF_VERSION}|"
    r"征求意见稿[和与跟同].{0,6}(?:正式|印发)"
)
_VERSION = re.compile(
    rf"(?:{_YEAR_OF_VERSION}|新旧|新老|[两二几]个?版本?|修[订改正](?:之?前后|之?[前后]|版|稿)|[新旧老原]版|前后两版?|"
    r"征求意见稿|正式[稿版]|(?:19|20)\d{2}年?)(?:[和与跟同及、]|之间|中|里|的)*"
)


def asks_versions(question: Question) -> bool:
    """Tell whether a question holds versions of one document against each other."""
    return _ASKS.search(fold(question.query)) is not None


def versions(library: PolicyLibrary, question: Question, today: date) -> tuple[Side, ...]:
    """Return the versions of the document that a question is about, the oldest first.

    Args:
        library: the policy library; documents of the same title are versions of one.
        question: what is asked of them.
        today: the day of the answer, which their standing depends on.

    Returns:
        Two to four sides; none where the document has one version only.
    """
    groups: dict[str, list[PolicyDocument]] = defaultdict(list)
    for identity in library.score_documents(question.search, _MOST_DOCUMENTS):
        document = library.document(identity)
        groups[fold(title_without_years(document))].append(document)
    found = next((group for group in groups.values() if len(group) >= _FEWEST), [])
    alone = asked_alone(question, _VERSION.sub("", fold(question.query)))
    ordered = sorted(found, key=lambda document: document.issued_on or date.min)[-_MOST:]
    return tuple(
        Side(document_name(document, today), frozenset({document.id}), alone) for document in ordered
    )
