"""Places and bodies in what documents say of themselves, and the short names that mean them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from vectorstore.segmentation import everyday_words, fold
from vectorstore.types import PolicyDocument

_SUFFIX = (
    r"(?:自治区|自治州|自治县|开发区|高新区|经开区|示范区|试验区|新区|新城|街道|省|市|县|区|州|盟|旗|镇|乡)"
)
_NAME = re.compile(rf"[一-鿿]{{2,16}}?{_SUFFIX}(?!域|间|位|分|别|块)")
_WHOLE = re.compile(rf"[一-鿿]{{2,20}}{_SUFFIX}")
_TITLE_VERB = re.compile(r"促进|推动|推进|加快|关于|支持|发展|建设|印发|实施|进一步|国民经济|鼓励")
_BODY_SUFFIX = re.compile(
    r"(?:高技术产业开发区|高新技术产业开发区|经济技术开发区|开发区|高新区|经开区|新区|区)$"
)
_CORE_SUFFIX = re.compile(rf"{_SUFFIX}$")
# A district's own name ends before its last character; 城区 or 园区 are kinds of area.
_DISTRICT = re.compile(r"[一-鿿]{2,4}(?<![园片社地城郊景湾库矿特新发范验心])区")
CORE_CHARS = 2


@dataclass(frozen=True, slots=True)
class Bodies:
    """The places and bodies that documents are about.

    Attributes:
        documents: full name → ids of the documents about it.
        by_core: two characters of a body's core → the bodies whose core holds them.
    """

    documents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    by_core: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Mapping[str, frozenset[str]]) -> Self:
        """Return the bodies by name, each with the documents of the bodies that its own name is short for."""
        by_core: dict[str, tuple[str, ...]] = {}
        for body in documents:
            core = _BODY_SUFFIX.sub("", body)
            pairs = {core[at : at + CORE_CHARS] for at in range(len(core) - 1)} if core != body else set()
            for pair in pairs:
                by_core[pair] = (*by_core.get(pair, ()), body)
        known = cls(documents, by_core)
        merged = dict(documents)
        for name, ids in documents.items():
            for body in known.longer(name):
                merged[body] |= ids
        return cls(merged, by_core)

    def longer(self, name: str) -> list[str]:
        """Return the bodies that a name is short for: of the same kind, with a core that holds its own."""
        core = _BODY_SUFFIX.sub("", name)
        if core == name or len(core) < CORE_CHARS:
            return []
        near = self.by_core.get(core[:CORE_CHARS], ())
        return [body for body in near if core in _BODY_SUFFIX.sub("", body)]

    def named(self, name: str) -> frozenset[str]:
        """Return the ids of the documents of the bodies that a name is or abbreviates."""
        longer = (self.documents[body] for body in self.longer(name))
        return self.documents.get(name, frozenset[str]()).union(*longer)


def core_of(name: str) -> str:
    """Return a name without the word that tells what kind of place it is."""
    return _CORE_SUFFIX.sub("", name)


def bare_name(name: str, cities: Iterable[str] = ()) -> str:
    """Return what a district or zone is called for short: 望汀 of 望汀区, 海岬 of 临澜海岬高新区.

    Args:
        name: full name, folded.
        cities: bare names of provinces and cities, which may lead the name of a zone within them.

    Returns:
        The bare name; "" where it would be an everyday word, as 医药 of 医药高新区.
    """
    stem = core_of(name) if _DISTRICT.fullmatch(name) else _BODY_SUFFIX.sub("", name)
    own = next((stem.removeprefix(city) for city in cities if stem.startswith(city)), stem)
    return "" if stem == name or len(own) < CORE_CHARS or everyday_words(own) else own


def places_in(text: str) -> Iterator[re.Match[str]]:
    """Give the words of a folded text that may be names of places or bodies, by their last characters."""
    return _NAME.finditer(text)


def bodies_of(document: PolicyDocument) -> frozenset[str]:
    """Return the names of places and bodies in a document's region, issuer and the head of its title."""
    title = _TITLE_VERB.split(fold(document.title))[0]
    names: set[str] = set()
    for source in (fold(document.region), fold(document.issuer), title):
        names.update(_names(re.split(r"[()（）、,，\s:：]", source)))
    return frozenset(names)


def _names(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        yield from (match.group() for match in places_in(piece))
        whole = _WHOLE.match(piece)
        if whole:
            yield whole.group()
