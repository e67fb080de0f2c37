"""Whether what was found answers a question at all: features of question, unit and passages together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isnan, nan

from assistant.question import Question, unasked
from assistant.selecting.answer_types import has_answer_type, years_in
from assistant.selecting.candidates import Candidate
from assistant.selecting.places import foreign_places, holds_for
from assistant.selecting.query_profile import QueryProfile, pairs_of
from assistant.selecting.sentence_features import share
from assistant.selecting.units import FACTS, Unit
from vectorstore.segmentation import fold, words

TOLD_FEATURES = (
    "three_passages", "unit", "similarity", "year_elsewhere", "number_absent", "term_absent",
    "elsewhere", "foreign_place", "place_unheard",
    "content", "words", "missing_run", "heaviest_missing", "no_form", "no_unit", "unmeant",
    "peak_content", "peak_words", "peak_missing_run", "peak_heaviest_missing", "peak_no_form", "peak_no_unit",
    "peak_unmeant",
    "length", "parts", "asks_number", "asks_money", "asks_time", "asks_body", "asks_name",
)  # fmt: skip
# How far anything stands out tells whether something near is there at all, not whether it is what is asked.
ANSWERABILITY_FEATURES = (*TOLD_FEATURES, "standout")
_ASKED = ("number", "money", "time", "body")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_NAME = re.compile(r"姓什么|叫什么|名字|姓名|谁")
_THREE = 3


def answerability_features(
    question: Question,
    profile: QueryProfile,
    passages: Sequence[Candidate],
    units: Sequence[Unit],
) -> list[float]:
    """Return the features that tell whether a unit answers a question.

    Args:
        question: what is asked.
        profile: the same, as the features read it.
        passages: found for it, best first.
        units: the best unit of each passage, best first.

    Returns:
        Values in the order of `ANSWERABILITY_FEATURES`; nan is not known.
    """
    unit = units[0]
    passage = unit.passage
    held = frozenset[str]().union(*passage.held[unit.first : unit.last + 1])
    text = "".join(passage.folded[unit.first : unit.last + 1])
    said, head = _said(passage), _head(passage)
    point = passage.led(unit.peak)
    bare = _without_names(question)
    content = {word: profile.weights.get(word, 0.0) for word in words(bare) if len(word) > 1}
    years = _spoken_years(passage, point)
    values = (
        share(_union(passages[:_THREE]), profile.weights),
        share(held, profile.weights),
        passage.similarity,
        bool(profile.firm_years) and bool(years) and not profile.firm_years & years,
        any(number not in text + head for number in profile.numbers),
        bool(profile.terms) and not any(term in said for term in profile.terms),
        not holds_for(question, passage.hit),
        any(place not in said for place in foreign_places(question)),
        any(place not in said for place in profile.places),
        *_of_text(profile, bare, content, text, head),
        _unmeant(profile, passages, unit, unit.first, unit.last),
        # What only stands beside the sentence is most often asked of something else than it tells.
        *_of_text(profile, bare, content, point, head),
        _unmeant(profile, passages, unit, unit.peak, unit.peak),
        min(1.0, len(question.query) / 40),
        len(question.parts) > 1,
        # There is always some figure, seldom a name: how much it takes depends on what is asked.
        *(form in profile.forms for form in _ASKED),
        _NAME.search(question.query) is not None,
        _standout(passage, passages),
    )
    return [float(value) for value in values]


def _of_text(
    profile: QueryProfile, bare: str, content: Mapping[str, float], text: str, head: str
) -> tuple[float, ...]:
    """Return what tells how much of a question a text says, with what stands above it."""
    missing = [weight for word, weight in content.items() if not _has(text + head, word, profile)]
    return (
        _known(profile.content, text + head, profile),
        _known(content, text + head, profile),
        _missing_run(bare, text + head),
        max(missing, default=0.0),
        any(not has_answer_type(form, text) for form in profile.forms & FACTS),
        profile.unit is not None and profile.unit.search(text) is None,
    )


def _unmeant(
    profile: QueryProfile, passages: Sequence[Candidate], unit: Unit, first: int, last: int
) -> float:
    """Return how heavy the heaviest word of the question is that some sentences of a unit do not mean."""
    meaning = profile.meaning
    place = next(at for at, passage in enumerate(passages) if passage is unit.passage)
    before = sum(len(passage.sentences) for passage in passages[:place])
    told = meaning.coverage(slice(before + first, before + last + 1), _head(unit.passage))
    return max(meaning.weights * (1 - told), default=0.0)


def _union(passages: Sequence[Candidate]) -> frozenset[str]:
    return frozenset[str]().union(*(passage.everything for passage in passages))


def _head(passage: Candidate) -> str:
    document = passage.hit.document
    return fold("\n".join((document.title, document.region, *passage.hit.passage.section)))


def _said(passage: Candidate) -> str:
    return "\n".join((_head(passage), *passage.folded))


def _standout(passage: Candidate, passages: Sequence[Candidate]) -> float:
    """Return how far the nearest stands out; nan where the passage itself has no vector yet to tell so."""
    known = (one.hit.standout for one in passages if one.hit.standout is not None)
    return nan if isnan(passage.similarity) else max(known, default=nan)


def _spoken_years(passage: Candidate, point: str) -> frozenset[int]:
    """Return the years that a sentence speaks of, its own before its headings' and its document's."""
    document = passage.hit.document
    ends = frozenset(filter(None, (document.period.start, document.period.end)))
    issued = frozenset({document.issued_on.year}) if document.issued_on else frozenset[int]()
    return (
        years_in(point)
        or years_in(fold("".join(passage.hit.passage.section)))
        or years_in(fold(document.title))
        or ends
        or years_in("".join(passage.folded))
        or issued
    )


def _without_names(question: Question) -> str:
    """Return a question, folded, without what only asks, its years and the names of places and bodies."""
    bare = _YEAR.sub(",", unasked(fold(question.query)))
    for mention in question.mentions:
        bare = bare.replace(mention.text, ",")
    return bare


def _missing_run(bare: str, text: str) -> float:
    """Return the longest run of a question none of whose pairs of characters a text has, as a share of it."""
    present = pairs_of(text)
    longest = run = 0
    for first, second in pairwise(bare):
        missing = first.isalnum() and second.isalnum() and first + second not in present
        run = run + 1 if missing else 0
        longest = max(longest, run)
    return (longest + 1) / max(1, sum(map(str.isalnum, bare))) if longest else 0.0


def _known(weighed: Mapping[str, float], text: str, profile: QueryProfile) -> float:
    """Return the share of weight of the words that a text has, in other words too."""
    total = sum(weighed.values())
    return (
        sum(weight for word, weight in weighed.items() if _has(text, word, profile)) / total if total else 1.0
    )


def _has(text: str, word: str, profile: QueryProfile) -> bool:
    """Return whether a text has a word, or one that documents use for an everyday one that holds it."""
    return word in text or any(
        other in text
        for said, others in profile.otherwise.items()
        if word in said or said in word
        for other in others
    )
