"""The figure of one year that the ledger has under the very name that is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafting.draft import Draft, numbered
from assistant.drafting.growth import asked_of, documents_for
from assistant.drafting.sides import sides_of
from assistant.ledger.levels import Level, levels
from assistant.question import AnswerKind, Question
from assistant.selecting.answer_types import answer_types_of
from assistant.types import Hit
from vectorstore.facts import ValueKind
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold


def figure(
    library: PolicyLibrary, question: Question, hits: Sequence[Hit], allowed: frozenset[str] | None
) -> Draft | None:
    """Return the sentence or row of the figure that is asked for, None where the ledger has none or several.

    Args:
        library: the policy library.
        question: what is asked; one year and one indicator, else there is no answer of this form.
        hits: the passages found for it, best first.
        allowed: ids of the documents that may be told of; None is all.
    """
    if question.kind is not AnswerKind.NUMBER or len(question.years) != 1 or len(question.parts) > 1:
        return None
    asked = asked_of(question)
    if not asked or sides_of(question):
        return None
    places = [mention.text for mention in question.mentions]
    forms = answer_types_of(fold(question.query))
    for document in documents_for(question, hits, allowed):
        named = [
            level
            for level in levels(library, document, year=question.years[0])
            if level.share(asked) == 1.0 and level.is_of(places) and not _is_unlike(level, forms)
        ]
        if not named:
            continue
        shortest = min(len(level.tokens) for level in named)
        best = [level for level in named if len(level.tokens) == shortest]
        if len({level.indicator.normal_value for level in best}) == 1:
            quotes = (best[0].quote(library),)
            return Draft("\n".join(numbered(quotes)), quotes)
        return None
    return None


def _is_unlike(level: Level, forms: frozenset[str]) -> bool:
    """Return whether a figure is aimed at where what was reached is asked for, or the other way round."""
    reached = level.indicator.value_kind is ValueKind.ACTUAL
    return ("actual" in forms and not reached) or ("goal" in forms and reached)
