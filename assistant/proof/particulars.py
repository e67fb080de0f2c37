"""What a sentence takes word for word: titles, quotations, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TITLE = re.compile(r"《([^《》]+)》")
_QUOTED = re.compile(r"“([^“”]+)”")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；、）)》”]+", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^\w%]")


def missing_particulars(plain: str, said: str) -> Iterator[str]:
    """Yield what a sentence takes over that its sources do not hold.

    Args:
        plain: the folded sentence.
        said: all that the sources say, folded and without blanks.

    Yields:
        Titles in 《》; addresses and quotations as they stand in the sentence.
    """
    bare = _PUNCTUATION.sub("", said)
    for title in _TITLE.findall(plain):
        if _PUNCTUATION.sub("", title) not in bare:
            yield f"《{title}》"
    yield from (address for address in _ADDRESS.findall(plain) if address not in said)
    yield from (quoted for quoted in _QUOTED.findall(plain) if _PUNCTUATION.sub("", quoted) not in bare)
