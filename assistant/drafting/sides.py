"""The sides that a question holds against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from assistant.citations import Quote, title_without_years
from assistant.drafting.side_questions import asked_alone
from assistant.question import Question
from assistant.understanding.names import Mention, distinct_places
from assistant.understanding.versions import document_versions, without_versions
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, place_names
from vectorstore.types import PolicyDocument, Status

_MOST = 5
_JOINT = r"(?:以及|[和与跟同及比、])"
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_GAP = "\0"
_AROUND_GAP = re.compile(rf"[（(]?{_JOINT}*{_GAP}[)）]?{_JOINT}*")
_CHANGE = re.compile(r"变化|怎么变|如何变|演变|增减|前后|相比|对比|比较")
_YEAR = re.compile(r"(?:19|20)\d{2}年?(?:前后|左右|年?[初末底])?")
_OWN_END = re.compile(r"[的,，。?在对各哪谁]|分别")
_CLAUSE_END = re.compile(r"[,，。?各哪谁]|分别")


@dataclass(frozen=True, slots=True)
class SideFigure:
    """The figure that a side is compared by.

    Attributes:
        measured: what it measures, by the last word of its indicator's name; growth where it is growth.
        indicator: the indicator's name as written.
        told: the figure as a reader sees it.
        value: in the base unit.
        unit: the base unit.
    """

    measured: str
    indicator: str
    told: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        name: as the question names it, or the title of its document.
        documents: ids of the documents that may speak for it; None where the library has none of it.
        question: what is asked of this side alone.
        quotes: what is said of it, best first; empty where the documents are silent.
        reckoned: what follows from the quotes, told in their place, or "".
        figure: what it is compared by, where that is known.
    """

    name: str
    documents: frozenset[str] | None
    question: Question
    quotes: tuple[Quote, ...] = ()
    reckoned: str = ""
    figure: SideFigure | None = None


def sides_of(question: Question) -> tuple[Side, ...]:
    """Return the sides a question holds against each other: places, or the years of one thing.

    Returns:
        Two to five sides, each with its own question; none where there is nothing to compare.
    """
    return _places(question) or _years(question)


def versions_of(library: PolicyLibrary, question: Question, today: date) -> tuple[Side, ...]:
    """Return a side for each version of the document that a question is about, the oldest first.

    Args:
        library: the policy library.
        question: what is asked of the versions.
        today: the day of the answer, which their standing depends on.

    Returns:
        Two to four sides; none where the document has one version only.
    """
    # Whose documents are held together tells the place already.
    alone = replace(asked_alone(question, without_versions(question)), mentions=())
    return tuple(
        Side(document_name(document, today), frozenset({document.id}), alone)
        for document in document_versions(library, question)
    )


def document_name(document: PolicyDocument, today: date, note: str = "") -> str:
    """Return a title with the year and standing that its words are of.

    Years are written out: digits in an answer are quoted ones only.
    """
    year = f"{document.issued_on.year}年".translate(_DIGITS) if document.issued_on else ""
    standing = document.standing(today)
    notes = [year, standing.label if standing is not Status.UNKNOWN else "", note]
    told = "，".join(filter(None, notes))
    return f"《{title_without_years(document)}》" + (f"（{told}）" if told else "")


def _places(question: Question) -> tuple[Side, ...]:
    folded = fold(question.query)
    known = distinct_places(question.mentions)
    strangers = _strangers(folded, question.mentions)
    everything = sorted([*known, *strangers], key=lambda side: side.start)[:_MOST]
    if len(everything) < 2 or not known:
        return ()
    spans = dict(zip(everything, _own_words(folded, everything), strict=True))
    sides = []
    for mention in everything:
        text = folded
        for other in sorted([*question.mentions, *strangers], key=lambda one: -one.start):
            if other != mention:
                start, end = spans.get(other, (other.start, other.end))
                text = text[:start] + _GAP + text[end:]
        own = asked_alone(question, _AROUND_GAP.sub("", text), [mention])
        # A district beside its city speaks for itself alone.
        within = [other.documents for other in everything if other.documents < mention.documents]
        sides.append(Side(mention.text, mention.documents.difference(*within) or None, own))
    return tuple(sides)


def _own_words(folded: str, places: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return for each place the span of its name with the words that belong to it alone.

    In 甲市2020年和乙市2022年的规模 each has a year of its own; in 甲市和乙市2022年的规模 they share one.
    """
    ends = [place.end for place in places]
    owned = [re.sub(rf"{_JOINT}+$", "", folded[one.end : other.start]) for one, other in pairwise(places)]
    if not owned or not all(owned):
        return [(place.start, place.end) for place in places]
    for at, words in enumerate(owned):
        ends[at] += len(words)
    stop = (_CLAUSE_END if "的" in owned[0] else _OWN_END).search(folded, ends[-1])
    ends[-1] = stop.start() if stop else len(folded)
    return [(place.start, end) for place, end in zip(places, ends, strict=True)]


def _strangers(folded: str, known: Sequence[Mention]) -> list[Mention]:
    """Return the places named in a row with a known one but that no document of the library is about."""
    left = [
        Mention(start, start + len(name), name, frozenset())
        for start, name in place_names(folded)
        if all(start + len(name) <= mention.start or start >= mention.end for mention in known)
    ]
    found: list[Mention] = []
    row = list(known)
    # Each one found may have the next one beside it.
    while beside := [one for one in left if any(_beside(folded, one, other) for other in row)]:
        found += beside
        row = beside
        left = [one for one in left if one not in beside]
    return found


def _beside(folded: str, one: Mention, other: Mention) -> bool:
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return re.fullmatch(_JOINT, folded[first.end : second.start]) is not None


def _years(question: Question) -> tuple[Side, ...]:
    folded = fold(question.query)
    named = list(_YEAR.finditer(folded))
    if len(question.years) < 2 or not _CHANGE.search(folded):
        return ()
    sides = []
    for match in named[:_MOST]:
        text = folded
        for other in reversed(named):
            if other is not match:
                text = text[: other.start()] + _GAP + text[other.end() :]
        text = re.sub(r"[从自在]?(?:以及|[和与跟同及到至、比])*\0(?:以及|[和与跟同及到至、比])*", "", text)
        sides.append(Side(match.group(), frozenset(), asked_alone(question, text, question.mentions)))
    return tuple(sides)
