"""The found passages, read for a question: their sentences, their units, and whether these answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.question import Question
from assistant.selecting.candidates import Candidate, candidates_of
from assistant.selecting.decision import Decision, decide
from assistant.selecting.fitted_models import Fitted, fitted
from assistant.selecting.places import holds_for
from assistant.selecting.query_profile import QueryProfile, profile_of
from assistant.selecting.sentence_features import sentence_features
from assistant.selecting.units import Unit, units_of
from assistant.types import Hit
from vectorstore.library import PolicyLibrary

_PASSAGES = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """The passages that may speak to a question, read for it.

    Attributes:
        question: what is asked.
        models: what chooses and what decides.
        passages: those that may speak for the places asked about, at least one.
        profile: of the question.
        probabilities: of each of their sentences, in order, to hold a part of the answer.
    """

    question: Question
    models: Fitted
    passages: tuple[Candidate, ...]
    profile: QueryProfile
    probabilities: Sequence[float]

    def units(self, room: int | None = None) -> list[Unit]:
        """Return the best unit of each passage, best first; no room given is what the question needs."""
        return units_of(self.profile, self.passages, self.probabilities, room)

    def decision(self, units: Sequence[Unit]) -> Decision:
        """Return how it is decided whether units answer."""
        return decide(self.models, self.question, self.profile, self.passages, units)


def read_passages(
    library: PolicyLibrary, question: Question, hits: Sequence[Hit], weights: Mapping[str, float]
) -> Reading | None:
    """Read the passages that may speak for the places asked about, all of them where none does."""
    near = hits[:_PASSAGES]
    passages = candidates_of([hit for hit in near if holds_for(question, hit)] or near, weights)
    if not passages:
        return None
    # Without vectors, as where the endpoint is away, nothing is near and all would be refused.
    models = fitted(library.has_embedding and any(hit.similarity is not None for hit in hits))
    profile = profile_of(question, weights, library.rarity(question.search), passages)
    probabilities = sentence_probabilities(models, profile, passages)
    return Reading(question, models, passages, profile, probabilities)


def sentence_probabilities(
    models: Fitted, profile: QueryProfile, passages: Sequence[Candidate]
) -> list[float]:
    """Return the probability of each sentence of the passages, in order, to hold a part of the answer."""
    scorer = models.scorer
    rows = [row[: len(scorer.names)] for row in sentence_features(profile, passages)]
    probabilities: list[float] = scorer.probabilities(rows).tolist()
    return probabilities


def unit_quote(library: PolicyLibrary, unit: Unit) -> Quote:
    """Return a unit as it stands in its document."""
    sentences = unit.passage.sentences
    first, last = sentences[unit.first], sentences[unit.last]
    document = unit.passage.hit.document
    if first is last:
        return quote_of(library, first, document)
    passage = unit.passage.hit.passage
    text = passage.text[first.start - passage.start : last.end - passage.start]
    return Quote(passage, document, text, text, first.start, last.end)
