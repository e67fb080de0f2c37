"""A figure that another document contradicts is told with the other one, its document's date and standing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.citations import Quote, dated_title
from assistant.drafting.draft import Draft
from assistant.drafting.figures import asked_of
from assistant.drafting.inquiry import Inquiry
from assistant.ledger.levels import HALF, Level, level_of, stands_in
from assistant.question import AnswerKind
from vectorstore.facts import FactKind
from vectorstore.languages.language import answer_line
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary

_ELSEWHERE = answer_line("资料中另有不同数值：")
_DOCUMENTS, _FACTS, _SHOWN = 2, 20, 3


def with_disputes(inquiry: Inquiry, drafted: Draft) -> Draft:
    """Return an answer with the figures of other documents that contradict those it tells.

    Args:
        inquiry: what is asked; only where it asks for a figure.
        drafted: the answer.
    """
    if inquiry.question.kind is not AnswerKind.NUMBER or not drafted.quotes:
        return drafted
    told = {quote.document.id for quote in drafted.quotes}
    others: dict[str, Quote] = {}
    for level in _disputed(inquiry, drafted.quotes):
        for other in _against(inquiry.library, level):
            document = other.found.document.id
            if document not in told and inquiry.allows(document):
                others.setdefault(document, other.quote(inquiry.library))
    if not others:
        return drafted
    shown = list(others.values())[:_SHOWN]
    lines = [
        f"{dated_title(quote.document, inquiry.today)}：{quote.text}[{number}]"
        for number, quote in enumerate(shown, len(drafted.quotes) + 1)
    ]
    text = "\n".join([drafted.text, _ELSEWHERE, *lines])
    return Draft(text, (*drafted.quotes, *shown), drafted.certainty)


def _disputed(inquiry: Inquiry, quotes: Sequence[Quote]) -> Iterator[Level]:
    """Yield the figures of an answer that are asked for and contradicted elsewhere."""
    asked, years = asked_of(inquiry.question), inquiry.question.years
    ledger = inquiry.library.ledger
    for document in list(dict.fromkeys(quote.document.id for quote in quotes))[:_DOCUMENTS]:
        # Those that are contradicted come first.
        for found in ledger.facts(FactFilter(FactKind.INDICATOR, document=document), limit=_FACTS):
            level = level_of(found) if found.disputed else None
            if level and any(stands_in(level, quote) for quote in quotes):
                of_year = not years or level.year in years
                if of_year and level.share(asked) >= HALF:
                    yield level


def _against(library: PolicyLibrary, level: Level) -> Iterator[Level]:
    one = level.indicator
    wanted = FactFilter(FactKind.INDICATOR, one.region, one.normal_name, one.year)
    for found in library.ledger.facts(wanted, limit=_FACTS):
        other = level_of(found)
        if other and other.indicator.claim == one.claim and other.indicator.normal_value != one.normal_value:
            yield other
