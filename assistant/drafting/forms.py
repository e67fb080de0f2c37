"""The forms in which an answer without a model may be given, beside the plain one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.drafting.comparison import compare
from assistant.drafting.document_mentions import asks_which_mention, mentioning
from assistant.drafting.draft import Draft, numbered
from assistant.drafting.figures import figure
from assistant.drafting.growth import reckoned
from assistant.drafting.indicators import indicators
from assistant.drafting.layout import of_findings, of_indicators, of_sides, of_sides_listed
from assistant.drafting.outline import outlined
from assistant.drafting.side_figures import measured_sides, remark
from assistant.drafting.sides import Side, sides_of, versions_of
from assistant.drafting.standing import findings
from assistant.drafting.wholes import whole
from assistant.question import AnswerKind, Question
from assistant.selecting.answer_types import years_in
from assistant.types import Hit
from assistant.understanding.document_questions import asks_origin
from assistant.understanding.versions import asks_versions
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What an answer is drafted from.

    Attributes:
        library: the policy library.
        question: what is asked.
        hits: the passages found for it, best first.
        weights: weight of each token of the question.
        today: the day of the answer.
        allowed: ids of the documents that may be told of; None is all.
    """

    library: PolicyLibrary
    question: Question
    hits: Sequence[Hit]
    weights: Mapping[str, float]
    today: date
    allowed: frozenset[str] | None = None


Form = Callable[[Inquiry], Draft | None]


def standing(inquiry: Inquiry) -> Draft | None:
    """Return what documents say of themselves: in force, period, issuer, date."""
    if inquiry.question.kind is not AnswerKind.STATUS:
        return None
    found = findings(inquiry.library, inquiry.question, inquiry.hits, inquiry.today, inquiry.allowed)
    return of_findings(found) if found or asks_origin(fold(inquiry.question.query)) else None


def mentions(inquiry: Inquiry) -> Draft | None:
    """Return which documents speak of a thing."""
    if inquiry.question.kind is not AnswerKind.DOCUMENTS:
        return None
    speaking = _speaking(mentioning(inquiry.library, inquiry.question), inquiry.allowed)
    return of_sides_listed(speaking) if speaking or asks_which_mention(inquiry.question) else None


def versions(inquiry: Inquiry) -> Draft | None:
    """Return what versions of a document say, side by side."""
    if not asks_versions(inquiry.question):
        return None
    of_each = versions_of(inquiry.library, inquiry.question, inquiry.today)
    return _compared(compare(inquiry.library, _speaking(of_each, inquiry.allowed)))


def growth(inquiry: Inquiry) -> Draft | None:
    """Return what follows from the figures of two years."""
    return reckoned(inquiry.library, inquiry.question, inquiry.hits, inquiry.allowed)


def of_share(inquiry: Inquiry) -> Draft | None:
    """Return the whole that follows from a part and its share."""
    return whole(inquiry.library, inquiry.question, inquiry.hits, inquiry.allowed)


def one_figure(inquiry: Inquiry) -> Draft | None:
    """Return the figure of one year under the very name that is asked for."""
    return figure(inquiry.library, inquiry.question, inquiry.hits, inquiry.allowed)


def table(inquiry: Inquiry) -> Draft | None:
    """Return a whole table of indicators."""
    found = indicators(inquiry.library, inquiry.question, inquiry.hits)
    return None if found is None else of_indicators(found)


def sides(inquiry: Inquiry) -> Draft | None:
    """Return what several places or years have to a question, side by side."""
    of_each = compare(inquiry.library, _within(sides_of(inquiry.question), inquiry.allowed))
    compared = measured_sides(inquiry.library, of_each)
    return _compared(compared, remark(inquiry.question.query, compared))


def outline(inquiry: Inquiry) -> Draft | None:
    """Return the parts of a section."""
    parts = outlined(inquiry.library, inquiry.question, inquiry.hits)
    return Draft("\n".join(numbered(parts)), parts) if parts else None


# What is asked of documents themselves, what is worked out and whole by itself, and what competes with the
# plain answer, in this order.
OF_DOCUMENTS: Mapping[str, Form] = {"standing": standing, "mentions": mentions}
OF_CONTENTS: Mapping[str, Form] = {
    "versions": versions,
    "table": table,
    "sides": sides,
    "outline": outline,
}
OF_FIGURES: Mapping[str, Form] = {"growth": growth, "whole": of_share, "figure": one_figure}
FORMS = (*OF_DOCUMENTS, *OF_FIGURES, *OF_CONTENTS)


def _compared(sides: Sequence[Side], remark: str = "") -> Draft | None:
    # Figures in an answer are quoted ones only: a year of which nothing is said has no row.
    unsaid = any(not side.quotes and years_in(side.name) for side in sides)
    return of_sides(sides, remark) if any(side.quotes for side in sides) and not unsaid else None


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
