"""What a sentence takes word for word: titles, quotations, items of lists, addresses, names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.proof.proper_names import names_zone, proper_names, titles, unknown_names
from assistant.understanding.short_names import is_known_body

_QUOTED = re.compile(r"“([^“”]+)”")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；、）)》”]+", re.IGNORECASE)
_CLAUSE = re.compile(r"[，,。；;：:！？!?\n|]")
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_PUNCTUATION = re.compile(r"[^\w%]")
_LAST_OF_LIST = re.compile("以及|和|及|与")
_NEXT_IN_LIST = "、和及与"
_LEAST_ITEMS = 3
_LONGEST_ITEM = 12
_SAME_ITEM = 0.7


def missing_particulars(plain: str, said: str, around: str) -> Iterator[str]:
    """Yield what a sentence names that its sources do not hold.

    Args:
        plain: the folded sentence.
        said: all that the sources say, folded and without blanks.
        around: their titles and headings alone, likewise.

    Yields:
        Titles in 《》; quotations and names as they stand in the sentence.
    """
    bare = _PUNCTUATION.sub("", said)
    for title in titles(plain):
        if _PUNCTUATION.sub("", title) not in bare:
            yield f"《{title}》" if f"《{title}》" in plain else title
    yield from (address for address in _ADDRESS.findall(plain) if address not in said)
    yield from (quoted for quoted in _QUOTED.findall(plain) if _PUNCTUATION.sub("", quoted) not in bare)
    for name in proper_names(plain):
        if not (name in said or names_zone(around, name) or is_known_body(name, plain, said)):
            yield name
    yield from (name for name in unknown_names(plain) if name not in said)
    yield from _unlisted(plain, said)


def _unlisted(plain: str, said: str) -> Iterator[str]:
    """Yield the items of enumerations that the sources do not have; the first runs on from the sentence."""
    for clause in _CLAUSE.split(_BRACKETS.sub("", plain)):
        items = clause.split("、")
        *_, last = items
        if _LAST_OF_LIST.search(last):
            items[-1:] = [*_LAST_OF_LIST.split(last, maxsplit=1)]
        if len(items) < _LEAST_ITEMS:
            continue
        inner = [item for item in items[1:-1] if 1 < len(item) <= _LONGEST_ITEM]
        yield from (item for item in inner if not _holds(said, item))
        listed = any(f"{item}、" in said for item in inner)
        if listed and len(items[-1]) > 1 and not _ends_list(said, items[-1]):
            yield items[-1]


def _holds(said: str, item: str) -> bool:
    if item in said:
        return True
    pairs = [item[at : at + 2] for at in range(len(item) - 1)]
    return sum(pair in said for pair in pairs) >= _SAME_ITEM * len(pairs)


def _ends_list(said: str, last: str) -> bool:
    """Tell whether the last item, behind which the sentence runs on, is one of a list in the sources."""
    follows = any(joint + last[:2] in said for joint in _NEXT_IN_LIST)
    return follows or f"{last[-2:]}、" in said
