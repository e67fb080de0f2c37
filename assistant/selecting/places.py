"""The places that a question names, and whether what a document says holds for them."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.question import Question
from assistant.types import Hit
from vectorstore.divisions import Division, Relation, related
from vectorstore.gazetteer import find_places, innermost, looks_like_place, region_of
from vectorstore.segmentation import fold, word_breaks

_NAMED = re.compile(r"[一-鿿]{2,4}?(?:新区|开发区|高新区|自贸区|街道|[省市县区镇])")
_KIND = re.compile(r"(?<=[一-鿿]{2})(?:自治区|[省市县区镇])$")


def asked_places(question: Question) -> tuple[str, ...]:
    """Return the cores of the places that a question names: 九江 of 九江市."""
    named = [mention.text for mention in innermost(find_places(fold(question.query)))]
    return tuple(dict.fromkeys(_KIND.sub("", name) for name in (*named, *foreign_places(question))))


# Asked of every passage found and of the answer again: the same question is read once.
@lru_cache(maxsize=64)
def foreign_places(question: Question) -> tuple[str, ...]:
    """Return the places that a question names and no document of the library is about."""
    folded = fold(question.query)
    known = [(mention.start, mention.end) for mention in question.mentions]
    found = [(mention.start, mention.text) for mention in innermost(find_places(folded))]
    # Cut within words, 体系能省多少 would name a province.
    breaks = word_breaks(folded)
    found += [
        (match.start(), match.group())
        for match in _NAMED.finditer(folded)
        if {match.start(), match.end()} <= breaks and looks_like_place(match.group())
    ]
    return tuple(
        name
        for start, name in found
        if not any(begin < start + len(name) and start < end for begin, end in known)
    )


def holds_for(question: Question, hit: Hit) -> bool:
    """Return whether what a document says may hold for the places that a question names.

    It does where the document is about one of them, or about what they lie in: what the country or the
    province lays down applies to its cities, what another city lays down never does. A passage that names
    the place may always speak of it, and so may a document of no place.
    """
    document = hit.document
    foreign = foreign_places(question)
    known = [mention for mention in question.mentions if mention.documents]
    if not document.region or not (foreign or known):
        return True
    if any(document.id in mention.documents | mention.around for mention in known):
        return True
    said = fold("\n".join((document.title, document.region, *hit.passage.section, hit.passage.text)))
    names = [_KIND.sub("", name) for name in (*foreign, *(mention.text for mention in known))]
    return any(name in said for name in names) or _lies_within(question, document.region)


def _lies_within(question: Question, region: str) -> bool:
    """Return whether a place that a question names lies in a document's region."""
    own: Division | None = region_of(region)
    return own is not None and any(
        related([own], list(mention.candidates)) in (Relation.SAME, Relation.CONTAINS)
        for mention in innermost(find_places(fold(question.query)))
    )
