"""Which documents end within a time that a question names, the next to end first."""

from __future__ import annotations

from datetime import date

from assistant.citations import title_without_years
from assistant.drafting.finding import Finding, proof, validity_quote
from assistant.drafting.inquiry import Inquiry
from assistant.understanding.endings import SOON_DAYS, Span
from assistant.understanding.names import distinct_places
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument, Status
from vectorstore.validity import day_in_words

# These end by no day of theirs.
_OTHERWISE = (Status.DRAFT, Status.SUPERSEDED, Status.NOT_POLICY)


def endings(inquiry: Inquiry, span: Span) -> list[Finding]:
    """Answer which documents end within a time; where none does, say so and which one ends next.

    Args:
        inquiry: what is asked; the places it names limit what is told.
        span: the time.
    """
    places = [place.documents for place in distinct_places(inquiry.question.mentions)]
    ends = sorted(
        (
            (document.last_day, document)
            for document in inquiry.library.documents()
            if document.last_day is not None
            and document.standing(inquiry.today) not in _OTHERWISE
            and inquiry.allows(document.id)
            and (not places or any(document.id in of_place for of_place in places))
        ),
        key=lambda one: (one[0], one[1].title),
    )
    within = [one for one in ends if span.first <= one[0] <= span.last]
    rest = [one for one in ends if one[0] >= inquiry.today] or ends[-1:]
    lead = _lead(span) if within else _none(span, over=bool(rest) and rest[0][0] < inquiry.today)
    leads = [lead, *[""] * len(within)]
    return [
        _told(inquiry.library, document, last, lead)
        for (last, document), lead in zip(within or rest[:1], leads, strict=False)
    ]


def _told(library: PolicyLibrary, document: PolicyDocument, last: date, lead: str) -> Finding:
    number = f"（{document.document_number}）" if document.document_number else ""
    named, quote = f"《{title_without_years(document)}》{number}", validity_quote(library, document)
    until = answer_line(f"有效期至{day_in_words(last)}")
    if document.validity is None or document.validity.last_day is None:
        quote = proof(library, document, rf"{last.year}\s*年?") or quote
        until = answer_line(f"规划期至{last.year}年")
    return Finding(lead + answer_line(f"{named}：{until}。"), quote)


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
