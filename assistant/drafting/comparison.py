"""Questions with several sides: each is searched and answered by itself, so that none crowds out another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.choosing.scoring import ScoredSentence, score_sentences
from assistant.choosing.selection import of_named
from assistant.choosing.sentences import Sentence, split_sentences
from assistant.choosing.support import holding
from assistant.choosing.thresholds import CALIBRATED, Thresholds
from assistant.citations import Quote, quote_of
from assistant.drafting.outline import outlined
from assistant.drafting.sides import Side, without_growth
from assistant.extractive import extract, to_the_point
from assistant.question import AnswerKind, Question, planned_years, years_of
from assistant.retriever import find, term_weights
from assistant.types import Hit, Scope
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.types import PassageKind, Status

_HITS_A_SIDE = 8
# Characters of a whole table, and of what stands round the words of each row.
_CHARS, _FRAME = 560, 24
_FEWEST_CHARS, _AS_GOOD = 70, 0.8
_UNDATED, _OTHER_YEAR, _NO_GOAL = 0.15, 0.3, 0.3
_NO_LONGER = 0.2
_ASKS_GOAL = re.compile(r"目标|力争|规划到|计划到|要达到")
_REACHED = re.compile(r"目前|现有|已|拥有|截至|共有|获批|(?:19|20)\d{2}年末?,[^,]*(?:达到?|完成|实现)")
_SETS_GOAL = re.compile(r"到(?:19|20)\d{2}年|力争|争取|目标|新增")


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
    return tuple(side if side.quotes else _nearest(side, answered) for side in compared)


def _nearest(side: Side, answered: Callable[[Side, Question], Side]) -> Side:
    """Return a silent side with what comes nearest to what is asked.

    Beside a side that names the asked year, what another place plans for its own years is worth seeing, and
    beside a rate of growth the figures that another one's can be worked out from. A year that is itself a
    side has nothing to say in another one's place.
    """
    if years_of(side.name):
        return side
    timeless = answered(side, replace(side.question, firm_years=(), years=()))
    growth = None if timeless.quotes else without_growth(side.question)
    if growth is not None:
        return answered(side, growth)
    years = years_of(fold(" ".join(quote.text for quote in timeless.quotes)))
    other = years and side.question.firm_years and not set(years) & set(side.question.firm_years)
    return (
        replace(timeless, name=f"{side.name}（所载为{'、'.join(map(str, years))}年）") if other else timeless
    )


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
    ranked = sorted(
        next(filter(None, pools), []),
        key=lambda item: (
            _of_year(question, item) + _no_goal(question, item) + _over(question, item) - item.score
        ),
    )
    chosen = ranked[:1]
    for item in ranked[1:]:
        shown = frozenset[int]().union(*(other.years for other in chosen))
        another = shown and item.years and not item.years & shown and not question.years
        as_good = item.score >= _AS_GOOD * ranked[0].score and not _no_goal(question, item)
        if another and as_good and _over(question, item) <= _over(question, ranked[0]):
            chosen.append(item)
    return tuple(quote_of(library, item.sentence, item.hit.document) for item in chosen)


def _of_year(question: Question, item: ScoredSentence) -> float:
    """Return what a sentence loses where another year is asked for than it or its document is of."""
    issued = item.hit.document.issued_on
    years = item.years or (frozenset({issued.year}) if issued else frozenset())
    asked = frozenset(question.years)
    return 0.0 if not asked or years & asked else _UNDATED if not years else _OTHER_YEAR


def _over(question: Question, item: ScoredSentence) -> float:
    """Return what a sentence loses where its document's time is over and no time is asked for."""
    if question.years or planned_years(fold(question.query)):
        return 0.0
    standing = item.hit.document.standing(datetime.now().astimezone().date())
    return _NO_LONGER if standing in (Status.EXPIRED, Status.SUPERSEDED) else 0.0


def _no_goal(question: Question, item: ScoredSentence) -> float:
    """Return what a sentence loses where a goal is asked for and it tells what has been reached."""
    said = fold(item.sentence.text)
    row = item.sentence.passage.kind is PassageKind.TABLE_ROW
    reached = _REACHED.search(said) and not _SETS_GOAL.search(said) and not row
    return _NO_GOAL if reached and _ASKS_GOAL.search(question.query) else 0.0


def _fitted(
    library: PolicyLibrary, question: Question, quote: Quote, weights: Mapping[str, float], room: int
) -> Quote | None:
    """Return a quote cut to its most telling clauses, or None where none of them fits."""
    if len(quote.text) <= room or quote.passage.kind is PassageKind.TABLE_ROW:
        return quote
    whole = Sentence(quote.passage, quote.text, quote.start, quote.end, 0, 0)
    cut = to_the_point(question, whole, weights, room)
    return quote_of(library, cut, quote.document) if len(cut.text) <= room else None
