"""Which sentences to answer with: the best one, then those that answer what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.choosing.forms import asks_amount
from assistant.choosing.scoring import ScoredSentence
from assistant.question import AnswerKind, Question
from assistant.understanding.members import members
from vectorstore.segmentation import fold, words
from vectorstore.types import PassageKind

_MOST = 4
# Characters that one sentence may take beside others; a longer one is cut down to its telling clauses.
LONGEST = 130
_WORTH_ADDING = 0.16
_NEAR_BEST = 0.55
_YEAR_GAIN, _MEMBER_GAIN, _ON_SUBJECT = 0.25, 0.25, 0.7
_OF_NAMED = 0.6
_LITTLE = 0.45
_SEVERAL = re.compile(r"分别|各[是自占为有]|各多少|各达")
# How near to the best one a sentence must come to be shown beside it: sources may give different figures.
_ALIKE, _ALIKE_AMOUNT = 0.9, 0.78
_SAME_SUBJECT = 0.8
# Share of the shorter one's words that two sentences must have in common to be the same said twice.
_SAME = 0.95
_AIMED = re.compile(r"到(?:19|20)\d{2}年|力争|争取|目标|预期|努力实现")
# Whether an aim was reached, or is above what was reached, takes both figures.
_BOTH_TIMES = re.compile(
    r"目标[^,。?]{0,6}(?:完成|实现|达到)了?(?:吗|没)|(?:完成|实现|达到)了?目标(?:吗|没)|现状[和与及]目标|"
    r"目标[^,。?]{0,4}比[^,。?]{2,10}[多高大]"
)
_TIME_ASKED = re.compile(
    r"目标|力争|规划|计划|目前|现在|已经?|截至|实际|去年|今年|末|十[一二三四五六七]五|要达到"
)


def of_named(question: Question, scored: list[ScoredSentence]) -> list[ScoredSentence]:
    """Keep to the documents of the places that a question names, where they have something to say.

    A place's own documents come before those of places within it; a document of no place, such as an
    article, counts where it names the place.
    """
    best = max((item.score for item in scored), default=0.0)
    for wanted in (
        frozenset[str]().union(*(mention.own for mention in question.mentions)),
        frozenset[str]().union(*(mention.documents for mention in question.mentions)),
    ):
        own = [item for item in scored if item.hit.document.id in wanted or _of_no_place(question, item)]
        if any(item.score >= _OF_NAMED * best for item in own):
            return own
    return scored


def _of_no_place(question: Question, item: ScoredSentence) -> bool:
    text = fold(item.sentence.text)
    return not item.hit.document.region and any(mention.text in text for mention in question.mentions)


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
    both = _BOTH_TIMES.search(fold(question.query)) is not None
    other = _other_time(question, best, rest) if both or (told and not _times_asked(question)) else None
    if other is not None and _cost(other) <= room:
        rest.remove(other)
        chosen.append(other)
        left.close(other)
        room -= _cost(other)
    while rest and len(chosen) < _MOST:
        item = max(rest, key=lambda other: (left.gain(other) + 0.3 * other.score, other.score))
        rest.remove(item)
        text = item.sentence.text
        if _cost(item) > room or any(_same(text, other.sentence.text) for other in chosen):
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


def _times_asked(question: Question) -> bool:
    """Tell whether a question says which time it asks about."""
    return bool(question.years) or _TIME_ASKED.search(fold(question.query)) is not None


def _other_time(
    question: Question, best: ScoredSentence, rest: Sequence[ScoredSentence]
) -> ScoredSentence | None:
    """Return the figure aimed at beside the one reached, or the other way."""
    aimed = _AIMED.search(fold(best.sentence.text)) is not None
    fitting = (
        item
        for item in rest
        if item.subject >= _SAME_SUBJECT * best.subject
        and item.score >= _ALIKE_AMOUNT * best.score
        and (_AIMED.search(fold(item.sentence.text)) is not None) != aimed
    )
    return max(fitting, key=lambda item: (len(item.covered & best.covered), item.score), default=None)


def _same(text: str, other: str) -> bool:
    """Tell whether one of two sentences says nearly nothing but what the other says."""
    ours, theirs = frozenset(words(text)), frozenset(words(other))
    return len(ours & theirs) >= _SAME * min(len(ours), len(theirs))


def _cost(item: ScoredSentence) -> int:
    return min(len(item.sentence.text), LONGEST)


class _Open:
    """What of a question the chosen sentences leave open: its tokens, its years, the things it names."""

    def __init__(self, question: Question, weights: Mapping[str, float]) -> None:
        self._tokens = dict(weights)
        self._total = sum(weights.values()) or 1.0
        self._years = set(question.years)
        self._members = members(question)
        self._things = max(1, len(self._members))
        self._named = [fold(term) for term in question.quoted]
        self._most = 0.0

    def gain(self, item: ScoredSentence) -> float:
        """Return the share of the question that a sentence would close."""
        share = sum(self._tokens.get(token, 0.0) for token in item.covered) / self._total
        # Of several things asked about, a sentence that tells of one holds its share of the words.
        on_subject = item.subject >= _ON_SUBJECT * self._most / self._things
        year = bool(self._years & item.years)
        member = bool(self._told_of(item))
        return share + on_subject * (_YEAR_GAIN * year + _MEMBER_GAIN * member)

    def little(self) -> bool:
        """Tell whether no year, nothing asked beside others, and few of the question's words are left."""
        return not self._years and not self._members and sum(self._tokens.values()) <= _LITTLE * self._total

    def close(self, item: ScoredSentence) -> None:
        """Count what a chosen sentence covers as answered."""
        self._most = max(self._most, item.subject)
        self._years -= item.years
        told = self._told_of(item)
        self._members = [member for member in self._members if member not in told]
        for token in item.covered:
            self._tokens.pop(token, None)

    def _told_of(self, item: ScoredSentence) -> list[frozenset[str]]:
        """Return which of the things asked about a sentence speaks of; the name of them all tells of none."""
        if not self._members:
            return []
        text = fold(item.sentence.text)
        for term in self._named:
            text = text.replace(term, " ")
        said = frozenset(words(text))
        return [member for member in self._members if member <= said]
