"""The answer without a model: the sentences that answer, verbatim, with what belongs to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.question import AnswerKind, Question
from assistant.scoring import ScoredSentence, score_sentences
from assistant.sentences import Sentence, split_sentences
from assistant.support import supported
from assistant.types import Hit
from vectorstore.library import PolicyLibrary
from vectorstore.types import PassageKind

_PASSAGES = 10
_MAX_QUOTES = 4
_NEAREST = 2
# Characters: of the sentences chosen, and up to which they may take in their neighbours.
_ROOM = 320
_GROWN, _GROWN_NUMBERS = 260, 160
_WORTH_ADDING = 0.16
_NEAR_BEST = 0.55
_YEAR_GAIN = 0.25


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
) -> Extract:
    """Answer a question with sentences of the found passages.

    Args:
        library: the library the passages come from.
        question: what is asked.
        hits: the found passages, best first.
        weights: weight of each token of the question.
        room: most characters to quote, roughly; None is what the kind of question needs.

    Returns:
        The quotes that answer, or a refusal with what is nearest.
    """
    found = [(hit, split_sentences(hit.passage)) for hit in hits[:_PASSAGES]]
    scored = score_sentences(question, found, weights)
    if not scored:
        return Extract((), refused=True)
    chosen = _select(question, scored, weights, room or _ROOM)
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


def _select(
    question: Question, scored: Sequence[ScoredSentence], weights: Mapping[str, float], room: int
) -> list[ScoredSentence]:
    """Choose sentences greedily: the best one, then those that cover what is still open."""
    total = sum(weights.values()) or 1.0
    best = max(scored, key=lambda item: item.score)
    chosen = [best]
    covered, years = set(best.covered), set(best.years)
    room -= len(best.sentence.text)
    rest = [item for item in scored if item is not best and item.score >= _NEAR_BEST * best.score]

    def gain(item: ScoredSentence) -> float:
        open_years = (set(question.years) & item.years) - years
        return sum(weights[token] for token in item.covered - covered) / total + _YEAR_GAIN * bool(open_years)

    while rest and len(chosen) < _MAX_QUOTES:
        item = max(rest, key=lambda other: (gain(other) + 0.3 * other.score, other.score))
        rest.remove(item)
        text = item.sentence.text
        if len(text) > room or any(text == other.sentence.text for other in chosen):
            continue
        if gain(item) < _WORTH_ADDING and item.score < 0.9 * best.score:
            continue
        chosen.append(item)
        covered |= item.covered
        years |= item.years
        room -= len(text)
    return chosen


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
