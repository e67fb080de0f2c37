"""Which sentences to answer with: the best one, then those that answer what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.forms import asks_amount
from assistant.question import AnswerKind, Question
from assistant.scoring import ScoredSentence
from vectorstore.segmentation import fold
from vectorstore.types import PassageKind

_MOST = 4
# Characters that one sentence may take beside others; a longer one is cut down to its telling clauses.
LONGEST = 130
_WORTH_ADDING = 0.16
_NEAR_BEST = 0.55
_YEAR_GAIN, _ON_SUBJECT = 0.25, 0.7
_OF_NAMED = 0.6
_LITTLE = 0.45
_SEVERAL = re.compile(r"分别|各[是自占为有]|各多少|各达")
# How near to the best one a sentence must come to be shown beside it: sources may give different figures.
_ALIKE, _ALIKE_AMOUNT = 0.9, 0.78


def of_named(question: Question, scored: list[ScoredSentence]) -> list[ScoredSentence]:
    """Keep to the documents of the places that a question names, where they have something to say.

    A place's own documents come before those of places within it.
    """
    best = max((item.score for item in scored), default=0.0)
    for wanted in (
        frozenset[str]().union(*(mention.own for mention in question.mentions)),
        frozenset[str]().union(*(mention.documents for mention in question.mentions)),
    ):
        own = [item for item in scored if item.hit.document.id in wanted]
        if any(item.score >= _OF_NAMED * best for item in own):
            return own
    return scored


def select(
    question: Question,
    scored: Sequence[ScoredSentence],
    weights: Mapping[str, float],
    room: int,
    *,
    sparing: bool = False,
) -> list[ScoredSentence]:
    """Choose the sentences of an answer greedily, in the manner of maximal marginal relevance.

    Carbonell & Goldstein, The Use of MMR (SIGIR 1998), with coverage of the question's words for novelty.

    Args:
        question: what is asked.
        scored: all sentences found; at least one.
        weights: weight of each token of the question.
        room: most characters to choose.
        sparing: leave out what only says the same once more.

    Returns:
        The chosen sentences, the best one first.
    """
    best = max(scored, key=lambda item: item.score)
    chosen = [best]
    left = _Open(question, weights)
    left.close(best)
    room -= _cost(best)
    near = _NEAR_BEST * best.score
    rest = [item for item in scored if item is not best and item.fits and item.score >= near]
    amounts = any(asks_amount(fold(part)) for part in question.parts)
    alike = _ALIKE_AMOUNT if amounts else _ALIKE
    # A figure that answers all that is asked stands alone; more lines beside it only distract.
    several = amounts or _SEVERAL.search(question.query) is not None
    told = question.kind is AnswerKind.NUMBER and not several and left.little()
    sparing = sparing or told
    while rest and len(chosen) < _MOST:
        item = max(rest, key=lambda other: (left.gain(other) + 0.3 * other.score, other.score))
        rest.remove(item)
        text = item.sentence.text
        if _cost(item) > room or any(text == other.sentence.text for other in chosen):
            continue
        # A row says all of its indicator; its neighbours in the table are others.
        row = item.sentence.passage.kind is PassageKind.TABLE_ROW
        same = not sparing and not row and item.score >= alike * best.score
        if left.gain(item) < _WORTH_ADDING and not same:
            continue
        chosen.append(item)
        left.close(item)
        room -= _cost(item)
    return chosen


def _cost(item: ScoredSentence) -> int:
    return min(len(item.sentence.text), LONGEST)


class _Open:
    """What of a question the chosen sentences leave open: its tokens, and its years."""

    def __init__(self, question: Question, weights: Mapping[str, float]) -> None:
        self._tokens = dict(weights)
        self._total = sum(weights.values()) or 1.0
        self._years = set(question.years)
        self._most = 0.0

    def gain(self, item: ScoredSentence) -> float:
        """Return the share of the question that a sentence would close."""
        share = sum(self._tokens.get(token, 0.0) for token in item.covered) / self._total
        on_subject = item.subject >= _ON_SUBJECT * self._most
        return share + _YEAR_GAIN * bool(on_subject and self._years & item.years)

    def little(self) -> bool:
        """Tell whether no year and few of the question's words are left."""
        return not self._years and sum(self._tokens.values()) <= _LITTLE * self._total

    def close(self, item: ScoredSentence) -> None:
        """Count what a chosen sentence covers as answered."""
        self._most = max(self._most, item.subject)
        self._years -= item.years
        for token in item.covered:
            self._tokens.pop(token, None)
