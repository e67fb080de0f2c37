"""What a sentence takes word for word: titles, quotations, addresses, names of places."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

_TITLE = re.compile(r"《([^《》]+)》")
_QUOTED = re.compile(r"“([^“”]+)”")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；、）)》”]+", re.IGNORECASE)
_PLACE = "ns"
_KIND_OF_PLACE = re.compile("(?<=..)[省市县区州镇]$")
_EVERYWHERE = frozenset({"中国", "我国", "中华人民共和国", "自治区", "自治州", "特别行政区", "港澳台", "港澳", "两岸"})
_PUNCTUATION = re.compile(r"[^\w%]")


def missing_particulars(plain: str, said: str) -> Iterator[str]:
    """Yield what a sentence takes over that its sources do not hold.

    Args:
        plain: the folded sentence.
        said: all that the sources say, folded and without blanks.

    Yields:
        Titles in 《》; addresses, quotations and places as they stand in the sentence.
    """
    bare = _PUNCTUATION.sub("", said)
    for title in _TITLE.findall(plain):
        if _PUNCTUATION.sub("", title) not in bare:
            yield f"《{title}》"
    yield from (address for address in _ADDRESS.findall(plain) if address not in said)
    yield from (quoted for quoted in _QUOTED.findall(plain) if _PUNCTUATION.sub("", quoted) not in bare)
    for place, tag in rjieba.tag(_TITLE.sub("，", plain)):
        if tag == _PLACE and len(place) > 1 and place not in _EVERYWHERE:
            if _KIND_OF_PLACE.sub("", place) not in said:
                yield place
