"""Which documents end within a time that a question names, the next to end first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.citations import title_without_years
from assistant.drafting.finding import Finding, proof, validity_quote
from assistant.question import Question
from assistant.understanding.endings import SOON_DAYS, Span
from assistant.understanding.names import distinct_places
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument, Status
from vectorstore.validity import day_in_words

# These end by no day of theirs.
_OTHERWISE = (Status.DRAFT, Status.SUPERSEDED, Status.NOT_POLICY)


def endings(
    library: PolicyLibrary,
    question: Question,
    span: Span,
    today: date,
    allowed: frozenset[str] | None = None,
) -> tuple[Finding, ...]:
    """Answer which documents end within a time; where none does, say so and which one ends next.

    Args:
        library: the policy library.
        question: what is asked; the places it names limit what is told.
        span: the time.
        today: the day of the answer.
        allowed: ids of the documents that may be told of; None is all.
    """
    places = distinct_places(question.mentions)
    near = frozenset[str]().union(*(place.documents for place in places)) if places else None
    ends = sorted(
        (
            (document.last_day, document)
            for document in library.documents()
            if document.last_day is not None
            and document.standing(today) not in _OTHERWISE
            and (near is None or document.id in near)
            and (allowed is None or document.id in allowed)
        ),
        key=lambda one: (one[0], one[1].title),
    )
    within = [one for one in ends if span.first <= one[0] <= span.last]
    if within:
        return tuple(_told(library, within, _lead(span)))
    rest = [one for one in ends if one[0] >= today] or ends[-1:]
    return tuple(_told(library, rest[:1], _none(span, over=bool(rest) and rest[0][0] < today)))


def _told(
    library: PolicyLibrary, ends: Iterable[tuple[date, PolicyDocument]], lead: str
) -> Iterable[Finding]:
    for last, document in ends:
        number = f"（{document.document_number}）" if document.document_number else ""
        named = f"《{title_without_years(document)}》{number}"
        told = answer_line(f"{named}：{_until(document, last)}。")
        quote = validity_quote(library, document)
        if document.validity is None or document.validity.last_day is None:
            stated = proof(library, document, re.compile(rf"{last.year}\s*年?"), told)
            quote = stated or quote
        yield Finding(lead + told, quote)
        lead = ""


@answer_line
def _until(document: PolicyDocument, last: date) -> str:
    if document.validity is None or document.validity.last_day is None:
        return f"规划期至{last.year}年"
    return f"有效期至{day_in_words(last)}"


@answer_line
def _lead(span: Span) -> str:
    first, last = day_in_words(span.first), day_in_words(span.last)
    if span.soon:
        return f"今后{SOON_DAYS}天内（至{last}）到期的文件：\n"
    return f"{first}至{last}到期的文件：\n"


@answer_line
def _none(span: Span, *, over: bool) -> str:
    first, last = day_in_words(span.first), day_in_words(span.last)
    none = f"今后{SOON_DAYS}天内（至{last}）没有文件到期" if span.soon else f"{first}至{last}没有文件到期"
    return f"{none}。最近一份已到期的是" if over else f"{none}。下一份到期的是"
