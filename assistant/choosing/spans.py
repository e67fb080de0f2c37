"""What belongs to a chosen sentence: the rest of its list, its neighbours, as one verbatim span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.choosing.sentences import Sentence, parallel
from assistant.citations import Quote, quote_of
from assistant.types import Hit
from vectorstore.library import PolicyLibrary
from vectorstore.types import PassageKind

_ITEM = re.compile(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|\d{1,2}[.、．]|——|[一二三四五六七八九]是)"
)
_POINT = re.compile(
    r"[一二三四五六七八九]是|第[一二三四五六七八九][，,是]|其[一二三四五]|首先|其次|再次|最后"
)
_FEWEST = 2
_ENDS = "。！？；;!?"
# A list is worth more room than other text: half of it is no answer.
_LIST_CHARS = 560


@dataclass(slots=True)
class Span:
    """Neighbouring sentences of one passage, from `first` to `last`, both included."""

    hit: Hit
    sentences: Sequence[Sentence]
    first: int
    last: int

    @property
    def size(self) -> int:
        """Length in characters."""
        return self.sentences[self.last].end - self.sentences[self.first].start


def grow(spans: list[Span], room: int, *, lists: bool, each: bool = False) -> list[Span]:
    """Let each span take in what belongs to it, then its neighbours while there is room.

    Args:
        spans: the chosen sentences, most important first.
        room: characters that all spans may have together; lists may go beyond it.
        lists: a list is asked for, so that an item brings the others; else it stands for itself.

        each: the same is asked of several things, so that clauses side by side stay together.

    Returns:
        The same spans, grown; those that touch or overlap are joined.
    """
    for span in spans:
        if span.hit.passage.kind is PassageKind.TABLE_ROW:
            continue
        if each:
            _complete_parallel(span)
        _complete_list(span, lists=lists)
        _complete_series(span)
        while not (_ITEM.match(span.sentences[span.first].text) and not lists):
            step = _step(span, room - sum(other.size for other in spans))
            if step is None:
                break
            span.first, span.last = step
    return _joined(spans)


def quote_span(library: PolicyLibrary, span: Span) -> Quote:
    """Return a span as a quote."""
    first, last = span.sentences[span.first], span.sentences[span.last]
    if first is last:
        return quote_of(library, first, span.hit.document)
    passage = span.hit.passage
    text = passage.text[first.start - passage.start : last.end - passage.start]
    return Quote(passage, span.hit.document, text, text, first.start, last.end)


def _complete_list(span: Span, *, lists: bool) -> None:
    """Take in the items that a lead-in announces, or that follow an item of the same list."""
    sentences = span.sentences
    led = sentences[span.first].text.endswith(("：", ":"))
    if not (led or lists):
        return
    while span.last + 1 < len(sentences):
        current, follows = sentences[span.last], sentences[span.last + 1]
        announced = current.text.endswith(("：", ":"))
        series = _ITEM.match(current.text) is not None and _ITEM.match(follows.text) is not None
        within = (
            follows.paragraph == current.paragraph and _ITEM.match(sentences[span.first].text) is not None
        )
        if not (announced or series or (within and current.text.endswith(("；", ";")))):
            break
        if follows.end - sentences[span.first].start > _LIST_CHARS:
            break
        span.last += 1


def _complete_parallel(span: Span) -> None:
    """Take in the clauses that stand side by side with the span's first, where they are not too long."""
    first, last = parallel(span.sentences, span.first)
    last = max(last, span.last)
    if span.sentences[last].end - span.sentences[first].start <= _LIST_CHARS:
        span.first, span.last = first, last


def _complete_series(span: Span) -> None:
    """Take in all of 一是…二是…三是…, where the span holds one of them and the whole is not too long."""
    sentences = span.sentences
    marked = [at for at, sentence in enumerate(sentences) if _POINT.match(sentence.text)]
    if len(marked) < _FEWEST or not any(span.first <= at <= span.last for at in marked):
        return
    first, last = min(span.first, marked[0]), max(span.last, marked[-1])
    if sentences[last].end - sentences[first].start <= _LIST_CHARS:
        span.first, span.last = first, last


def _step(span: Span, room: int) -> tuple[int, int] | None:
    sentences = span.sentences
    after, before = span.last + 1, span.first - 1
    current = sentences[span.last]
    if after < len(sentences):
        follows = sentences[after]
        leads_on = current.text[-1] not in _ENDS
        if (follows.paragraph == current.paragraph or leads_on) and len(follows.text) <= room:
            return span.first, after
    if before >= 0:
        precedes = sentences[before]
        if precedes.paragraph == sentences[span.first].paragraph and len(precedes.text) <= room:
            return before, span.last
    return None


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        for other in joined:
            same = other.hit.passage.id == span.hit.passage.id
            if same and span.first <= other.last + 1 and other.first <= span.last + 1:
                other.first, other.last = min(other.first, span.first), max(other.last, span.last)
                break
        else:
            joined.append(span)
    return joined
