"""Places and bodies by all their names, learnt from the library itself."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace

from assistant.aliases import Aliases, joined, learn_aliases
from assistant.references import References, learn_references
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument

_SUFFIX = (
    r"(?:自治区|自治州|自治县|开发区|高新区|经开区|示范区|试验区|新区|新城|街道|省|市|县|区|州|盟|旗|镇|乡)"
)
_NAME = re.compile(rf"[一-鿿]{{2,16}}?{_SUFFIX}(?!域|间|位|分|别|块)")
_TITLE_VERB = re.compile(r"促进|推动|推进|加快|关于|支持|发展|建设|印发|实施|进一步|国民经济|鼓励")
_BODY_SUFFIX = re.compile(
    r"(?:高技术产业开发区|高新技术产业开发区|经济技术开发区|开发区|高新区|经开区|新区|区)$"
)
_CORE_SUFFIX = re.compile(rf"{_SUFFIX}$")
_CORE_CHARS, _LONGEST_CORE = 2, 16


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
        bodies: full name → ids of the documents about it.
        by_core: two characters of a body's core → the bodies whose core holds them.
        cores: name of a province, city or county without its last character → ids.
        regions: document id → its region, folded.
        by_region: region, folded → ids of its documents.
        references: the documents by number, title and other names.
        aliases: names that mean the same.
    """

    bodies: dict[str, frozenset[str]] = field(default_factory=dict)
    by_core: dict[str, tuple[str, ...]] = field(default_factory=dict)
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
        for match in _NAME.finditer(text):
            for start in range(match.start(), match.end() - _CORE_CHARS):
                documents = _documents_of(text[start : match.end()], self.bodies, self.by_core)
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
        core = _CORE_SUFFIX.sub("", mention.text)
        regions = {self.regions.get(identity, "") for identity in mention.documents} - {""}
        own = {
            identity
            for identity in mention.documents
            if core in ([*_NAME.findall(self.regions.get(identity, ""))] or [""])[-1]
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
    bodies: dict[str, frozenset[str]] = {}
    cores: dict[str, frozenset[str]] = {}
    by_region: dict[str, frozenset[str]] = {}
    for document in known:
        region = fold(document.region)
        by_region[region] = by_region.get(region, frozenset()) | {document.id}
        for name in names_of(document):
            bodies[name] = bodies.get(name, frozenset()) | {document.id}
            core = _CORE_SUFFIX.sub("", name)
            if name.endswith(("省", "市", "县", "州")):
                cores[core] = cores.get(core, frozenset()) | {document.id}
    by_core = _by_core(bodies)
    for name, ids in list(bodies.items()):
        for body in _longer(name, by_core):
            bodies[body] |= ids
    for body, ids in bodies.items():
        prefix = body[:_CORE_CHARS]
        if prefix in cores:
            cores[prefix] |= ids
    titles = {fold(document.title): frozenset({document.id}) for document in known}
    called = {
        name: ids
        for group in aliases.groups
        if (ids := frozenset[str]().union(*(_called(name, bodies, by_core, titles) for name in group)))
        for name in group
    }
    return Names(
        bodies,
        by_core,
        {core: ids for core, ids in cores.items() if len(core) >= _CORE_CHARS},
        {document.id: fold(document.region) for document in known},
        by_region,
        learn_references(known, called),
        aliases,
    )


def library_names(library: PolicyLibrary, listed: Aliases = Aliases()) -> Names:
    """Learn the names of a library, with the short names that its documents define.

    Args:
        library: the policy library.
        listed: names that mean the same, as the users list them.
    """
    return learn_names(library.documents(), joined(learn_aliases(library), listed))


def distinct_places(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the places named, in their order, without those that share a document with one before."""
    kept: list[Mention] = []
    for mention in mentions:
        if not any(mention.documents & other.documents for other in kept):
            kept.append(mention)
    return kept


def names_of(document: PolicyDocument) -> frozenset[str]:
    """Return the names of places and bodies in a document's region, issuer and the head of its title."""
    title = _TITLE_VERB.split(fold(document.title))[0]
    names: set[str] = set()
    for source in (fold(document.region), fold(document.issuer), title):
        for piece in re.split(r"[()（）、,，\s:：]", source):
            names.update(match.group() for match in _NAME.finditer(piece))
            whole = re.match(rf"[一-鿿]{{2,20}}{_SUFFIX}", piece)
            if whole:
                names.add(whole.group())
    return frozenset(names)


def _called(
    name: str,
    bodies: dict[str, frozenset[str]],
    by_core: dict[str, tuple[str, ...]],
    titles: dict[str, frozenset[str]],
) -> frozenset[str]:
    """Return the documents of the body or document that a name surely means."""
    return titles.get(name) or _documents_of(name, bodies, by_core)


def _documents_of(
    name: str, bodies: dict[str, frozenset[str]], by_core: dict[str, tuple[str, ...]]
) -> frozenset[str]:
    """Return the documents of the bodies that a name is or abbreviates."""
    longer = (bodies[body] for body in _longer(name, by_core))
    return bodies.get(name, frozenset[str]()).union(*longer)


def _by_core(bodies: Iterable[str]) -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for body in bodies:
        core = _BODY_SUFFIX.sub("", body)
        for pair in {core[at : at + _CORE_CHARS] for at in range(len(core) - 1)} if core != body else ():
            index[pair] = (*index.get(pair, ()), body)
    return index


def _longer(name: str, by_core: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the bodies that a name is short for."""
    core = _BODY_SUFFIX.sub("", name)
    return [body for body in by_core.get(core[:_CORE_CHARS], ()) if _is_short_for(name, body)]


def _is_short_for(name: str, body: str) -> bool:
    """Tell whether a name abbreviates a body: a place of the same kind whose core holds the name's core."""
    core = _BODY_SUFFIX.sub("", name)
    return (
        len(core) >= _CORE_CHARS
        and core != name
        and _BODY_SUFFIX.search(body) is not None
        and core in _BODY_SUFFIX.sub("", body)
    )


def _pieces(text: str, known: Container[str]) -> Iterator[tuple[int, str]]:
    """Give the pieces of a text that are known names, with their places."""
    for at in range(len(text)):
        for end in range(at + _CORE_CHARS, min(at + _LONGEST_CORE, len(text)) + 1):
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
