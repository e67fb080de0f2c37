"""Questions with several sides: each is searched and answered by itself, so that none crowds out another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.citations import Quote, quote_of
from assistant.extractive import extract, to_the_point
from assistant.outline import outlined
from assistant.question import AnswerKind, Question
from assistant.retriever import find, term_weights
from assistant.scoring import ScoredSentence, score_sentences
from assistant.selection import of_named
from assistant.sentences import Sentence, split_sentences
from assistant.sides import Side, without_growth
from assistant.support import holding
from assistant.thresholds import CALIBRATED, Thresholds
from assistant.types import Hit, Scope
from vectorstore.library import PolicyLibrary
from vectorstore.types import PassageKind

_HITS_A_SIDE = 8
# Characters of a whole table, and of what stands round the words of each row.
_CHARS, _FRAME = 560, 24
_FEWEST_CHARS, _AS_GOOD = 70, 0.8
_UNDATED, _OTHER_YEAR = 0.15, 0.3


def compare(
    library: PolicyLibrary, sides: Sequence[Side], thresholds: Thresholds = CALIBRATED
) -> tuple[Side, ...]:
    """Search and answer each side by itself.

    Args:
        library: the policy library.
        sides: the sides, in the order of the question.
        thresholds: when what was found is no answer.

    Returns:
        The sides with their quotes; a side that says nothing keeps none.
    """
    if not sides:
        return ()
    room = room_of(sides)

    def answered(side: Side, question: Question) -> Side:
        return replace(side, quotes=said_of(library, side, question, room, thresholds))

    compared = [answered(side, side.question) for side in sides]
    if not any(side.quotes for side in compared):
        return tuple(compared)
    # Beside a side that names the asked year, what another one plans for its own years is worth seeing,
    # and beside a rate of growth the figures that another one's can be worked out from.
    for at, side in enumerate(compared):
        for question in (replace(side.question, firm_years=()), without_growth(side.question)):
            if not compared[at].quotes and question is not None:
                compared[at] = answered(side, question)
    return tuple(compared)


def room_of(sides: Sequence[Side]) -> int:
    """Return the characters that one side may quote, so that all of them are read at a glance."""
    names = sum(len(side.name) + _FRAME for side in sides)
    return max(_FEWEST_CHARS, (_CHARS - names) // len(sides))


def said_of(
    library: PolicyLibrary,
    side: Side,
    question: Question,
    room: int,
    thresholds: Thresholds,
    hits: Sequence[Hit] = (),
) -> tuple[Quote, ...]:
    """Answer a question for one side.

    Args:
        library: the policy library.
        side: whose documents may speak.
        question: what is asked of it alone.
        room: most characters to quote.
        thresholds: when what was found is no answer.
        hits: the passages to answer from; none given are searched for.

    Returns:
        What the documents say, cut to the room there is; nothing where they do not say it.
    """
    if side.documents is None:
        return ()
    if not hits:
        hits = find(library, question, _HITS_A_SIDE, Scope(documents=tuple(sorted(side.documents))))
    weights = term_weights(library, question)
    if question.kind is AnswerKind.NUMBER:
        found = _figures(library, question, hits, weights, thresholds)
    else:
        found = outlined(library, question, hits)
    if not found and question.kind is not AnswerKind.NUMBER:
        result = extract(library, question, hits, weights, room, sparing=True, thresholds=thresholds)
        found = () if result.refused else result.quotes
    quotes: list[Quote] = []
    for quote in found:
        cut = _fitted(library, question, quote, weights, room - sum(len(one.text) for one in quotes))
        if cut is not None:
            quotes.append(cut)
    return tuple(quotes or found[:1])


def _figures(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    weights: Mapping[str, float],
    thresholds: Thresholds,
) -> tuple[Quote, ...]:
    """Return the sentence that itself holds the asked figure best, and those as good for other years."""
    everything = score_sentences(question, [(hit, split_sentences(hit.passage)) for hit in hits], weights)
    own = of_named(question, everything)
    if not own:
        return ()
    best = [max(own, key=lambda item: item.score)]
    # What a place's own documents leave open, those of places within it may hold.
    pools = (holding(question, best, pool, weights, thresholds) for pool in (own, everything))
    ranked = sorted(next(filter(None, pools), []), key=lambda item: _of_year(question, item) - item.score)
    chosen = ranked[:1]
    for item in ranked[1:]:
        shown = frozenset[int]().union(*(other.years for other in chosen))
        another = shown and item.years and not item.years & shown and not question.years
        if another and item.score >= _AS_GOOD * ranked[0].score:
            chosen.append(item)
    return tuple(quote_of(library, item.sentence, item.hit.document) for item in chosen)


def _of_year(question: Question, item: ScoredSentence) -> float:
    """Return what a sentence loses where another year is asked for than it or its document is of."""
    issued = item.hit.document.issued_on
    years = item.years or (frozenset({issued.year}) if issued else frozenset())
    asked = frozenset(question.years)
    return 0.0 if not asked or years & asked else _UNDATED if not years else _OTHER_YEAR


def _fitted(
    library: PolicyLibrary, question: Question, quote: Quote, weights: Mapping[str, float], room: int
) -> Quote | None:
    """Return a quote cut to its most telling clauses, or None where none of them fits."""
    if len(quote.text) <= room or quote.passage.kind is PassageKind.TABLE_ROW:
        return quote
    whole = Sentence(quote.passage, quote.text, quote.start, quote.end, 0, 0)
    cut = to_the_point(question, whole, weights, room)
    return quote_of(library, cut, quote.document) if len(cut.text) <= room else None
