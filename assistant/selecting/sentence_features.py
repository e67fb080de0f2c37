"""What tells whether a sentence holds the answer: named features of a sentence and a question."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from assistant.selecting.answer_types import defines, has_answer_type, years_in
from assistant.selecting.candidates import Candidate
from assistant.selecting.query_profile import QueryProfile, pairs_of
from assistant.selecting.sentences import LEADS_IN, is_item
from assistant.selecting.tiers import tier_of
from vectorstore.segmentation import fold

SENTENCE_FEATURES = (
    "passage", "passage_lead", "rank", "similarity",
    "coverage", "coverage_with_passage", "before", "after", "last_half", "focus", "adds", "restates_title",
    "leads_in", "led_in", "enumerates", "item", "items_follow",
    "no_number", "time", "no_time", "list", "body", "no_body", "unit", "year", "other_year",
    "no_goal", "no_actual",
    "meaning", "best_meaning", "likeness", "best_likeness", "defines", "long", "of_many",
    "in_tier", "out_of_tier",
)  # fmt: skip
# What counts besides where an embedding tells how near passages are: the more, the less their words do.
EMBEDDED_FEATURES = (*SENTENCE_FEATURES, "similarity_unheld", "coverage_unheld")
_NEW_PAIRS = 15
_LONG_CHARS, _MANY_SENTENCES = 200, 20


def share(held: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the share of all weight that some tokens have, 0 to 1."""
    return sum(weights[token] for token in held) / (sum(weights.values()) or 1.0)


def sentence_features(profile: QueryProfile, passages: Sequence[Candidate]) -> list[list[float]]:
    """Return the features of every sentence of the found passages, in their order.

    Args:
        profile: the question.
        passages: found for it, best first.

    Returns:
        A row for each sentence, columns as `EMBEDDED_FEATURES`.
    """
    best = max((passage.hit.score for passage in passages), default=1.0) or 1.0
    second = passages[1].hit.score if len(passages) > 1 else 0.0
    lead = (best - second) / best
    most = (
        max((share(held, profile.local) for passage in passages for held in passage.held), default=1.0) or 1.0
    )
    unheld = 1 - max(
        (share(held, profile.weights) for passage in passages for held in passage.held), default=0.0
    )
    meaning = profile.meaning
    meant = meaning.near @ meaning.weights
    most_meant, most_like = max(meant.max(initial=0), 0.01), max(meaning.like.max(initial=0), 0.01)
    rows: list[list[float]] = []
    for rank, passage in enumerate(passages):
        score = max(0.0, passage.hit.score / best)
        of_passage = (score**4, lead if rank == 0 else -lead, math.log(1 + rank), passage.similarity)
        title = pairs_of(fold(passage.hit.document.title))
        for at in range(len(passage.sentences)):
            near, like = meant[len(rows)], meaning.like[len(rows)]
            of_meaning = (near, near / most_meant, like, like / most_like)
            own = _of_sentence(profile, passage, at, score, most, title)
            defining = any(defines(term, passage.led(at)) for term in profile.defined)
            sizes = (
                min(1.0, len(passage.folded[at]) / _LONG_CHARS),
                min(1.0, len(passage.sentences) / _MANY_SENTENCES),
            )
            tier = tier_of(profile.told, passage.sentences[at].text)
            besides = (passage.similarity * unheld, own[0] * unheld)
            row = (*of_passage, *own, *of_meaning, defining, *sizes, *tier, *besides)
            rows.append([float(value) for value in row])
    return rows


def _of_sentence(
    profile: QueryProfile, passage: Candidate, at: int, score: float, most: float, title: frozenset[str]
) -> tuple[float, ...]:
    """Return the features that belong to one sentence; those of its passage stand before them."""
    sentences, text, own = passage.sentences, passage.folded[at], passage.held[at]
    before = passage.held[at - 1] if at else frozenset[str]()
    after = passage.held[at + 1] if at + 1 < len(sentences) else frozenset[str]()
    local = share(own, profile.local) / most
    pairs = pairs_of(text)
    new = min(1.0, len(pairs - profile.pairs - title) / _NEW_PAIRS)
    return (
        local,
        local * score,
        share(before - own, profile.local) / most,
        share(after - own, profile.local) / most,
        part(own, profile.last_half, profile.weights),
        part(own, profile.focus, profile.weights),
        local * new,
        len(pairs & title) / len(pairs) if pairs else 0.0,
        sentences[at].text.endswith(LEADS_IN),
        at > 0 and sentences[at - 1].text.endswith(LEADS_IN),
        min(4, text.count("、") + text.count(";")) / 4,
        is_item(sentences[at].text),
        at + 1 < len(sentences) and is_item(sentences[at + 1].text),
        *_of_form(profile, passage.led(at)),
    )


def _of_form(profile: QueryProfile, text: str) -> tuple[float, ...]:
    """Return the features that tell whether a sentence has the form that is asked for."""
    has = {name: has_answer_type(name, text) for name in profile.forms}
    years = years_in(text) if profile.years else frozenset[int]()
    return (
        not has.get("number", True),
        has.get("time", False),
        not has.get("time", True),
        has.get("list", False),
        has.get("body", False) and has_answer_type("body", text),
        not has.get("body", True),
        profile.unit is not None and profile.unit.search(text) is not None,
        bool(profile.years & years),
        bool(years) and not profile.years & years,
        not has.get("goal", True),
        not has.get("actual", True),
    )


def part(own: frozenset[str], wanted: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return the share of the weight of wanted tokens that some tokens have, 0 to 1."""
    whole = sum(weights[token] for token in wanted)
    return sum(weights[token] for token in own & wanted) / whole if whole else 0.0
