"""What the library's documents are about and what they are called, by all names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vectorstore.segmentation import everyday_words, fold
from vectorstore.types import PolicyDocument

_SUFFIX = (
    r"(?:自治区|自治州|自治县|开发区|高新区|经开区|示范区|试验区|新区|新城|街道|省|市|县|区|州|盟|旗|镇|乡)"
)
_NAME = re.compile(rf"[一-鿿]{{2,16}}?{_SUFFIX}(?!域|间|位|分|别|块)")
_TITLE_VERB = re.compile(r"促进|推动|推进|加快|关于|支持|发展|建设|印发|实施|进一步|国民经济|鼓励")
_CITIES = ("省", "市", "县", "州")
_PROVINCES, _OF_THE_PROVINCE = ("省", "自治区"), ("全省", "省里", "省上")
_NATIONAL = re.compile(r"^(?:中华人民共和国|国务院|国家|全国|中共中央)")
# 按国家规定 and 国务院批复的规划 name no paper.
_OF_THE_COUNTRY = ("国家条例", "国家办法", "国家法律", "国家法规", "国家文件", "国家层面", "国家这边")
# What people call a zone, whichever of these its full name ends with.
_ZONES = (
    "高技术产业开发区", "高新技术产业开发区", "经济技术开发区", "开发区", "高新区", "经开区", "新区", "区",
)  # fmt: skip
_ZONE = re.compile(rf"(?:{'|'.join(_ZONES)})$")
# A district's own name ends before its last character; 城区 or 园区 are kinds of area.
_DISTRICT = re.compile(r"[一-鿿]{2,4}(?<![园片社地城郊景湾库矿特新发范验心])区")
_NO_DISTRICT = re.compile(r"区[域间位分别块]")
_NUMBER = re.compile(r"([一-鿿]{2,10}?)[〔\[(【{]?\s*((?:19|20)\d{2})\s*[〕\])】}]?\s*第?\s*(\d{1,4})\s*号")
_BRACKETED = re.compile(r"[〔〕\[\]()【】{}第\s]")
# What is pasted whole may hold a title within a title; what is cut off ends where the inner one does.
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》){4,200}|[^》]{4,80})》")
_ISSUED = re.compile(r"印发[《<]?([^《》<>]{6,60}?)[》>]?(?:\(.{1,12}\))?的通知$")
_BRACKETS_BEHIND = re.compile(r"\([^()]*\)$")
_PLAN = re.compile(r"第(?P<ordinal>十[一二三四五六七八九]?)个五年(?:规划|计划)(?P<outline>[^。]{0,20}?纲要)?")
_SHORTEST, _LONGEST = 2, 60
# What is shorter without its brackets may be any thing's name.
_SHORTEST_TITLE = 8

_Documents = Mapping[str, frozenset[str]]
Alike = tuple[tuple[str, ...], ...]
"""Groups of names, each name of a group meaning the same, folded."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name found in a text.

    Attributes:
        start, end: its place in the text, in characters.
        text: as it stands there.
        documents: ids of the documents about that place or body, or of the document itself.
        own: those that are about nothing smaller within it.
        around: ids of the documents of the places that it lies in.
        titled: whether it is a document's own title.
    """

    start: int
    end: int
    text: str
    documents: frozenset[str]
    own: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The places and bodies that the library's documents are about, and the documents' own names, folded.

    Attributes:
        places: name of a place or body, full or short → ids of the documents about it.
        titles: title or listed name → ids.
        numbers: document number without brackets → ids.
        regions: document id → its region.
        by_region: region → ids of its documents.
        alike: names that mean the same, as users list them.
    """

    places: _Documents = field(default_factory=dict)
    titles: _Documents = field(default_factory=dict)
    numbers: _Documents = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    by_region: _Documents = field(default_factory=dict)
    alike: Alike = ()

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Find the known places, bodies and documents that a folded text names, short names included.

        A longer name such as 临澜市望汀区 wins over the 临澜市 within it. A document is known by its number
        in any brackets, by its title and by a part of it in 《》.
        """
        found = [
            *((*match.span(), self._numbered(match.group()), False) for match in _NUMBER.finditer(text)),
            *((*match.span(), self._titled(match[1]), True) for match in _TITLE.finditer(text)),
        ]
        for at in range(len(text)):
            for end in range(at + _SHORTEST, min(len(text), at + _LONGEST) + 1):
                place, title = self.places.get(text[at:end]), self.titles.get(text[at:end])
                if (known := place or title) and not _NO_DISTRICT.match(text, end - 1):
                    found.append((at, end, known, not place))
        longest: list[tuple[int, int, frozenset[str], bool]] = []
        for one in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
            if one[2] and all(one[1] <= other[0] or one[0] >= other[1] for other in longest):
                longest.append(one)
        mentions: list[Mention] = []
        for start, end, documents, titled in sorted(longest, key=lambda one: one[0]):
            # A province, its city and its district follow each other without a gap.
            first = mentions.pop().start if mentions and mentions[-1].end == start else start
            mentions.append(self._mention(first, text[first:end], documents, titled=titled))
        return tuple(mentions)

    def other_names(self, text: str) -> tuple[str, ...]:
        """Return the other names of the things that a folded text names."""
        named = (group for group in self.alike if any(name in text for name in group))
        return tuple(name for group in named for name in group if name not in text)

    def _numbered(self, number: str) -> frozenset[str]:
        bare = _BRACKETED.sub("", number)
        ends = (bare[at:] for at in range(len(bare)))
        return next((self.numbers[end] for end in ends if end in self.numbers), frozenset())

    def _titled(self, part: str) -> frozenset[str]:
        return frozenset[str]().union(*(ids for title, ids in self.titles.items() if part in title))

    def _mention(self, start: int, text: str, documents: frozenset[str], *, titled: bool) -> Mention:
        """Tell a place's own documents from those of places within it, and find those around it."""
        core = _core(text)
        regions = {identity: self.regions.get(identity, "") for identity in documents}
        own = frozenset(identity for identity, region in regions.items() if _core(region).endswith(core))
        wider = {region[:end] for region in regions.values() for end in range(1, len(region))}
        around = frozenset[str]().union(*(self.by_region.get(region, ()) for region in wider))
        return Mention(start, start + len(text), text, documents, own or documents, around, titled)


def learn_names(documents: Iterable[PolicyDocument], alike: Alike = ()) -> Names:
    """Learn the names of places and bodies from what the documents say they are about.

    Args:
        documents: the library's documents; title, region and number are read.
        alike: names that mean the same.

    Returns:
        The names with the documents each belongs to.
    """
    known = tuple(documents)
    bodies = _gathered((name, document.id) for document in known for name in _bodies_of(document))
    cities = {_core(name) for name in bodies if name.endswith(_CITIES) and len(_core(name)) >= _SHORTEST}
    # A city means what lies in it, too.
    places = _gathered(
        (known_as, identity)
        for name, ids in bodies.items()
        for known_as in (name, *_short_names(name, cities))
        for identity in ids
    )
    by_region = _gathered((fold(document.region), document.id) for document in known)
    provinces = [ids for region, ids in by_region.items() if region.endswith(_PROVINCES)]
    # Of several it is not known which is meant.
    if len(provinces) == 1:
        places |= dict.fromkeys(_OF_THE_PROVINCE, provinces[0])
    # 国家税务总局青岚市税务局 is of a city.
    national = frozenset(
        one.id for one in known if not one.region and any(map(_NATIONAL.match, (one.issuer, one.title)))
    )
    if national:
        places |= dict.fromkeys(_OF_THE_COUNTRY, national)
    titles = _gathered((name, document.id) for document in known for name in _titles_of(document))
    for group in alike:
        of_group = frozenset[str]().union(
            *(titles.get(name) or places.get(name, frozenset()) for name in group)
        )
        titles |= {name: of_group for name in group if of_group}
    return Names(
        places,
        titles,
        _gathered((_BRACKETED.sub("", fold(document.document_number)), document.id) for document in known),
        {document.id: fold(document.region) for document in known},
        by_region,
        alike,
    )


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


def plan_name(title: str) -> str:
    """Return what a five-year plan is called for short, as “十四五”规划纲要; "" for other titles.

    A title that already says it has no other name.
    """
    match = _PLAN.search(title)
    return f"“{match['ordinal']}五”规划{'纲要' if match['outline'] else ''}" if match else ""


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    gathered: dict[str, set[str]] = {}
    for name, identity in pairs:
        if name:
            gathered.setdefault(name, set()).add(identity)
    return {name: frozenset(ids) for name, ids in gathered.items()}


def _bodies_of(document: PolicyDocument) -> list[str]:
    """Return the names of places and bodies in a document's region and the head of its title."""
    title = _TITLE_VERB.split(fold(document.title))[0]
    return _NAME.findall(f"{fold(document.region)},{title}")


def _titles_of(document: PolicyDocument) -> Iterator[str]:
    """Give what a document is called: its title, with and without brackets behind, and what it issues."""
    title = fold(document.title)
    yield title
    bare = _BRACKETS_BEHIND.sub("", title)
    if len(bare) >= _SHORTEST_TITLE:
        yield bare
    issued = _ISSUED.search(title)
    if issued:
        yield issued[1]
        yield _BRACKETS_BEHIND.sub("", issued[1])


def _short_names(name: str, cities: Iterable[str]) -> Iterator[str]:
    """Give what a place is called for short: 临澜 for 临澜市, 海岬 and 海岬区 for 临澜海岬高技术产业开发区.

    A bare name that is an everyday word, as 医药 of 医药高新区, is none.
    """
    around = next((city for city in cities if name.startswith(city)), "")
    if around:
        yield around
    if name.endswith(_CITIES):
        return
    zone = _ZONE.sub("", name)
    for start in range(len(zone) - 1 if zone != name else 0):
        yield from (zone[start:] + kind for kind in _ZONES)
    stem = _core(name) if _DISTRICT.fullmatch(name) else zone
    own = stem.removeprefix(around)
    if stem != name and len(own) >= _SHORTEST and own not in cities and not everyday_words(own):
        yield own


def _core(name: str) -> str:
    """Return a name without the word that tells what kind of place it is."""
    return re.sub(rf"{_SUFFIX}$", "", name)
