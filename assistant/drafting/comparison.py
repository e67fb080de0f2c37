"""Questions with several sides: each is searched and answered by itself, so that none crowds out another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.citations import Quote
from assistant.drafting.side_figures import of_year
from assistant.drafting.side_questions import without_growth
from assistant.drafting.sides import Side
from assistant.extractive import brief
from assistant.question import Question
from assistant.retriever import find, term_weights
from assistant.selecting.answer_types import years_in
from assistant.types import Scope
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold

_HITS_A_SIDE = 8
# Characters of a whole table, and of what stands round the words of each row.
_CHARS, _FRAME = 560, 24
_FEWEST_CHARS = 70
_YEAR = re.compile(r"到?(?:19|20)\d{2}年?")


def compare(library: PolicyLibrary, sides: Sequence[Side]) -> tuple[Side, ...]:
    """Search and answer each side by itself.

    Args:
        library: the policy library.
        sides: the sides, in the order of the question.

    Returns:
        The sides with their quotes; a side that says nothing keeps none.
    """
    if not sides:
        return ()
    names = sum(len(side.name) + _FRAME for side in sides)
    room = max(_FEWEST_CHARS, (_CHARS - names) // len(sides))
    said = [replace(side, quotes=_said_of(library, side, side.question, room)) for side in sides]
    compared = [of_year(library, side) for side in said]
    if not any(side.quotes for side in compared):
        return tuple(compared)
    return tuple(_noted(side) if side.quotes else _nearest(library, side, room) for side in compared)


def _nearest(library: PolicyLibrary, side: Side, room: int) -> Side:
    """Return a silent side with what comes nearest to what is asked.

    Beside a side that names the asked year, what another place plans for its own years is worth seeing, and
    beside a rate of growth the figures that another one's can be worked out from. A year that is itself a
    side has nothing to say in another one's place.
    """
    if years_in(side.name):
        return side
    bare = _YEAR.sub("", side.question.query)
    timeless = replace(side.question, query=bare, firm_years=(), years=())
    growth = without_growth(side.question)
    quotes = _said_of(library, side, timeless, room) or (
        _said_of(library, side, growth, room) if growth else ()
    )
    return _noted(replace(side, quotes=quotes))


def _noted(side: Side) -> Side:
    """Return a side with the years that its quotes are of, where the asked one is not among them."""
    years = years_in(fold(" ".join(quote.text for quote in side.quotes)))
    if not years or not side.question.firm_years or years & set(side.question.firm_years):
        return side
    told, name = "、".join(map(str, sorted(years))), side.name
    return replace(side, name=answer_line(f"{name}（所载为{told}年）"))


def _said_of(library: PolicyLibrary, side: Side, question: Question, room: int) -> tuple[Quote, ...]:
    """Return what the documents of a side say to a question; nothing where they do not say it."""
    if side.documents is None:
        return ()
    hits = find(library, question, _HITS_A_SIDE, Scope(documents=tuple(sorted(side.documents))))
    return brief(library, question, hits, term_weights(library, question), room)
