"""Questions made by rules from the headings, figures and rows that stand near an answer's sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from assistant.suggesting.suggestions import (
    QUESTION_CHARS,
    Example,
    example_questions,
    place_of,
    short_title,
    taking_turns,
)
from assistant.types import Hit
from vectorstore.types import Passage, PassageKind, PolicyDocument, Status

# 第一章, 专栏 2, 三、, （四）, 5.1.
_HEADING_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[编章节条]|专栏\s*\d*|[一二三四五六七八九十]+、|"
    r"[（(][一二三四五六七八九十\d]+[）)]|\d+(?:\.\d+)*[.、．]?)\s*"
)
_HEADING_CHARS = range(4, 17)
_SENTENCE_SIGNS = re.compile(r"[，。；：！？,;:!?“”\"《》（）()]")
# What a document reports, and not what it plans.
_REPORT = re.compile(r"现状|成效|成就|回顾|形势|背景|发展基础|机遇|挑战")
# “经济发展｜1 地区生产总值（亿元）：2025年612.4；2030年980”.
_ROW = re.compile(r"^(?:.*｜)?\d*[.、]?\s*(?P<name>[^｜：（(]{2,20})(?:[（(][^）)]*[）)])?：(?P<values>.+)$")
_ROW_YEAR = re.compile(r"(20\d\d)年")


def nearby_questions(near: Sequence[Hit]) -> Iterator[Example]:
    """Yield questions that passages answer; kinds of question and documents take turns.

    Args:
        near: the passages round the sources of an answer, the nearest first.
    """
    passages: dict[PolicyDocument, list[Passage]] = {}
    for hit in near:
        passages.setdefault(hit.document, []).append(hit.passage)
    of_document = {document.id: found for document, found in passages.items()}
    usual = example_questions(list(passages), lambda identity: of_document[identity])
    return taking_turns(chain(usual, *(_further(document, found) for document, found in passages.items())))


def standing_questions(documents: Iterable[PolicyDocument]) -> Iterator[str]:
    """Yield questions about documents themselves, of what they say of themselves; for want of others."""
    for document in documents:
        title = f"《{short_title(document.title)}》"
        asked = {
            f"{title}是什么时候发布的？": document.issued_on,
            f"{title}的规划期是哪几年？": document.period.end,
            f"{title}现在还有效吗？": document.status not in (Status.UNKNOWN, Status.NOT_POLICY),
            f"{title}由谁发布？": document.issuer,
        }
        yield from (
            question for question, known in asked.items() if known and len(question) <= QUESTION_CHARS
        )


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
