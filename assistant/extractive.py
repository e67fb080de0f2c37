"""The answer without a model: the sentences that answer, verbatim, with what belongs to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.question import AnswerKind, Question, unasked
from assistant.scoring import ScoredSentence, score_sentences
from assistant.sentences import Sentence, split_sentences
from assistant.support import supported
from assistant.types import Hit
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens
from vectorstore.types import PassageKind

_PASSAGES = 10
_MAX_QUOTES = 4
_NEAREST = 2
# Characters: of the sentences chosen, and up to which they may take in their neighbours.
_ROOM = 320
_GROWN, _GROWN_NUMBERS = 260, 160
_WORTH_ADDING = 0.16
_NEAR_BEST = 0.55
_YEAR_GAIN, _ON_SUBJECT = 0.25, 0.7
_OF_NAMED = 0.6
_SEVERAL = 2
# How near to the best one a sentence must come to be shown beside it: sources may give different figures.
_ALIKE, _ALIKE_NUMBER = 0.9, 0.78


@dataclass(frozen=True, slots=True)
class Extract:
    """What the passages say to a question.

    Attributes:
        quotes: verbatim spans in the order in which they are shown.
        refused: they do not answer it; the quotes are what is nearest.
    """

    quotes: tuple[Quote, ...]
    refused: bool


@dataclass(slots=True)
class _Span:
    """Neighbouring sentences of one passage, from `first` to `last`."""

    hit: Hit
    sentences: Sequence[Sentence]
    first: int
    last: int

    @property
    def size(self) -> int:
        return self.sentences[self.last].end - self.sentences[self.first].start


def extract(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    weights: Mapping[str, float],
    room: int | None = None,
    *,
    sparing: bool = False,
) -> Extract:
    """Answer a question with sentences of the found passages.

    Args:
        library: the library the passages come from.
        question: what is asked.
        hits: the found passages, best first.
        weights: weight of each token of the question.
        room: most characters to quote, roughly; None is what the kind of question needs.
        sparing: leave out what only says the same once more.

    Returns:
        The quotes that answer, or a refusal with what is nearest.
    """
    found = [(hit, split_sentences(hit.passage)) for hit in hits[:_PASSAGES]]
    scored = _of_named(question, score_sentences(question, found, weights))
    if not scored:
        return Extract((), refused=True)
    chosen = _select(question, scored, weights, room or _ROOM, sparing=sparing)
    answers = supported(question, chosen, scored, weights)
    if not answers:
        nearest = [quote_of(library, item.sentence, item.hit.document) for item in chosen[:_NEAREST]]
        return Extract(tuple(nearest), refused=True)
    sentences = {hit.passage.id: found_sentences for hit, found_sentences in found}
    spans = [
        _Span(item.hit, sentences[item.hit.passage.id], item.sentence.index, item.sentence.index)
        for item in answers
    ]
    limit = room or (_GROWN_NUMBERS if question.kind is AnswerKind.NUMBER else _GROWN)
    return Extract(tuple(_quote(library, span) for span in _merged(_grown(spans, limit))), refused=False)


def _of_named(question: Question, scored: list[ScoredSentence]) -> list[ScoredSentence]:
    """Keep to the documents of the places that a question names, where they have something to say."""
    named = frozenset[str]().union(*(mention.documents for mention in question.mentions))
    own = [item for item in scored if item.hit.document.id in named]
    best = max((item.score for item in scored), default=0.0)
    return own if any(item.score >= _OF_NAMED * best for item in own) else scored


def _select(
    question: Question,
    scored: Sequence[ScoredSentence],
    weights: Mapping[str, float],
    room: int,
    *,
    sparing: bool,
) -> list[ScoredSentence]:
    """Choose sentences greedily: the best one, then those that cover what is still open."""
    best = max(scored, key=lambda item: item.score)
    alike = _ALIKE_NUMBER if question.kind is AnswerKind.NUMBER else _ALIKE
    chosen = [best]
    open_items = _Open(question, weights)
    open_items.close(best)
    room -= len(best.sentence.text)
    rest = [item for item in scored if item is not best and item.score >= _NEAR_BEST * best.score]
    for item in _of_parts(question, scored, weights, best):
        if item in rest and len(item.sentence.text) <= room:
            rest.remove(item)
            chosen.append(item)
            open_items.close(item)
            room -= len(item.sentence.text)
    while rest and len(chosen) < _MAX_QUOTES:
        item = max(rest, key=lambda other: (open_items.gain(other) + 0.3 * other.score, other.score))
        rest.remove(item)
        text = item.sentence.text
        if len(text) > room or any(text == other.sentence.text for other in chosen):
            continue
        same = not sparing and item.score >= alike * best.score
        if open_items.gain(item) < _WORTH_ADDING and not same:
            continue
        chosen.append(item)
        open_items.close(item)
        room -= len(text)
    return chosen


def _of_parts(
    question: Question, scored: Sequence[ScoredSentence], weights: Mapping[str, float], best: ScoredSentence
) -> list[ScoredSentence]:
    """Return, of a question that asks several things, the sentence that fits each of them best."""
    if len(question.parts) < _SEVERAL:
        return []
    fitting: list[ScoredSentence] = []
    for part in question.parts:
        own = weights.keys() & set(tokens(unasked(fold(part))))
        total = sum(weights[token] for token in own)
        if not total:
            continue

        def fit(item: ScoredSentence, own: Set[str] = own, total: float = total) -> float:
            return sum(weights[token] for token in item.covered & own) / total + item.score / best.score

        fitting.append(max(scored, key=fit))
    return fitting


class _Open:
    """What of a question the chosen sentences leave open: its tokens, and its years."""

    def __init__(self, question: Question, weights: Mapping[str, float]) -> None:
        self._tokens = dict(weights)
        self._total = sum(weights.values()) or 1.0
        self._years = set(question.years)
        self._most = 0.0

    def gain(self, item: ScoredSentence) -> float:
        """Return the share of the question that a sentence would close."""
        tokens = sum(self._tokens.get(token, 0.0) for token in item.covered) / self._total
        on_subject = item.subject >= _ON_SUBJECT * self._most
        return tokens + _YEAR_GAIN * bool(on_subject and self._years & item.years)

    def close(self, item: ScoredSentence) -> None:
        """Count what a chosen sentence covers as answered."""
        self._most = max(self._most, item.subject)
        self._years -= item.years
        for token in item.covered:
            self._tokens.pop(token, None)


def _grown(spans: list[_Span], room: int) -> list[_Span]:
    """Let each span take in its neighbours while there is room, first what follows, then what precedes."""
    for span in spans:
        if span.hit.passage.kind is PassageKind.TABLE_ROW:
            continue
        while True:
            used = sum(other.size for other in spans)
            step = _step(span, room - used)
            if step is None:
                break
            span.first, span.last = step
    return spans


def _step(span: _Span, room: int) -> tuple[int, int] | None:
    sentences = span.sentences
    after, before = span.last + 1, span.first - 1
    current = sentences[span.last]
    if after < len(sentences):
        follows = sentences[after]
        leads_on = current.text.endswith(("：", ":")) or current.text[-1] not in "。！？；;!?"
        if (follows.paragraph == current.paragraph or leads_on) and len(follows.text) <= room:
            return span.first, after
    if before >= 0:
        precedes = sentences[before]
        if precedes.paragraph == sentences[span.first].paragraph and len(precedes.text) <= room:
            return before, span.last
    return None


def _merged(spans: Sequence[_Span]) -> list[_Span]:
    """Join spans of one passage that touch or overlap, keeping the order of the first."""
    merged: list[_Span] = []
    for span in spans:
        for other in merged:
            same = other.hit.passage.id == span.hit.passage.id
            if same and span.first <= other.last + 1 and other.first <= span.last + 1:
                other.first, other.last = min(other.first, span.first), max(other.last, span.last)
                break
        else:
            merged.append(span)
    return merged


def _quote(library: PolicyLibrary, span: _Span) -> Quote:
    first, last = span.sentences[span.first], span.sentences[span.last]
    if first is last:
        return quote_of(library, first, span.hit.document)
    passage = span.hit.passage
    text = passage.text[first.start - passage.start : last.end - passage.start]
    return Quote(passage, span.hit.document, text, text, first.start, last.end)
