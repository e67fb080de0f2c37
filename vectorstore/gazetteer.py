"""Which places of China a text names, at any position, by full or short name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from vectorstore.divisions import Division, Level, by_name, contains
from vectorstore.segmentation import everyday_words, simplified, word_breaks

# A place in the name of a road or a body says where nothing is: 中山路, 南京西路, 广州大学.
_ROAD_OR_BODY = re.compile(
    r"[东西南北中]{0,2}(?:路|街|大道)|(?:师范|理工|科技|医科|工业|农业|交通|财经)?(?:大学|学院)|银行|日报|证券"
)
# What the dictionary joins with a place: 海南岛.
_PARTS = ("岛", "地区", "特区")
_BEHIND_A_BODY = ("大学", "学院")
# 武汉市场 is the market of 武汉, not 武汉市.
_NO_ENDING = {"市": "场值价容占面", "区": "域间别", "县": "级", "州": "际"}
_NATIONAL_BODY = re.compile(
    r"(?:中共|关于|《|(?:国家|中国|中华人民共和国)[㐀-鿿]{0,10}?(?:总局|管理局|监管局|统计局|委员会|银行|部|局))+"
)
_LIKE_A_PLACE = re.compile(r"([㐀-鿿]{2,4}?)(自治[区州县旗]|省|市|州|县|新区|区|旗|盟|街道|镇|乡)")
_RANKS = tuple(Level)
# Before 市 or 区 these tell what kind it is, never which.
_KINDS = re.compile(
    r"[全我本各该此个每两几多按由致向为在对和与及的]|直辖|地级|县级|省辖|副省级|计划单列|农贸|批发|城乡|自由贸易|综合|试点|先行"
)
_PLAIN_ENDINGS = ("市", "省", "县", "镇", "乡", "州", "旗")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place that a text names.

    Attributes:
        start, end: where, in characters.
        text: as it stands there.
        candidates: the divisions it may be, at least one; a place named beside it has told them apart.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Division, ...]


def find_places(text: str) -> tuple[PlaceMention, ...]:
    """Find the divisions of China that a text names, the longest name first.

    A short name counts where it is a word of its own and no everyday word; one that many counties share
    counts behind the place they lie in (南京鼓楼). Roads and bodies named after a place do not count.

    Args:
        text: any text, folded or not.

    Returns:
        The mentions in the order of the text; 江苏省南京市 gives two, the second within the first.
    """
    plain = _simplified(text)
    breaks = word_breaks(plain)
    found: list[PlaceMention] = []
    at = 0
    while at < len(plain) - 1:
        chain = _chain(plain, at, breaks, ())
        found += [replace(mention, text=text[mention.start : mention.end]) for mention in chain]
        at = chain[-1].end if chain else at + 1
    return tuple(found)


def innermost(mentions: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """Leave out the mentions that only say where the next one lies: 江苏省南京市鼓楼区 leaves 鼓楼区."""
    followed = {
        before.start
        for before, after in pairwise(mentions)
        if before.end == after.start and contains(before.candidates[0], after.candidates[0])
    }
    return tuple(mention for mention in mentions if mention.start not in followed)


def place_at_head(text: str) -> PlaceMention | None:
    """Return the place that a name opens with, with those it lies in, or behind a national body's name."""
    mentions = find_places(text)
    if not mentions:
        return None
    before = text[: mentions[0].start]
    if before and not _NATIONAL_BODY.fullmatch(before):
        return None
    last = mentions[0]
    for mention in mentions[1:]:
        if mention.start != last.end or not contains(last.candidates[0], mention.candidates[0]):
            break
        last = mention
    return replace(last, start=mentions[0].start, text=text[mentions[0].start : last.end])


def region_of(text: str) -> Division | None:
    """Return the most specific division at the head of the name of a body or document, or None.

    Args:
        text: such as 江门市人民政府办公室 or 国家税务总局南阳市税务局.

    Returns:
        The division; None where the name opens with none or with one that several share.
    """
    head = place_at_head(text)
    return head.candidates[0] if head and len(head.candidates) == 1 else None


def looks_like_place(name: str) -> bool:
    """Return whether a name that no gazetteer holds is made like a place's: 云栖市, not 城市 or 农贸市."""
    found = _LIKE_A_PLACE.fullmatch(name)
    if not found or _KINDS.search(found[1]):
        return False
    breaks = word_breaks(name)
    # A word that the dictionary lacks is only guessed to be one: 青禾区 is none, 工业区 is.
    if len(breaks) == 2 and everyday_words(name) == [name]:
        return False
    # Of 桁州市 a dictionary that lacks it makes 桁 and 州市.
    if len(found[1]) not in breaks and not name.endswith("州市"):
        return False
    # A noun may be a place's name before 市 (青石市); before 区 it tells what is done there (工业区).
    known = everyday_words(found[1])
    return not known or (len(found[1]) == 2 and found[2] in _PLAIN_ENDINGS and known == [found[1]])


def _simplified(text: str) -> str:
    plain = simplified(text)
    return plain if len(plain) == len(text) else text


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """All names by their first two characters, the longest first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in by_name():
        found[name[:2]].append(name)
    return {head: tuple(sorted(names, key=len, reverse=True)) for head, names in found.items()}


def _chain(
    text: str, start: int, breaks: frozenset[int], around: tuple[Division, ...]
) -> tuple[PlaceMention, ...]:
    """The names that follow one another from a position, each lying in the one before it."""
    for name in _names().get(text[start : start + 2], ()):
        if not text.startswith(name, start):
            continue
        end = start + len(name)
        named = by_name()[name]
        if around:
            possible = tuple(place for place in named if _may_follow(place, name, around))
        else:
            possible = _possible_alone(named, name, start in breaks)
        if not possible:
            continue
        inner = _chain(text, end, breaks, possible)
        if inner:
            inside = inner[0].candidates
            possible = tuple(place for place in possible if any(contains(place, within) for within in inside))
        elif not (
            _ends_here(text, start, end, breaks, possible)
            and (around or _stands_alone(text, start, end, breaks, possible))
        ):
            continue
        return (PlaceMention(start, end, name, possible), *inner)
    return ()


def _may_follow(place: Division, name: str, around: tuple[Division, ...]) -> bool:
    """An everyday word is a place only right behind its own city's name: 济南天桥."""
    if place.is_generic or (place.is_everyday and name == place.short):
        return any(place.parent == outer.code for outer in around)
    return any(contains(outer, place) for outer in around)


def _possible_alone(named: tuple[Division, ...], name: str, starts_a_word: bool) -> tuple[Division, ...]:
    def is_possible(place: Division) -> bool:
        if name == place.short:
            return starts_a_word and not place.is_everyday
        return not place.is_generic and (starts_a_word or place.level is not Level.COUNTY)

    possible = tuple(filter(is_possible, named))
    # Who says 海南 or 吉林 and no more means the province.
    highest = min((_RANKS.index(place.level) for place in possible), default=0)
    return tuple(place for place in possible if place.level is _RANKS[highest])


def _ends_here(
    text: str, start: int, end: int, breaks: frozenset[int], possible: tuple[Division, ...]
) -> bool:
    is_full = any(text[start:end] == place.name for place in possible)
    if is_full and possible[0].level is not Level.COUNTY:
        return text[end : end + 1] not in tuple(_NO_ENDING.get(text[end - 1], ""))
    return end in breaks or text.startswith(_PARTS, end) or _is_made_of_words(text, end, breaks)


def _is_made_of_words(text: str, start: int, breaks: frozenset[int]) -> bool:
    """Whether a long word of the dictionary goes on with words: 苏州工业园, but not 大同小异."""
    rest = text[start : min((at for at in breaks if at > start), default=start)]
    cuts = sorted(word_breaks(rest))
    return len(rest) > 2 and all(after - before > 1 for before, after in pairwise(cuts))


def _stands_alone(
    text: str, start: int, end: int, breaks: frozenset[int], possible: tuple[Division, ...]
) -> bool:
    if text[start:end] != possible[0].short:
        return True
    if possible[0].level is Level.COUNTY and len(possible) > 1:
        return False
    road = _ROAD_OR_BODY.match(text, end)
    return not (road and road.end() in breaks) and not text[:start].endswith(_BEHIND_A_BODY)
