"""Places and bodies by all their names, learnt from the library itself."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace

from assistant.understanding.aliases import Aliases, joined, learn_aliases
from assistant.understanding.bodies import CORE_CHARS, Bodies, bare_name, bodies_of, core_of, places_in
from assistant.understanding.references import References, learn_references
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument

# The longest name of a place that is looked for without the word for its kind.
_LONGEST_CORE = 16
_CITIES = ("省", "市", "县", "州")


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name found in a text.

    Attributes:
        start, end: its place in the text, in characters.
        text: as it stands there.
        documents: ids of the documents about that place or body, or of the document itself.
        own: those that are about nothing smaller within it.
        around: ids of the documents of the places that it lies in.
    """

    start: int
    end: int
    text: str
    documents: frozenset[str]
    own: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Names:
    """The places and bodies that the library's documents are about, and the documents' own names.

    Attributes:
        bodies: the places and bodies by all their names.
        cores: name of a province, city, district or zone without the word for its kind → ids.
        regions: document id → its region, folded.
        by_region: region, folded → ids of its documents.
        references: the documents by number, title and other names.
        aliases: names that mean the same.
    """

    bodies: Bodies = field(default_factory=Bodies)
    cores: dict[str, frozenset[str]] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    by_region: dict[str, frozenset[str]] = field(default_factory=dict)
    references: References = field(default_factory=References)
    aliases: Aliases = field(default_factory=Aliases)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Find the known places, bodies and documents that a folded text names, short names included.

        A longer name such as 临澜市望汀区 wins over the 临澜市 within it.
        """
        named = self.references.find(text)
        found = [Mention(start, end, text[start:end], ids) for start, end, ids in named]
        for match in places_in(text):
            for start in range(match.start(), match.end() - CORE_CHARS):
                documents = self.bodies.named(text[start : match.end()])
                if documents:
                    found.append(Mention(start, match.end(), text[start : match.end()], documents))
                    break
        for at, core in _pieces(text, self.cores):
            end = at + len(core)
            suffix = re.match(r"[省市区县州镇]", text[end:])
            end += suffix.end() if suffix else 0
            found.append(Mention(at, end, text[at:end], self.cores[core]))
        return tuple(self._placed(mention) for mention in _joined(_longest(found), text))

    def other_names(self, text: str) -> tuple[str, ...]:
        """Return the other names of the things that a folded text names; a known document needs none."""
        return tuple(name for name in self.aliases.others(text) if name not in self.references.titles)

    def _placed(self, mention: Mention) -> Mention:
        """Tell a place's own documents from those of places within it, and find those around it."""
        core = core_of(mention.text)
        regions = {self.regions.get(identity, "") for identity in mention.documents} - {""}
        own = {
            identity
            for identity in mention.documents
            if core in ([match.group() for match in places_in(self.regions.get(identity, ""))] or [""])[-1]
        }
        around = frozenset[str]().union(
            *(self.by_region.get(region[:end], ()) for region in regions for end in range(1, len(region)))
        )
        return replace(mention, own=frozenset(own) or mention.documents, around=around)


def learn_names(documents: Iterable[PolicyDocument], aliases: Aliases = Aliases()) -> Names:
    """Learn the names of places and bodies from what the documents say they are about.

    Args:
        documents: the library's documents; title, region, issuer and number are read.
        aliases: names that mean the same.

    Returns:
        The names with the documents each belongs to.
    """
    known = tuple(documents)
    named: dict[str, frozenset[str]] = {}
    by_region: dict[str, frozenset[str]] = {}
    for document in known:
        region = fold(document.region)
        by_region[region] = by_region.get(region, frozenset()) | {document.id}
        for name in bodies_of(document):
            named[name] = named.get(name, frozenset()) | {document.id}
    bodies = Bodies.of(named)
    titles = {fold(document.title): frozenset({document.id}) for document in known}
    called = {
        name: ids
        for group in aliases.groups
        if (ids := frozenset[str]().union(*(titles.get(name) or bodies.named(name) for name in group)))
        for name in group
    }
    return Names(
        bodies,
        _bare_names(bodies),
        {document.id: fold(document.region) for document in known},
        by_region,
        learn_references(known, called),
        aliases,
    )


def _bare_names(bodies: Bodies) -> dict[str, frozenset[str]]:
    """Return what cities, districts and zones are called for short; a city means what lies in it too."""
    cities: dict[str, frozenset[str]] = {}
    zones: dict[str, frozenset[str]] = {}
    for name, ids in bodies.documents.items():
        if name.endswith(_CITIES) and len(core_of(name)) >= CORE_CHARS:
            cities[core_of(name)] = cities.get(core_of(name), frozenset()) | ids
    for name, ids in bodies.documents.items():
        if name[:CORE_CHARS] in cities:
            cities[name[:CORE_CHARS]] |= ids
        bare = "" if name.endswith(_CITIES) else bare_name(name, cities)
        if bare and bare not in cities:
            zones[bare] = zones.get(bare, frozenset()) | ids
    return zones | cities


def library_names(library: PolicyLibrary, listed: Aliases = Aliases()) -> Names:
    """Learn the names of a library, with the short names that its documents define.

    Args:
        library: the policy library.
        listed: names that mean the same, as the users list them.
    """
    return learn_names(library.documents(), joined(learn_aliases(library), listed))


def distinct_places(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the places named, in their order, without those that are another name of one before.

    A city and a district within it are two.
    """
    kept: list[Mention] = []
    for mention in mentions:
        own = mention.own or mention.documents
        if not any(own & (other.own or other.documents) for other in kept):
            kept.append(mention)
    return kept


def _pieces(text: str, known: Container[str]) -> Iterator[tuple[int, str]]:
    """Give the pieces of a text that are known names, with their places."""
    for at in range(len(text)):
        for end in range(at + CORE_CHARS, min(at + _LONGEST_CORE, len(text)) + 1):
            if text[at:end] in known:
                yield at, text[at:end]


def _longest(found: list[Mention]) -> tuple[Mention, ...]:
    """Drop mentions that lie within or overlap longer ones."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda item: (item.start - item.end, item.start)):
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda item: item.start))


def _joined(mentions: tuple[Mention, ...], text: str) -> tuple[Mention, ...]:
    """Join names that follow each other without a gap, as a province, its city and its district do."""
    joined: list[Mention] = []
    for mention in mentions:
        if joined and joined[-1].end == mention.start:
            before = joined.pop()
            whole = text[before.start : mention.end]
            joined.append(Mention(before.start, mention.end, whole, mention.documents))
        else:
            joined.append(mention)
    return tuple(joined)
