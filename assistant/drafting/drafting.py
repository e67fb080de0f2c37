"""The answer without a model, in the form that suits the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from assistant.drafting.comparison import sides, versions
from assistant.drafting.disputes import with_disputes
from assistant.drafting.document_mentions import mentions
from assistant.drafting.draft import ALSO, NOTHING_FOUND, Draft, numbered
from assistant.drafting.figures import figure, growth, whole
from assistant.drafting.indicators import table
from assistant.drafting.inquiry import Inquiry
from assistant.drafting.outline import outline
from assistant.drafting.small_talk import about_itself
from assistant.drafting.standing import standing
from assistant.extractive import Extract, extract
from assistant.question import Question
from assistant.types import Certainty
from assistant.understanding.document_questions import words_of_documents
from vectorstore.languages.language import answer_line
from vectorstore.segmentation import fold, tokens

Form = Callable[[Inquiry], Draft | None]
# What is asked of documents themselves, what is worked out and whole by itself, and what competes with the
# plain answer, in this order.
_OF_DOCUMENTS: Mapping[str, Form] = {"standing": standing, "mentions": mentions}
_OF_FIGURES: Mapping[str, Form] = {"growth": growth, "whole": whole, "figure": figure}
_OF_CONTENTS: Mapping[str, Form] = {"versions": versions, "table": table, "sides": sides, "outline": outline}
FORMS = (*_OF_DOCUMENTS, *_OF_FIGURES, *_OF_CONTENTS)
"""The forms in which an answer without a model may be given, beside the plain one."""

_NOTHING_IN_ENGLISH = "The documents hold no answer to this. They are in Chinese: please ask in Chinese."
_HAN = re.compile(r"[一-鿿]")
_RELATED = answer_line("相关内容：")
_PERHAPS = answer_line("可能相关，请核对原文：")
# A form of its own must tell about as much of what is asked as the plain answer, which is longer.
_AS_MUCH = 0.5
# The plain answer must tell so much of a question's weight that a form leaves open.
_MUCH_OPEN = 0.15


def draft(inquiry: Inquiry, forms: Collection[str] = FORMS) -> Draft:
    """Answer a question with what the passages say, verbatim.

    Args:
        inquiry: what is asked, and what was found for it.
        forms: those beside the plain answer that may compete.

    Returns:
        The answer, or the refusal with what is nearest.
    """
    question, weights = inquiry.question, inquiry.weights
    itself = about_itself(inquiry.library, question)
    if itself is not None:
        text, certainty = itself
        return Draft(text, (), certainty)
    result = extract(inquiry.library, question, inquiry.hits, weights)
    plain = _plain(result, NOTHING_FOUND if _HAN.search(question.query) else _NOTHING_IN_ENGLISH)
    of_documents = _first(_OF_DOCUMENTS, inquiry, forms)
    if of_documents and of_documents.certainty is Certainty.NONE:
        # That nothing is known of a document says nothing of the other parts of a question.
        if len(question.parts) == 1:
            return of_documents
        of_documents = None
    much = _AS_MUCH if result.certainty is not Certainty.NONE else 0.0
    if of_documents and (
        _is_titled(question, of_documents) or _covers(question, of_documents, weights, much, plain)
    ):
        return _completed(of_documents, result, weights)
    least = much * plain.coverage(weights)
    of_figures = _first(_OF_FIGURES, inquiry, forms)
    if of_figures and of_figures.whole and len(question.parts) == 1:
        return of_figures
    formed = of_figures or _first(_OF_CONTENTS, inquiry, forms, least)
    answer = plain if formed is None else _completed(formed, result, weights)
    if answer.certainty is not Certainty.SURE:
        return answer
    return with_disputes(inquiry, answer)


def _first(
    kinds: Mapping[str, Form], inquiry: Inquiry, forms: Collection[str], least: float = 0.0
) -> Draft | None:
    """Return the first form that has an answer which covers enough of the question."""
    drafted = (form(inquiry) for name, form in kinds.items() if name in forms)
    return next((one for one in drafted if one and one.coverage(inquiry.weights) >= least), None)


def _is_titled(question: Question, drafted: Draft) -> bool:
    """Return whether a question quotes the title of a document that an answer tells of."""
    titles = [fold(quote.document.title) for quote in drafted.quotes]
    return any(fold(term) in title for term in question.quoted for title in titles)


def _covers(
    question: Question, drafted: Draft, weights: Mapping[str, float], much: float, plain: Draft
) -> bool:
    """Return whether a question asks what documents are: 还有效吗 wants a standing, not what says 有效."""
    asking = tokens(words_of_documents(question.untitled))
    rest = {token: weight for token, weight in weights.items() if token not in asking}
    return drafted.coverage(rest) >= much * plain.coverage(rest)


def _completed(formed: Draft, plain: Extract, weights: Mapping[str, float]) -> Draft:
    """Return an answer in a form of its own, the plain one below it where that tells much of the rest."""
    alone = formed.longer or formed
    if Certainty.NONE in (formed.certainty, plain.certainty):
        return alone
    quotes = tuple(quote for quote in plain.quotes if quote.text not in formed.text)
    lines = [*_unsure(plain), *numbered(quotes, len(formed.quotes) + 1)]
    both = Draft("\n".join([formed.text, "", *lines]), (*formed.quotes, *quotes))
    more = both.coverage(weights) - formed.coverage(weights)
    return both if more >= _MUCH_OPEN * sum(weights.values()) else alone


def _plain(result: Extract, nothing: str) -> Draft:
    if result.certainty is Certainty.NONE:
        related = [_RELATED, *numbered(result.quotes)] if result.quotes else []
        return Draft("\n".join([nothing, *related]), result.quotes, Certainty.NONE)
    quotes = (*([result.point] if result.point else []), *result.quotes)
    lines, also = numbered(quotes), numbered(result.also, len(quotes) + 1)
    unsure = _unsure(result)
    if also and not unsure:
        lines.append(ALSO)
    return Draft("\n".join([*unsure, *lines, *also]), (*quotes, *result.also), result.certainty)


def _unsure(result: Extract) -> list[str]:
    return [_PERHAPS] if result.certainty is Certainty.DOUBTFUL else []
