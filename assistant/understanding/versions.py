"""Versions of one document, as a question holds them against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from datetime import date

from assistant.question import Question
from assistant.selecting.answer_types import years_in
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, words
from vectorstore.types import PolicyDocument, Status

_MOST_DOCUMENTS, _MOST = 8, 4
# Share of the shorter title's words that the longer one has.
_ALIKE = 0.75
_BOTH = r"新旧|新老|前后|[两二几]个?版|修[订改正]之?[前后]"
_PAPER = r"(?:实施)?(?:版本?|稿|文件|通知|办法|意见|措施|规定|政策|标准|方案|条例|细则)"
_ONE = (
    rf"(?:征求意见|正式)稿|(?:19|20)\d{{2}}年?(?:的?那[个份])?(?:的?(?:修[订改正]|[新旧老原])?(?:{_PAPER}))?|修[订改正][版稿]|"
    rf"[新旧老原现]行?(?:的?(?:那[个份])?|的[^,，。?]{{0,8}}?){_PAPER}|(?:从前|以前|之前|原来|先前|过去|现在|如今|目前|现行)(?:的?{_PAPER})?"
)
_NAMED = re.compile(
    rf"(?:修[订改正]|调[价整])?(?:(?P<both>{_BOTH})(?:的?[两二几]?[个份]?{_PAPER})?|(?P<one>{_ONE}))"
    r"(?:相?比(?:较|起来)?|[和与跟同及、,]|之间|中|里|的)*"
)
_ONE_PAPER = re.compile(rf"{_PAPER}$|那[个份]|稿")
_OLD, _DRAFT = re.compile(r"[旧老原]|从前|以前|之前|先前|过去"), re.compile(r"征求意见")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def asks_versions(question: Question) -> bool:
    """Return whether a question may hold versions of one document together: it names two, or both."""
    both, named = _named(question)
    return both or len(named) > 1


def versions_left_out(library: PolicyLibrary, question: Question) -> frozenset[str]:
    """Return the ids of the other versions where a question names one: 2022年那份通知, 老办法, 征求意见稿."""
    both, named = _named(question)
    name = next(iter(named), "")
    if both or len(named) != 1 or not _ONE_PAPER.search(name):
        return frozenset()
    versions = document_versions(library, question)
    year = _YEAR.search(name)
    if year:
        kept = [document for document in versions if int(year.group()) in edition_years(document)]
    elif _DRAFT.search(name):
        kept = [document for document in versions if document.status is Status.DRAFT]
    else:
        kept = list(versions[:1] if _OLD.search(name) else versions[-1:])
    return frozenset(document.id for document in versions if document not in kept) if kept else frozenset()


def _named(question: Question) -> tuple[bool, frozenset[str]]:
    """Return whether a question names versions together (新旧, 前后), and those that it names one by one."""
    named = list(_NAMED.finditer(fold(question.query)))
    return any(match["both"] for match in named), frozenset(filter(None, (match["one"] for match in named)))


def document_versions(library: PolicyLibrary, question: Question) -> tuple[PolicyDocument, ...]:
    """Return the versions of the document that a question is about, the oldest first.

    Args:
        library: the policy library; documents of one place with titles alike are versions of one.
        question: what is asked of them.

    Returns:
        Two to four documents; none where the document has one version only, or the years that are asked for
        are others than its versions are of.
    """
    years = frozenset(question.years)
    of_places = frozenset[str]().union(*(mention.documents for mention in question.mentions))
    found = library.score_documents(question.search, _MOST_DOCUMENTS)
    near = [library.document(name) for name in found if not of_places or name in of_places]
    groups = ([other for other in near if is_version(one, other)] for one in near)
    versions = next((group for group in groups if len(group) > 1), [])
    if len(years) > 1:
        versions = [document for document in versions if years & edition_years(document)]
        versions = versions if len(versions) > 1 else _of_years(near, years)
    return tuple(sorted(versions, key=lambda document: document.issued_on or date.min)[-_MOST:])


def _of_years(near: Sequence[PolicyDocument], years: Set[int]) -> list[PolicyDocument]:
    """Return the nearest document of each year, where they are of one place and speak for several years."""
    of_years = (next((one for one in near if year in edition_years(one)), None) for year in sorted(years))
    found = list(dict.fromkeys(filter(None, of_years)))
    return found if len(found) == len(years) and len({one.region for one in found}) == 1 else []


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
    ours, theirs = (frozenset(words(_matter(document))) for document in (one, other))
    return len(ours & theirs) >= _ALIKE * min(len(ours), len(theirs)) > 0


def edition_years(document: PolicyDocument) -> frozenset[int]:
    """Return the years that tell a document from its other editions: in its title, and when it was issued."""
    issued = {document.issued_on.year} if document.issued_on else set[int]()
    return years_in(fold(document.title)) | issued


def _matter(document: PolicyDocument) -> str:
    """Return what a title says its document is about, without place, issuer and years."""
    title = re.sub(r"[（(][^（()）]*[)）]", "", document.title)
    inner = re.search(r"《(.+)》", title)
    bare = inner[1] if inner else re.sub(r"^.*关于(?:印发)?|的通知$", "", title)
    return _YEAR.sub("", fold(bare).removeprefix(fold(document.region)))
