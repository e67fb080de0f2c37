"""Units: the contiguous spans of a passage that an answer is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.selecting.candidates import Candidate
from assistant.selecting.query_profile import QueryProfile
from assistant.selecting.sentences import GOES_ON, LEADS_IN, Sentence, is_item

# A list is worth more room than other text: half of it is no answer.
_LIST_CHARS = 560
FACTS = frozenset({"number", "time", "body", "person", "contact", "money", "share"})
# Characters of a unit where a fact is asked for, and elsewhere: the least, and what is added the less
# sure it is which sentence answers.
_FACT_ROOM, _ROOM = (150, 200), (195, 265)


@dataclass(frozen=True, slots=True)
class Unit:
    """Neighbouring sentences of one passage, from `first` to `last`, both included.

    Attributes:
        passage: the passage they stand in.
        first, last: numbers of the sentences.
        score: expected number of them that hold a part of the answer.
        peak: number of the sentence that most likely does.
        top: its probability.
    """

    passage: Candidate
    first: int
    last: int
    score: float
    peak: int
    top: float

    @property
    def length(self) -> int:
        """Length in characters."""
        sentences = self.passage.sentences
        return sentences[self.last].end - sentences[self.first].start

    def touches(self, other: Unit) -> bool:
        """Return whether two units share a sentence."""
        same = self.passage.hit.passage.id == other.passage.hit.passage.id
        return same and self.first <= other.last and other.first <= self.last


def best_unit(passage: Candidate, probabilities: Sequence[float], room: int) -> Unit:
    """Return the run of sentences of a passage that most likely holds the answer.

    Args:
        passage: a found passage with at least one sentence.
        probabilities: of each of its sentences to hold a part of the answer.
        room: most characters of the run; a single sentence may be longer.

    Returns:
        The best run of whole sentences, the shorter one of equals.
    """
    sentences = passage.sentences
    best = Unit(passage, 0, 0, -1.0, 0, 0.0)
    for first in range(len(sentences)):
        score, peak = 0.0, first
        for last in range(first, len(sentences)):
            if last > first and sentences[last].end - sentences[first].start > room:
                break
            score += probabilities[last]
            peak = last if probabilities[last] > probabilities[peak] else peak
            if score > best.score:
                best = Unit(passage, first, last, score, peak, probabilities[peak])
    return best


def units_of(
    profile: QueryProfile, passages: Sequence[Candidate], probabilities: Sequence[float], room: int | None
) -> list[Unit]:
    """Return the best unit of each passage, best first.

    Args:
        profile: the question.
        passages: what was found, each with at least one sentence.
        probabilities: of each of their sentences, in order, to hold a part of the answer.
        room: most characters of a unit; None is what the form of fact asked for needs.
    """
    least, more = _FACT_ROOM if profile.forms & FACTS and "list" not in profile.forms else _ROOM
    units: list[Unit] = []
    at = 0
    for passage in passages:
        size = len(passage.sentences)
        # A heading answers nothing by itself, nor do the title and the names of a table's columns.
        silent = {*passage.hit.passage.section, passage.hit.document.title}
        own = [
            0.0 if sentence.text in silent or "\t" in sentence.text else probability
            for sentence, probability in zip(passage.sentences, probabilities[at : at + size], strict=True)
        ]
        units.append(best_unit(passage, own, room or round(least + more * (1 - max(own)))))
        at += size
    return sorted(units, key=lambda unit: -unit.score)


def _led_in(sentences: Sequence[Sentence], first: int) -> int:
    """Return where begins what leads an item in, or the item itself where nothing does."""
    opened = first
    while opened and is_item(sentences[opened].text) and not sentences[opened - 1].text.endswith(LEADS_IN):
        opened -= 1
    led = opened and is_item(sentences[first].text) and sentences[opened - 1].text.endswith(LEADS_IN)
    return opened - 1 if led else first


def _chained(sentences: Sequence[Sentence], first: int) -> int:
    """Return where the clauses begin that a sentence goes on from: a penalty after its case."""
    while (
        first
        and not is_item(sentences[first].text)
        and sentences[first - 1].text.endswith(GOES_ON)
        and sentences[first - 1].paragraph == sentences[first].paragraph
    ):
        first -= 1
    return first


def completed(unit: Unit, *, lists: bool = False) -> Unit:
    """Let a unit begin with what leads its first item in, and end with the list that its last sentence opens.

    Args:
        unit: a run of sentences.
        lists: a list is asked for, so that one which the unit has begun goes on to its end.

    Returns:
        The unit with the lead-in before it and the items behind it, as far as they find room.
    """
    sentences = unit.passage.sentences
    last = unit.last
    # What leads in may itself go on from clauses before it; as much of it is told as there is room for.
    starts = [unit.first]
    while (start := _led_in(sentences, chained := _chained(sentences, starts[-1]))) < starts[-1]:
        starts += [chained, start]
    first = min(
        (one for one in starts if sentences[last].end - sentences[one].start <= _LIST_CHARS),
        default=unit.first,
    )
    begun = lists and any(one.text.endswith(LEADS_IN) for one in sentences[first : last + 1])
    listed = begun or sentences[last].text.endswith((*LEADS_IN, *GOES_ON))
    while listed and last + 1 < len(sentences):
        if sentences[last + 1].end - sentences[first].start > _LIST_CHARS:
            break
        last += 1
        listed = (
            begun
            or sentences[last].text.endswith(GOES_ON)
            or (
                last + 1 < len(sentences)
                and is_item(sentences[last + 1].text)
                and is_item(sentences[last].text)
            )
        )
    return replace(unit, first=first, last=last)
