"""What a sentence takes word for word: titles, quotations, addresses, items of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TITLE = re.compile(r"《([^《》]+)》")
_QUOTED = re.compile(r"“([^“”]+)”")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；、）)》”]+", re.IGNORECASE)
_CLAUSE = re.compile(r"[，,。；;：:！？!?\n|]")
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_JOINT = re.compile("、|以及")
_LAST = re.compile("以及|和|及|与")
_OPEN = "等"
_LEAST = 2
_LONGEST_ITEM = 12
_SAME_ITEM = 0.7
_PUNCTUATION = re.compile(r"[^\w%]")


def missing_particulars(plain: str, said: str) -> Iterator[str]:
    """Yield what a sentence takes over that its sources do not hold.

    Args:
        plain: the folded sentence.
        said: all that the sources say, folded and without blanks.

    Yields:
        Titles in 《》; addresses, quotations and items as they stand in the sentence.
    """
    bare = _PUNCTUATION.sub("", said)
    shorts = [short for short in _TITLE.findall(said) if len(short) >= _LEAST]
    for title in _TITLE.findall(plain):
        if _PUNCTUATION.sub("", title) not in bare and not _stands_for(title, shorts, bare):
            yield f"《{title}》"
    yield from (address for address in _ADDRESS.findall(plain) if address not in said)
    yield from (quoted for quoted in _QUOTED.findall(plain) if _PUNCTUATION.sub("", quoted) not in bare)
    yield from _unlisted(plain, said)


def _stands_for(title: str, shorts: Sequence[str], bare: str) -> bool:
    """Return whether the sources call a document by the end of its title, 《办法》, and name its matter."""
    return any(title.endswith(short) and title.removesuffix(short) in bare for short in shorts)


def _unlisted(plain: str, said: str) -> Iterator[str]:
    """Yield what stands in an enumeration between items that the sources list, and is none of theirs."""
    for clause in _CLAUSE.split(_BRACKETS.sub("", plain)):
        items = _JOINT.split(clause)
        for before, item, after in zip(items, items[1:], items[2:], strict=False):
            listed = f"{before[-2:]}、" in said and f"、{after[:2]}" in said
            if listed and 1 < len(item) <= _LONGEST_ITEM and not _holds(said, item):
                yield item
        if _OPEN in items[-1]:
            continue
        *inner, last = [*items[:-1], *_LAST.split(items[-1], maxsplit=1)]
        known = sum(f"{item[-2:]}、" in said for item in inner if len(item) > 1)
        if known >= _LEAST and 1 < len(last) <= _LONGEST_ITEM and not _ends_list(said, last):
            yield last


def _ends_list(said: str, last: str) -> bool:
    """Return whether the last item, behind which a sentence may run on, is one of a list in the sources."""
    follows = any(joint + last[:2] in said for joint in "、和及与")
    return follows or f"{last[-2:]}、" in said or last in said


def _holds(said: str, item: str) -> bool:
    if item in said:
        return True
    pairs = [item[at : at + 2] for at in range(len(item) - 1)]
    return sum(pair in said for pair in pairs) >= _SAME_ITEM * len(pairs)
