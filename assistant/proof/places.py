"""The places that a sentence names, held against those of its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.proof.faults import Fault
from assistant.proof.proper_names import names_zone, proper_names
from vectorstore.segmentation import tagged

_TITLE = re.compile(r"《([^《》]+)》")
_TAG = "ns"
_SUFFIX = re.compile("(?<=..)[省市县区州镇]$")
_OF_PLACE = re.compile(r"(?:省|(?<!城)市|县|(?<!园|片|小|社|库|灾|地)区|镇|乡|街道)$")
_EVERYWHERE = frozenset(
    {"我国", "中华人民共和国", "自治区", "自治州", "特别行政区", "港澳台", "港澳", "两岸"}
)
_CHINA = re.compile("我国|全国|中华|我们")
# A name that no dictionary holds runs together with the preposition before it.
_BEHIND_PREPOSITION = re.compile("[在由]([^\\W\\d各全本该我市县区省级地]{2}[市县])")
_GAP = 3
_HAN = "[一-鿿]"


def place_faults(plain: str, said: str) -> Iterator[Fault]:
    """Yield a fault for each place that the sources do not name; another one in its place contradicts.

    Args:
        plain: the folded sentence.
        said: all that its sources say, folded and without blanks.
    """
    for place in places_in(plain):
        stem = _SUFFIX.sub("", place)
        if place == "中国" and _CHINA.search(said):
            continue
        if stem in said or names_zone(said, place) or _abbreviates(place, said):
            continue
        rival = _rival(plain, place, said)
        if rival:
            yield Fault(f"资料中为“{rival}”，不是“{place}”", contradicted=True)
        else:
            yield Fault(f"引用的资料中没有“{place}”")


def places_in(plain: str) -> list[str]:
    """Return the places that a folded text names, titles aside, each once."""
    untitled = _TITLE.sub("，", plain)
    found = [name for name in proper_names(untitled) if _OF_PLACE.search(name)]
    found += _BEHIND_PREPOSITION.findall(untitled)
    found += [
        word for word, tag in tagged(untitled) if tag == _TAG and len(word) > 1 and word not in _EVERYWHERE
    ]
    return list(dict.fromkeys(found))


def _abbreviates(name: str, said: str) -> bool:
    """Return whether a name is made of characters of one in the sources, such as 自贸试验区."""
    between = f"{_HAN}{{0,{_GAP}}}"
    return len(name) > _GAP and re.search(between.join(map(re.escape, name)), said) is not None


def _rival(plain: str, place: str, said: str) -> str:
    """Return the place that the sources have before the same words, or ""."""
    start = plain.index(place)
    before, behind = plain[:start][-1:], plain[start + len(place) :][:2]
    suffix = place[-1] if _OF_PLACE.search(place) else ""
    if len(behind) < 2:
        return ""
    found = re.search(f"{re.escape(before)}({_HAN}{{1,6}}{suffix}){re.escape(behind)}", said)
    return found[1] if found else ""
