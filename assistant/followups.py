"""Questions that lead on from an answer, made of what stands near its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, islice

from assistant.suggestions import QUESTION_CHARS, Example, example_questions, place_of, taking_turns
from assistant.types import Answer, Citation
from vectorstore.library import PolicyLibrary
from vectorstore.types import Passage, PassageKind, PolicyDocument, Status

_COUNT = 3
# Each question is tried on the library; few, as the page waits for them.
_TRIALS = 12
_NEAR = 12
_HEADING_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[编章节条]|专栏\s*\d*|[一二三四五六七八九十]+、|"
    r"[（(][一二三四五六七八九十\d]+[）)]|\d+(?:\.\d+)*[.、．]?)\s*"
)
_HEADING_CHARS = range(4, 17)
_SENTENCE_SIGNS = re.compile(r"[，。；：！？,;:!?“”\"《》（）()]")
# What a document reports, and not what it plans.
_REPORT = re.compile(r"现状|成效|成就|回顾|形势|背景|发展基础|机遇|挑战")
_ROW = re.compile(r"^(?:.*｜)?\d*[.、]?\s*(?P<name>[^｜：（(]{2,20})(?:[（(][^）)]*[）)])?：(?P<values>.+)$")
_ROW_YEAR = re.compile(r"(20\d\d)年")


def follow_ups(
    answer: Answer, asked: Collection[str], library: PolicyLibrary, trial: Callable[[str], Answer]
) -> tuple[str, ...]:
    """Return up to three questions that lead on from an answer, each of which the library answers.

    Args:
        answer: the answer to go on from; without sources nothing leads on.
        asked: the questions of the conversation so far, which are not asked again.
        library: where the sources stand.
        trial: answers a question without a model.
    """
    told = list(answer.citations)
    open_ = (example for example in _candidates(answer.citations, library) if example.question not in asked)
    found: list[str] = []
    for example in islice(open_, _TRIALS):
        tried = trial(example.question)
        if example.answered_by(tried) and not any(_overlap(tried.citations[0], known) for known in told):
            found.append(example.question)
            told.append(tried.citations[0])
        if len(found) == _COUNT:
            break
    return tuple(found)


def _overlap(one: Citation, other: Citation) -> bool:
    return one.document.id == other.document.id and one.start < other.end and other.start < one.end


def _candidates(citations: Sequence[Citation], library: PolicyLibrary) -> Iterator[Example]:
    """Yield questions of what stands near the sources, the nearest first of each kind."""
    documents = {citation.document.id: citation.document for citation in citations}
    near = {identity: _near(identity, citations, library) for identity in documents}
    usual = example_questions(list(documents.values()), lambda identity: near[identity])
    others = (_further(document, near[document.id]) for document in documents.values())
    return taking_turns(chain(usual, *others))


def _near(document_id: str, citations: Iterable[Citation], library: PolicyLibrary) -> list[Passage]:
    """Return the passages round a document's sources, the nearest first."""
    places = [citation.passage.ordinal for citation in citations if citation.document.id == document_id]

    def distance(passage: Passage) -> int:
        return min(abs(passage.ordinal - place) for place in places)

    found = [passage for passage in library.passages(document_id) if distance(passage) <= _NEAR]
    return sorted(found, key=distance)


def _further(document: PolicyDocument, passages: Iterable[Passage]) -> Iterator[Example]:
    """Yield questions of the rows and headings of passages."""
    place = place_of(document)
    for passage in passages:
        for kind, question in chain(_of_row(passage, place), _of_heading(passage, place, document.status)):
            if len(question) <= QUESTION_CHARS:
                yield Example(kind, question, document.id, passage.section)


def _of_row(passage: Passage, place: str) -> Iterator[tuple[str, str]]:
    row = _ROW.match(passage.text) if passage.kind is PassageKind.TABLE_ROW else None
    years = _ROW_YEAR.findall(row["values"]) if row else []
    if row and years:
        yield "row", f"{place}{max(years)}年{row['name'].strip()}是多少？"


def _of_heading(passage: Passage, place: str, status: Status) -> Iterator[tuple[str, str]]:
    if passage.kind is PassageKind.FOOTNOTE or not passage.section:
        return
    heading = _HEADING_NUMBER.sub("", passage.section[-1]).strip(" 。")
    if len(heading) in _HEADING_CHARS and not _SENTENCE_SIGNS.search(heading):
        reported = status is Status.NOT_POLICY or _REPORT.search("".join(passage.section[:-1]))
        yield "section", f"{place}在“{heading}”方面{'情况如何' if reported else '有哪些安排'}？"
