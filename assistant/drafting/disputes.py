"""A figure that another document contradicts is told with the other one, its document's date and standing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.citations import Quote
from assistant.drafting.draft import Draft
from assistant.drafting.growth import asked_of
from assistant.drafting.sides import document_name
from assistant.ledger.levels import HALF, Level, level_of, stands_in
from assistant.question import AnswerKind, Question
from vectorstore.facts import FactKind
from vectorstore.languages.language import answer_line
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary

_ELSEWHERE = answer_line("资料中另有不同数值：")
_DOCUMENTS, _FACTS, _SHOWN = 2, 20, 3


def with_disputes(
    library: PolicyLibrary, question: Question, drafted: Draft, today: date, allowed: frozenset[str] | None
) -> Draft:
    """Return an answer with the figures of other documents that contradict those it tells.

    Args:
        library: the policy library.
        question: what is asked; only where it asks for a figure.
        drafted: the answer.
        today: the day of the answer, which the documents' standing depends on.
        allowed: ids of the documents that may be told of; None is all.
    """
    if question.kind is not AnswerKind.NUMBER or not drafted.quotes:
        return drafted
    told = {quote.document.id for quote in drafted.quotes}
    others: list[Quote] = []
    for level in _disputed(library, question, drafted.quotes):
        for other in _against(library, level):
            document = other.found.document
            if document.id not in told and (allowed is None or document.id in allowed):
                told.add(document.id)
                others.append(other.quote(library))
    if not others:
        return drafted
    numbered = enumerate(others[:_SHOWN], len(drafted.quotes) + 1)
    lines = [f"{document_name(quote.document, today)}：{quote.text}[{number}]" for number, quote in numbered]
    text = "\n".join([drafted.text, _ELSEWHERE, *lines])
    return Draft(text, (*drafted.quotes, *others[:_SHOWN]), drafted.certainty)


def _disputed(library: PolicyLibrary, question: Question, quotes: Sequence[Quote]) -> Iterator[Level]:
    """Yield the figures of an answer that are asked for and contradicted elsewhere."""
    asked = asked_of(question)
    for document in list(dict.fromkeys(quote.document.id for quote in quotes))[:_DOCUMENTS]:
        # Those that are contradicted come first.
        for found in library.ledger.facts(FactFilter(FactKind.INDICATOR, document=document), limit=_FACTS):
            if not found.disputed:
                break
            level = level_of(found)
            if level is None or not any(stands_in(level, quote) for quote in quotes):
                continue
            of_year = not question.years or level.year in question.years
            if of_year and level.share(asked) >= HALF:
                yield level


def _against(library: PolicyLibrary, level: Level) -> Iterator[Level]:
    one = level.indicator
    wanted = FactFilter(FactKind.INDICATOR, one.region, one.normal_name, one.year)
    for found in library.ledger.facts(wanted, limit=_FACTS):
        other = level_of(found)
        if other and other.indicator.claim == one.claim and other.indicator.normal_value != one.normal_value:
            yield other
