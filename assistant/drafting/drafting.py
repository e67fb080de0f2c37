"""The answer without a model, in the form that suits the question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.choosing.wants import years_in
from assistant.citations import Quote
from assistant.drafting.about import about_itself
from assistant.drafting.comparison import compare
from assistant.drafting.forms import (
    NOTHING_FOUND,
    Draft,
    of_findings,
    of_indicators,
    of_sides,
    of_sides_listed,
)
from assistant.drafting.indicators import indicators
from assistant.drafting.mentioning import asks_which_mention, mentioning
from assistant.drafting.outline import outlined
from assistant.drafting.sides import Side, sides_of, versions_of
from assistant.drafting.standing import findings
from assistant.extractive import Extract, extract
from assistant.question import AnswerKind, Question
from assistant.retriever import scoped
from assistant.types import Certainty, Hit, Scope
from assistant.understanding.asked_of_documents import asks_origin, words_of_documents
from assistant.understanding.versions import asks_versions
from languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens

FORMS = ("standing", "mentioning", "versions", "table", "sides", "outline")
_NOTHING_IN_ENGLISH = "The documents hold no answer to this. They are in Chinese: please ask in Chinese."
_HAN = re.compile(r"[一-鿿]")
_RELATED = answer_line("相关内容：")
_PERHAPS = answer_line("可能相关，请核对原文：")
_ALSO = answer_line("另见：")
# A form of its own must tell about as much of what is asked as the plain answer, which is longer.
_AS_MUCH = 0.5
# The plain answer must tell so much of a question's weight that a form leaves open.
_MUCH_OPEN = 0.15


def draft(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    weights: Mapping[str, float],
    today: date,
    scope: Scope = Scope(),
    forms: Collection[str] = FORMS,
) -> Draft:
    """Answer a question with what the passages say, verbatim.

    Args:
        library: the policy library.
        question: what is asked.
        hits: the passages found for it, best first.
        weights: weight of each token of the question.
        today: the day of the answer.
        scope: what the user limits the answer to.
        forms: those beside the plain answer that may compete.

    Returns:
        The answer, or the refusal with what is nearest.
    """
    itself = about_itself(library, question)
    if itself is not None:
        text, certainty = itself
        return Draft(text, (), certainty)
    allowed = scoped(library.documents(), scope) if scope != Scope() else None
    result = extract(library, question, hits, weights)
    of_documents = _of_documents(library, question, hits, today, allowed, forms)
    plain = _plain(result, _NOTHING_IN_ENGLISH if not _HAN.search(question.query) else NOTHING_FOUND)
    if of_documents and of_documents.certainty is Certainty.NONE:
        # That nothing is known of a document says nothing of the other parts of a question.
        if len(question.parts) == 1:
            return of_documents
        of_documents = None
    much = _AS_MUCH if result.certainty is not Certainty.NONE else 0.0
    if of_documents and (
        _is_titled(question, of_documents) or _tells_of(question, of_documents, weights, much, plain)
    ):
        return _completed(of_documents, result, weights)
    least = much * _told(plain, weights)
    for formed in _formed(library, question, hits, today, allowed, forms):
        if _told(formed, weights) >= least:
            return _completed(formed, result, weights)
    return plain


def _is_titled(question: Question, drafted: Draft) -> bool:
    """Tell whether a question quotes the title of a document that an answer tells of."""
    titles = [fold(quote.document.title) for quote in drafted.quotes]
    return any(fold(term) in title for term in question.quoted for title in titles)


def _tells_of(
    question: Question, drafted: Draft, weights: Mapping[str, float], much: float, plain: Draft
) -> bool:
    """Tell whether what documents are is asked: 还有效吗 is answered by a standing, not by what says 有效."""
    asking = tokens(words_of_documents(fold(question.query)))
    rest = {token: weight for token, weight in weights.items() if token not in asking}
    return _told(drafted, rest) >= much * _told(plain, rest)


def _completed(formed: Draft, plain: Extract, weights: Mapping[str, float]) -> Draft:
    """Return an answer in a form of its own, the plain one below it where that tells much of the rest."""
    if Certainty.NONE in (formed.certainty, plain.certainty):
        return formed
    quotes = tuple(quote for quote in plain.quotes if quote.text not in formed.text)
    lines = [*_unsure(plain), *_numbered(quotes, len(formed.quotes) + 1)]
    both = Draft("\n".join([formed.text, "", *lines]), (*formed.quotes, *quotes))
    more = _told(both, weights) - _told(formed, weights)
    return both if more >= _MUCH_OPEN * sum(weights.values()) else formed


def _told(drafted: Draft, weights: Mapping[str, float]) -> float:
    """Return the weight of the question's words that an answer tells, its headings counted."""
    heard = [drafted.text]
    for quote in drafted.quotes:
        document = quote.document
        heard += [document.title, document.document_number, document.region, *quote.passage.section]
    return sum(weights[token] for token in weights.keys() & set(tokens("\n".join(heard))))


def _plain(result: Extract, nothing: str) -> Draft:
    if result.certainty is Certainty.NONE:
        related = [_RELATED, *_numbered(result.quotes)] if result.quotes else []
        return Draft("\n".join([nothing, *related]), result.quotes, Certainty.NONE)
    quotes = (*([result.point] if result.point else []), *result.quotes)
    lines, also = _numbered(quotes), _numbered(result.also, len(quotes) + 1)
    unsure = _unsure(result)
    if also and not unsure:
        lines.append(_ALSO)
    return Draft("\n".join([*unsure, *lines, *also]), (*quotes, *result.also), result.certainty)


def _unsure(result: Extract) -> list[str]:
    return [_PERHAPS] if result.certainty is Certainty.DOUBTFUL else []


def _numbered(quotes: Sequence[Quote], first: int = 1) -> list[str]:
    return [f"{quote.text}[{number}]" for number, quote in enumerate(quotes, first)]


def _formed(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    today: date,
    allowed: frozenset[str] | None,
    forms: Collection[str],
) -> Iterator[Draft]:
    """Yield answers in forms of their own: versions, a table, sides, a section's outline."""
    if "versions" in forms and asks_versions(question):
        yield from _compared(compare(library, _speaking(versions_of(library, question, today), allowed)))
    table = indicators(library, question, hits) if "table" in forms else None
    if table is not None:
        yield of_indicators(table)
    if "sides" in forms:
        yield from _compared(compare(library, _within(sides_of(question), allowed)))
    parts = outlined(library, question, hits) if "outline" in forms else ()
    if parts:
        yield Draft("\n".join(_numbered(parts)), parts)


def _compared(sides: Sequence[Side]) -> Iterator[Draft]:
    # Figures in an answer are quoted ones only: a year of which nothing is said has no row.
    unsaid = any(not side.quotes and years_in(side.name) for side in sides)
    if any(side.quotes for side in sides) and not unsaid:
        yield of_sides(sides)


def _of_documents(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    today: date,
    allowed: frozenset[str] | None,
    forms: Collection[str],
) -> Draft | None:
    """Answer what is asked of documents themselves: their standing, or which of them speak of something."""
    if "standing" in forms and question.kind is AnswerKind.STATUS:
        found = findings(library, question, hits, today, allowed)
        if found or asks_origin(fold(question.query)):
            return of_findings(found)
    if "mentioning" in forms and question.kind is AnswerKind.DOCUMENTS:
        speaking = _speaking(mentioning(library, question), allowed)
        if speaking or asks_which_mention(question):
            return of_sides_listed(speaking)
    return None


def _within(sides: Sequence[Side], allowed: frozenset[str] | None) -> list[Side]:
    """Return sides with those of their documents that are allowed; a side of none is silent."""
    if allowed is None:
        return list(sides)
    return [
        side
        if side.documents is None
        else replace(side, documents=(side.documents or allowed) & allowed or None)
        for side in sides
    ]


def _speaking(sides: Sequence[Side], allowed: frozenset[str] | None) -> list[Side]:
    """Return the sides whose documents are allowed to speak."""
    return [side for side in sides if allowed is None or (side.documents or frozenset()) & allowed]
