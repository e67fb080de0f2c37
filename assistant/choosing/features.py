"""What tells whether a sentence holds the answer: named features of a sentence and a question."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.choosing.meaning import Meaning, meaning_of
from assistant.choosing.places import asked_places
from assistant.choosing.sentences import Sentence, split_sentences
from assistant.choosing.wants import (
    defined_in,
    defines,
    focus_of,
    has_form,
    numbers_in,
    unit_pattern,
    wanted_forms,
    years_in,
)
from assistant.question import Question, unasked
from assistant.types import Hit
from assistant.understanding.wording import wordings
from vectorstore.segmentation import fold, tokens, words

SENTENCE_FEATURES = (
    "passage", "passage_lead", "rank", "similarity",
    "coverage", "coverage_with_passage", "before", "after", "last_half", "focus", "adds", "restates_title",
    "leads_in", "led_in", "enumerates", "item", "items_follow",
    "no_number", "time", "no_time", "list", "body", "no_body", "unit", "year", "other_year",
    "no_goal", "no_actual",
    "meaning", "best_meaning", "likeness", "best_likeness", "defines", "long", "of_many",
)  # fmt: skip
_ITEM = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|\d{1,2}[.、．]|——|[一二三四五六七八九]是|[一二三四五六七八九十]+、|[●·]|第[一二三四五六七八九十百\d]+条)"
)
_NEW_PAIRS = 15
_LONG_CHARS, _MANY_SENTENCES = 200, 20
_LED_IN, _GOES_ON = ("：", ":"), ("；", ";")


@dataclass(frozen=True, slots=True)
class Asked:
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
        defined: what stands before that which asks, a definition of which is wanted.
        words: all its words that ask for something.
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
    defined: tuple[str, ...]
    words: tuple[str, ...]
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class FoundPassage:
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
        """How near it is to the question by vectors, 0 to 1; 0 is no nearer than any."""
        return min(1.0, max(0.0, self.hit.similarity or 0.0))

    @property
    def everything(self) -> frozenset[str]:
        """The question's tokens that it holds anywhere."""
        return self.heading.union(self.title, *self.held)

    def led(self, at: int) -> str:
        """Return a sentence, folded, with the one that leads it in."""
        lead = self.leads[at]
        return self.folded[at] if lead == at else self.folded[lead] + self.folded[at]


def read_passages(hits: Sequence[Hit], weights: Mapping[str, float]) -> tuple[FoundPassage, ...]:
    """Read the found passages once for all features."""
    return tuple(_read(hit, weights) for hit in hits if hit.passage.text.strip())


def _read(hit: Hit, weights: Mapping[str, float]) -> FoundPassage:
    sentences = tuple(split_sentences(hit.passage))
    held = [frozenset(weights.keys() & set(tokens(sentence.text))) for sentence in sentences]
    leads = _leads(sentences)
    return FoundPassage(
        hit,
        sentences,
        tuple(fold(sentence.text) for sentence in sentences),
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
        item = is_item(sentence.text) or (at > 0 and sentences[at - 1].text.endswith((*_LED_IN, *_GOES_ON)))
        opened = opened if item else -1
        leads.append(opened if opened >= 0 else at)
        if sentence.text.endswith(_LED_IN):
            opened = at
    return tuple(leads)


def read_question(
    question: Question,
    weights: Mapping[str, float],
    rarity: Mapping[str, float],
    passages: Sequence[FoundPassage],
) -> Asked:
    """Read a question once for all features.

    Args:
        question: what is asked.
        weights: weight of each of its tokens, names of places and everyday words weighing less.
        rarity: the same, by how rare each is in the library alone.
        passages: what was found; what all of it says tells little.
    """
    folded = fold(question.query)
    bare = unasked(folded)
    # Years that come from the conversation ask for nothing by themselves.
    firm = question.firm_years
    holding = Counter(token for passage in passages for held in passage.held for token in held)
    size = sum(len(passage.held) for passage in passages)
    meant = {word: weights.get(word, 0.0) for word in words(bare)}
    found = [text for passage in passages for text in passage.folded]
    return Asked(
        weights,
        {word: rarity[word] for word in words(bare) if len(word) > 1 and word in rarity},
        {said: tuple(words(written)) for said, written in wordings(folded)},
        asked_places(question),
        {token: weight * math.log(1 + size / (1 + holding[token])) for token, weight in weights.items()},
        pairs_of(folded),
        wanted_forms(folded),
        unit_pattern(folded),
        focus_of(folded) & weights.keys(),
        frozenset(tokens(bare[len(bare) // 2 :])) & weights.keys(),
        years_in(folded),
        frozenset(year for year in years_in(folded) if year in firm or year not in question.years),
        tuple(map(fold, question.quoted)),
        numbers_in(bare),
        defined_in(folded),
        tuple(meant),
        meaning_of(bare, meant, found),
    )


def pairs_of(folded: str) -> frozenset[str]:
    """Return the character bigrams of a folded text, signs left out."""
    bare = re.sub(r"[\W_]+", "", folded)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))


def is_item(text: str) -> bool:
    """Tell whether a sentence opens with the mark of an item: （一）, 2., ——, 第三条."""
    return _ITEM.match(text) is not None


def share(held: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the share of all weight that some tokens have, 0 to 1."""
    return sum(weights[token] for token in held) / (sum(weights.values()) or 1.0)


def sentence_features(asked: Asked, passages: Sequence[FoundPassage]) -> list[list[float]]:
    """Return the features of every sentence of the found passages, in their order.

    Args:
        asked: the question.
        passages: found for it, best first.

    Returns:
        A row for each sentence, columns as `SENTENCE_FEATURES`.
    """
    best = max((passage.hit.score for passage in passages), default=1.0) or 1.0
    second = passages[1].hit.score if len(passages) > 1 else 0.0
    lead = (best - second) / best
    most = (
        max((share(held, asked.local) for passage in passages for held in passage.held), default=1.0) or 1.0
    )
    meaning = asked.meaning
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
            own = _of_sentence(asked, passage, at, score, most, title)
            defining = any(defines(term, passage.led(at)) for term in asked.defined)
            sizes = (
                min(1.0, len(passage.folded[at]) / _LONG_CHARS),
                min(1.0, len(passage.sentences) / _MANY_SENTENCES),
            )
            rows.append([float(value) for value in (*of_passage, *own, *of_meaning, defining, *sizes)])
    return rows


def _of_sentence(
    asked: Asked, passage: FoundPassage, at: int, score: float, most: float, title: frozenset[str]
) -> tuple[float, ...]:
    """Return the features that belong to one sentence; those of its passage stand before them."""
    sentences, text, own = passage.sentences, passage.folded[at], passage.held[at]
    before = passage.held[at - 1] if at else frozenset[str]()
    after = passage.held[at + 1] if at + 1 < len(sentences) else frozenset[str]()
    local = share(own, asked.local) / most
    pairs = pairs_of(text)
    new = min(1.0, len(pairs - asked.pairs - title) / _NEW_PAIRS)
    return (
        local,
        local * score,
        share(before - own, asked.local) / most,
        share(after - own, asked.local) / most,
        part(own, asked.last_half, asked.weights),
        part(own, asked.focus, asked.weights),
        local * new,
        len(pairs & title) / len(pairs) if pairs else 0.0,
        sentences[at].text.endswith(_LED_IN),
        at > 0 and sentences[at - 1].text.endswith(_LED_IN),
        min(4, text.count("、") + text.count(";")) / 4,
        is_item(sentences[at].text),
        at + 1 < len(sentences) and is_item(sentences[at + 1].text),
        *_of_form(asked, passage.led(at)),
    )


def _of_form(asked: Asked, text: str) -> tuple[float, ...]:
    """Return the features that tell whether a sentence has the form that is asked for."""
    has = {name: has_form(name, text) for name in asked.forms}
    years = years_in(text) if asked.years else frozenset[int]()
    return (
        not has.get("number", True),
        has.get("time", False),
        not has.get("time", True),
        has.get("list", False),
        has.get("body", False) and has_form("body", _without(text, asked)),
        not has.get("body", True),
        asked.unit is not None and asked.unit.search(text) is not None,
        bool(asked.years & years),
        bool(years) and not asked.years & years,
        not has.get("goal", True),
        not has.get("actual", True),
    )


def _without(text: str, asked: Asked) -> str:
    """Return a text without the question's own words: the body asked for is another one than it names."""
    for word in words(text):
        if len(word) > 1 and word in asked.weights:
            text = text.replace(word, ",")
    return text


def part(own: frozenset[str], wanted: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return the share of the weight of wanted tokens that some tokens have, 0 to 1."""
    whole = sum(weights[token] for token in wanted)
    return sum(weights[token] for token in own & wanted) / whole if whole else 0.0
