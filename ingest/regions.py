"""Which place a document speaks for: a division of China or a place made like one, with the zone within."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from operator import add

from ingest.script import simplified
from vectorstore.divisions import Level, divisions, path
from vectorstore.gazetteer import looks_like_place, place_at_head
from vectorstore.segmentation import word_breaks

_PLACE = re.compile(r"[㐀-鿿]{2,4}?(?:自治[区州县旗]|省|市|州|盟|县|新区|区|旗|街道|镇)")
_ZONE = re.compile(
    r"[㐀-鿿]{2,12}?(?:开发区|高新区|经开区|新区|示范区|自贸区)(?:[（(][^（）()]{1,8}[区县市镇][）)])?"
)
_GOVERNED = re.compile(r"人民(?:政府|代表大会)|人大(?!代表)|委(?=[\s、]|员会|$)|第.{1,4}届人民代表大会")
_NO_ZONE = re.compile(r"关于|[的和与及]|产业(?!开发区)|^[我本全各该此]")
_LEAD_IN = re.compile(
    r"^(?:(?:19|20)\d{2}年度?|中共|关于|《|印发|一图读懂|图解|.{0,4}解读(?=[：:丨|｜《\s])|[：:丨|｜\s])+"
)
_NAMED_CITY = re.compile(r"(?<![㐀-鿿])([㐀-鿿]{2,3}市)(?![场民区长级委])")
_OPENING = 6_000
# A text that names several cities about as often, as a table of them does, speaks for none.
_LEAD = 1.5


def region_of(title: str, issuer: str, text: str, witnesses: Iterable[str] = ()) -> str:
    """Tell the place a document speaks for: by its issuer, title or witnesses, else as its opening does.

    Args:
        title: its title.
        issuer: who issued it, or "".
        text: its clean text.
        witnesses: names of its source, its site, its file, the surest first; the city that the text's opening
            names most counts after them.

    Returns:
        Province, city and district as far as they are told, such as 广东省江门市; "" where nothing tells.
    """
    zone = ""
    title = simplified(title)
    told = (simplified(issuer), title, *re.findall(r"《([^《》]+)", title), *map(simplified, witnesses))
    for name in told:
        name = _LEAD_IN.sub("", name)
        known = place_at_head(name)
        if known and len(known.candidates) > 1:
            zone = zone or known.text
            continue
        place, rest = (path(known.candidates[0]), name[known.end :]) if known else _made_up_at_head(name)
        if place:
            return place + _zone_at_head(rest)
        zone = zone or _zone_at_head(rest)
    return _city_of_text(simplified(text[:_OPENING])) + zone


def _made_up_at_head(name: str) -> tuple[str, str]:
    """The place of no gazetteer that a name opens with, province before city, and what follows it."""
    place, breaks = "", word_breaks(name)
    while found := _PLACE.match(name, len(place)):
        # Whatever the dictionary makes of its characters, what has a government is a place.
        governed = _GOVERNED.match(name, found.end())
        if not governed and (found.end() not in breaks or not looks_like_place(found.group())):
            break
        place += found.group()
    return place, name[len(place) :]


def _zone_at_head(name: str) -> str:
    found = _ZONE.match(name)
    return found.group() if found and not _NO_ZONE.search(found.group()) else ""


@cache
def _prefectures() -> dict[str, str]:
    """The prefectures and municipalities by short name."""
    return {
        division.short: path(division)
        for division in divisions().values()
        if division.level is Level.PREFECTURE
        or (division.level is Level.PROVINCE and division.name[-1] == "市")
    }


def _city_of_text(text: str) -> str:
    text = re.sub(r"《[^《》]*》", "", text)
    # Counting takes a walk through the text for each name, and hardly any name is there.
    pairs = set(map(add, text, text[1:]))
    known = Counter({name: text.count(name) for name in _prefectures() if name[:2] in pairs})
    if name := _leading(known, 3):
        return _prefectures()[name]
    return _leading(Counter(filter(looks_like_place, _NAMED_CITY.findall(text))), 2)


def _leading(named: Counter[str], least: int) -> str:
    """Return the name that stands there so often, and more often than any other; "" where none does."""
    (name, times), (_, second) = (*named.most_common(2), ("", 0), ("", 0))[:2]
    return name if times >= least and times >= second * _LEAD else ""
