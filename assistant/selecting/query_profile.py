"""A question as the features read it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.question import Question, unasked
from assistant.selecting.answer_types import (
    answer_types_of,
    defined_in,
    focus_of,
    numbers_in,
    unit_pattern,
    years_in,
)
from assistant.selecting.candidates import Candidate
from assistant.selecting.meaning import Meaning, meaning_of
from assistant.selecting.passage_sentences import sentences_of
from assistant.selecting.places import asked_places
from assistant.selecting.tiers import told_quantities
from assistant.understanding.wording import wordings
from vectorstore.quantities import Quantity
from vectorstore.segmentation import fold, tokens, words


@dataclass(frozen=True, slots=True)
class QueryProfile:
    """A question as the features read it.

    Attributes:
        weights: weight of each of its tokens; rare ones weigh more.
        content: its words of two characters and more by how rare they are, names of places too.
        otherwise: words that documents use for everyday ones of the question.
        places: cores of the places that it names.
        local: the same, tokens weighing less the more of the found sentences hold them.
        pairs: its character bigrams.
        forms: the forms of fact that it wants.
        unit: what a figure in the unit asked for looks like.
        focus: tokens right before what asks.
        last_half: tokens of its last half, where what is asked for stands.
        years: that it names.
        firm_years: those that do not only come from the conversation.
        terms: what it quotes, folded.
        numbers: what it numbers, years left out: 3号线, 二类.
        told: quantities that it tells of its own case: 研发费用3000万元.
        defined: what stands before that which asks, a definition of which is wanted.
        meaning: how near the found sentences, in their order, come to them.
    """

    weights: Mapping[str, float]
    content: Mapping[str, float]
    otherwise: Mapping[str, tuple[str, ...]]
    places: tuple[str, ...]
    local: Mapping[str, float]
    pairs: frozenset[str]
    forms: frozenset[str]
    unit: re.Pattern[str] | None
    focus: frozenset[str]
    last_half: frozenset[str]
    years: frozenset[int]
    firm_years: frozenset[int]
    terms: tuple[str, ...]
    numbers: tuple[str, ...]
    told: tuple[Quantity, ...]
    defined: tuple[str, ...]
    meaning: Meaning


def profile_of(
    question: Question,
    weights: Mapping[str, float],
    rarity: Mapping[str, float],
    passages: Sequence[Candidate],
) -> QueryProfile:
    """Read a question once for all features.

    Args:
        question: what is profile.
        weights: weight of each of its tokens, names of places and everyday words weighing less.
        rarity: the same, by how rare each is in the library alone.
        passages: what was found; what all of it says tells little.
    """
    folded = fold(question.query)
    bare = unasked(folded)
    cut = words(bare)
    # Years that come from the conversation ask for nothing by themselves.
    firm = question.firm_years
    holding = Counter(token for passage in passages for held in passage.held for token in held)
    size = sum(len(passage.held) for passage in passages)
    meant = {word: weights.get(word, 0.0) for word in cut}
    found = [sentences_of(passage.hit.passage) for passage in passages]
    return QueryProfile(
        weights,
        {word: rarity[word] for word in cut if len(word) > 1 and word in rarity},
        {said: tuple(words(written)) for said, written in wordings(folded)},
        asked_places(question),
        {token: weight * math.log(1 + size / (1 + holding[token])) for token, weight in weights.items()},
        pairs_of(folded),
        answer_types_of(folded),
        unit_pattern(folded),
        focus_of(folded) & weights.keys(),
        frozenset(tokens(bare[len(bare) // 2 :])) & weights.keys(),
        years_in(folded),
        frozenset(year for year in years_in(folded) if year in firm or year not in question.years),
        tuple(map(fold, question.quoted)),
        numbers_in(bare),
        told_quantities(folded),
        defined_in(folded),
        meaning_of(cut, meant, found),
    )


def pairs_of(folded: str) -> frozenset[str]:
    """Return the character bigrams of a folded text, signs left out."""
    bare = re.sub(r"[\W_]+", "", folded)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))
