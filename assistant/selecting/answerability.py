"""Whether what was found answers a question at all: features of question, unit and passages together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.question import Question, unasked
from assistant.selecting.answer_types import has_answer_type, years_in
from assistant.selecting.candidates import Candidate
from assistant.selecting.places import foreign_places, holds_for
from assistant.selecting.query_profile import QueryProfile, pairs_of
from assistant.selecting.sentence_features import share
from assistant.selecting.units import Unit
from vectorstore.segmentation import fold, words

ANSWERABILITY_FEATURES = (
    "three_passages", "unit", "content", "words", "words_elsewhere", "missing_run", "unmeant", "similarity",
    "no_body", "no_actual", "no_unit", "number_absent", "year_elsewhere", "term_absent",
    "elsewhere", "foreign_place", "place_unheard", "length", "parts",
    "asks_number", "asks_money", "asks_time", "asks_body", "asks_name",
)  # fmt: skip
_FORMS, _ASKED = ("body", "actual"), ("number", "money", "time", "body")
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
        Values in the order of `ANSWERABILITY_FEATURES`.
    """
    unit = units[0]
    passage = unit.passage
    text = "".join(passage.folded[unit.first : unit.last + 1])
    held = frozenset[str]().union(*passage.held[unit.first : unit.last + 1])
    said, head = _said(passage), _head(passage)
    bare = _without_names(question)
    content = {word: profile.weights.get(word, 0.0) for word in words(bare) if len(word) > 1}
    everything = "\n".join(map(_said, passages))
    years = _spoken_years(passage, passage.led(unit.peak))
    values = (
        share(_union(passages[:_THREE]), profile.weights),
        share(held, profile.weights),
        _known(profile.content, text + head, profile),
        _known(content, text + head, profile),
        # What only stands beside the unit is most often asked of something else than the unit tells.
        sum(word in everything and not _has(text + head, word, profile) for word in content),
        _missing_run(bare, text + head),
        _unmeant(profile, passages, unit),
        passage.similarity,
        *(form in profile.forms and not has_answer_type(form, text) for form in _FORMS),
        profile.unit is not None and profile.unit.search(text) is None,
        any(number not in text + head for number in profile.numbers),
        bool(profile.firm_years) and bool(years) and not profile.firm_years & years,
        bool(profile.terms) and not any(term in said for term in profile.terms),
        not holds_for(question, passage.hit),
        any(place not in said for place in foreign_places(question)),
        any(place not in said for place in profile.places),
        min(1.0, len(question.query) / 40),
        len(question.parts) > 1,
        # There is always some figure, seldom a name: how much it takes depends on what is asked.
        *(form in profile.forms for form in _ASKED),
        _NAME.search(question.query) is not None,
    )
    return [float(value) for value in values]


def _unmeant(profile: QueryProfile, passages: Sequence[Candidate], unit: Unit) -> float:
    """Return how heavy the heaviest word of the question is that a unit does not mean."""
    meaning = profile.meaning
    place = next(at for at, passage in enumerate(passages) if passage is unit.passage)
    before = sum(len(passage.sentences) for passage in passages[:place])
    told = meaning.coverage(slice(before + unit.first, before + unit.last + 1), _head(unit.passage))
    return max(meaning.weights * (1 - told), default=0.0)


def _union(passages: Sequence[Candidate]) -> frozenset[str]:
    return frozenset[str]().union(*(passage.everything for passage in passages))


def _head(passage: Candidate) -> str:
    document = passage.hit.document
    return fold("\n".join((document.title, document.region, *passage.hit.passage.section)))


def _said(passage: Candidate) -> str:
    return "\n".join((_head(passage), *passage.folded))


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
