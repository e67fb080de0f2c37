"""Whether what was found answers a question at all: features of question, unit and passages together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.question import Question, unasked
from assistant.selecting.answer_types import bounds_figures, has_answer_type, years_in
from assistant.selecting.candidates import Candidate
from assistant.selecting.places import foreign_places, holds_for
from assistant.selecting.query_profile import QueryProfile
from assistant.selecting.sentence_features import part, share
from assistant.selecting.units import Unit
from vectorstore.segmentation import fold, tokens, words

ANSWERABILITY_FEATURES = (
    "score", "peak", "lead", "three_passages", "unit", "focus", "figure_focus", "content", "words",
    "unknown_word", "figure_missing_word",
    "no_body", "no_contact", "no_money", "no_share", "no_actual", "no_unit",
    "year", "year_absent", "year_elsewhere", "term_absent", "term_apart",
    "elsewhere", "foreign_place", "place_unheard", "has_place", "other_document", "length", "parts",
    "meaning", "unmeant", "unmeant_anywhere", "likeness", "similarity", "number_absent",
    "number_bounded", "agrees", "words_elsewhere",
)  # fmt: skip
_FORMS = ("body", "contact", "money", "share", "actual")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_CLAUSE = re.compile(r"[,;。:!?]")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万亿两]")
_DIGITS = re.compile(r"\d{2,}(?:\.\d+)?|\d\.\d+")
_THREE = 3


def answerability_features(
    question: Question,
    profile: QueryProfile,
    passages: Sequence[Candidate],
    units: Sequence[Unit],
) -> list[float]:
    """Return the features that tell whether a unit answers a question.

    Args:
        question: what is profile.
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
    said, head, point = _said(passage), _head(passage), passage.led(unit.peak)
    content = _words(question, profile)
    everything = "\n".join(map(_said, passages))
    figure = _figure_clause(profile, point) if "number" in profile.forms else ""
    of_figure = passage.heading.union(profile.weights.keys() & set(tokens(figure)))
    years = _spoken_years(passage, point)
    absent = any(number not in text + head for number in profile.numbers)
    values = (
        unit.score,
        unit.top,
        unit.score - (units[1].score if len(units) > 1 else 0.0),
        share(_union(passages[:_THREE]), profile.weights),
        share(held, profile.weights),
        part(held | passage.heading | passage.title, profile.focus, profile.weights)
        if profile.focus
        else 0.5,
        part(of_figure, profile.focus, profile.weights) if figure and profile.focus else 0.5,
        _known(profile.content, text + head, profile),
        _known(content, text + head, profile),
        _heaviest_missing(content, everything, profile),
        _heaviest_missing(content, figure + head, profile) if figure else 0.2,
        *(form in profile.forms and not has_answer_type(form, text) for form in _FORMS),
        profile.unit is not None and profile.unit.search(text) is None,
        bool(profile.firm_years & years),
        bool(profile.firm_years) and not years,
        bool(profile.firm_years) and bool(years) and not profile.firm_years & years,
        bool(profile.terms) and not any(term in said for term in profile.terms),
        bool(profile.terms) and not any(term in text + head for term in profile.terms),
        not holds_for(question, passage.hit),
        any(place not in said for place in foreign_places(question)),
        any(place not in said for place in profile.places),
        bool(profile.places),
        len(units) > 1 and units[1].passage.hit.document.id != passage.hit.document.id,
        min(1.0, len(question.query) / 40),
        len(question.parts) > 1,
        *_of_meaning(profile, passages, unit),
        passage.similarity,
        absent,
        absent and bounds_figures(text),
        _agrees(unit, units[1]) if len(units) > 1 else False,
        # What only stands beside the unit is most often asked of something else than the unit tells.
        sum(word in everything and not _has(text + head, word, profile) for word in content),
    )
    return [float(value) for value in values]


def _agrees(unit: Unit, other: Unit) -> bool:
    """Return whether a unit tells a figure, years aside, that the sentence which most likely answers has."""
    told = "".join(other.passage.folded[other.first : other.last + 1])
    figures = frozenset(_DIGITS.findall(_YEAR.sub("", unit.passage.folded[unit.peak])))
    return not figures.isdisjoint(_DIGITS.findall(_YEAR.sub("", told)))


def _of_meaning(profile: QueryProfile, passages: Sequence[Candidate], unit: Unit) -> tuple[float, ...]:
    """Return how much of the question a unit means, the heaviest word that it does not, and its likeness."""
    meaning = profile.meaning
    place = next(at for at, passage in enumerate(passages) if passage is unit.passage)
    before = sum(len(passage.sentences) for passage in passages[:place])
    rows = slice(before + unit.first, before + unit.last + 1)
    told, anywhere = meaning.coverage(rows, _head(unit.passage)), meaning.coverage(slice(None))
    unmeant, missing = (max(meaning.weights * (1 - near), default=0.0) for near in (told, anywhere))
    return float(meaning.weights @ told), unmeant, missing, max(meaning.like[rows])


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


def _words(question: Question, profile: QueryProfile) -> dict[str, float]:
    """Return the content words of a question with the weight that they have in the library."""
    bare = _YEAR.sub(",", unasked(fold(question.query)))
    for mention in question.mentions:
        bare = bare.replace(mention.text, ",")
    return {word: profile.weights.get(word, 0.0) for word in words(bare) if len(word) > 1}


def _known(weighed: Mapping[str, float], text: str, profile: QueryProfile) -> float:
    """Return the share of weight of the words that a text has, in other words too."""
    total = sum(weighed.values())
    return (
        sum(weight for word, weight in weighed.items() if _has(text, word, profile)) / total if total else 1.0
    )


def _heaviest_missing(weighed: Mapping[str, float], text: str, profile: QueryProfile) -> float:
    """Return the share of weight of the heaviest word that a text does not have."""
    missing = max((weight for word, weight in weighed.items() if not _has(text, word, profile)), default=0.0)
    return missing / sum(weighed.values()) if missing else 0.0


def _has(text: str, word: str, profile: QueryProfile) -> bool:
    """Return whether a text has a word, or one that documents use for an everyday one that holds it."""
    return word in text or any(
        other in text
        for said, others in profile.otherwise.items()
        if word in said or said in word
        for other in others
    )


def _figure_clause(profile: QueryProfile, point: str) -> str:
    """Return the clause with a figure that tells most of the question, with the one before it."""
    clauses = ["", *_CLAUSE.split(point)]
    with_figure = [
        f"{before},{clause}" for before, clause in pairwise(clauses) if _FIGURE.search(_YEAR.sub("", clause))
    ]
    return max(
        with_figure,
        key=lambda clause: share(frozenset(tokens(clause)) & profile.weights.keys(), profile.weights),
        default="",
    )
