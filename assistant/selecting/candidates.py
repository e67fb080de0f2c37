"""A found passage as the features read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

from assistant.selecting.passage_sentences import sentences_of
from assistant.selecting.sentences import GOES_ON, LEADS_IN, Sentence, is_item
from assistant.types import Hit
from vectorstore.segmentation import tokens


@dataclass(frozen=True, slots=True)
class Candidate:
    """A found passage, read once.

    Attributes:
        hit: the passage with its document.
        sentences: its sentences.
        folded: the text of each, folded.
        held: the question's tokens that each holds, an item those of its lead-in too.
        leads: for each the number of the sentence that leads it in, or its own.
        heading, title: those that its headings and its document's title and region hold.
    """

    hit: Hit
    sentences: tuple[Sentence, ...]
    folded: tuple[str, ...]
    held: tuple[frozenset[str], ...]
    leads: tuple[int, ...]
    heading: frozenset[str]
    title: frozenset[str]

    @property
    def similarity(self) -> float:
        """How near it is to the question by vectors, 0 to 1; 0 is no nearer than any, nan is not known."""
        near = self.hit.similarity
        return nan if near is None else min(1.0, max(0.0, near))

    @property
    def everything(self) -> frozenset[str]:
        """The question's tokens that it holds anywhere."""
        return self.heading.union(self.title, *self.held)

    def led(self, at: int) -> str:
        """Return a sentence, folded, with the one that leads it in."""
        lead = self.leads[at]
        return self.folded[at] if lead == at else self.folded[lead] + self.folded[at]


def candidates_of(hits: Sequence[Hit], weights: Mapping[str, float]) -> tuple[Candidate, ...]:
    """Read the found passages once for all features."""
    return tuple(_read(hit, weights) for hit in hits if hit.passage.text.strip())


def _read(hit: Hit, weights: Mapping[str, float]) -> Candidate:
    read = sentences_of(hit.passage)
    held = [frozenset(weights.keys() & set(tokens(text))) for text in read.folded]
    leads = _leads(read.sentences)
    return Candidate(
        hit,
        read.sentences,
        read.folded,
        tuple(own | held[lead] for own, lead in zip(held, leads, strict=True)),
        leads,
        frozenset(weights.keys() & set(tokens(" ".join(hit.passage.section)))),
        frozenset(weights.keys() & set(tokens(f"{hit.document.title} {hit.document.region}"))),
    )


def _leads(sentences: Sequence[Sentence]) -> tuple[int, ...]:
    """Return for each sentence the number of the one that leads it in, or its own."""
    leads: list[int] = []
    opened = -1
    for at, sentence in enumerate(sentences):
        item = is_item(sentence.text) or (at > 0 and sentences[at - 1].text.endswith((*LEADS_IN, *GOES_ON)))
        opened = opened if item else -1
        leads.append(opened if opened >= 0 else at)
        if sentence.text.endswith(LEADS_IN):
            opened = at
    return tuple(leads)
