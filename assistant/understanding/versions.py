"""Versions of one document, as a question holds them against each other."""

from __future__ import annotations

import re
from datetime import date

from assistant.question import Question
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, words
from vectorstore.types import PolicyDocument

_MOST_DOCUMENTS, _MOST = 8, 4
# Share of the shorter title's words that the longer one has.
_ALIKE = 0.75
_VERSION = (
    r"(?:新旧|新老|[两二几]个?版本?|修[订改正](?:之?前后|之?[前后]|版|稿)|[新旧老原]版|(?:从前|以前|之前|原来|先前|过去)(?:的)?|"
    r"前后两版?|征求意见稿|正式[稿版]|(?:19|20)\d{2}年?(?:的)?(?:修订|修正|新|旧)?(?:版|稿|本)?)"
)
_ASKS = re.compile(
    r"新旧|新老|[两二几]个?版|修[订改正](?:之?[前后]|版|稿)|[旧老原]版|前后两|(?:19|20)\d{2}年?(?:的)?(?:修订|修正|新|旧)?(?:版|稿|本)|"
    r"(?:从前|以前|之前|原来|先前|过去)(?:的|一样|相比|相同|[^,。?]{0,4}(?:意见|办法|措施|规定|政策|标准|文件))|征求意见稿[和与跟同].{0,6}(?:正式|印发)"
)
_NAMED = re.compile(
    rf"{_VERSION}(?:的)?(?:[两几]?[份个]?(?:实施)?(?:意见|办法|措施|规定|文件))?(?:相?比(?:较|起来)?|[和与跟同及、,]|之间|中|里|的)*"
)


def asks_versions(question: Question) -> bool:
    """Return whether a question holds versions of one document against each other."""
    return _ASKS.search(fold(question.query)) is not None


def document_versions(library: PolicyLibrary, question: Question) -> tuple[PolicyDocument, ...]:
    """Return the versions of the document that a question is about, the oldest first.

    Args:
        library: the policy library; documents of one place with titles alike are versions of one.
        question: what is asked of them.

    Returns:
        Two to four documents; none where the document has one version only.
    """
    near = [library.document(name) for name in library.score_documents(question.search, _MOST_DOCUMENTS)]
    groups = ([other for other in near if is_version(one, other)] for one in near)
    found = next((group for group in groups if len(group) > 1), [])
    return tuple(sorted(found, key=lambda document: document.issued_on or date.min)[-_MOST:])


def without_versions(question: Question) -> str:
    """Return a folded question without what names the versions, and the places whose documents they are."""
    text = _NAMED.sub("", fold(question.query))
    for mention in question.mentions:
        text = text.replace(mention.text, "")
    return text


def is_version(one: PolicyDocument, other: PolicyDocument) -> bool:
    """Return whether two documents are versions of one: one replaces the other, or place and title agree."""
    if one.id == other.id or other.id in one.superseded_by or one.id in other.superseded_by:
        return True
    if one.region and other.region and one.region != other.region:
        return False
    ours, theirs = (
        frozenset(word for word in words(document.title) if len(word) > 1) for document in (one, other)
    )
    return len(ours & theirs) >= _ALIKE * min(len(ours), len(theirs)) > 0
