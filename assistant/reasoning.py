"""Keeps a reasoning model's thoughts out of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TAG = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)
_BEGUN = re.compile(r"<(?:/?(?:t(?:h(?:i(?:n(?:k(?:i(?:ng?)?)?)?)?)?)?)?)$", re.IGNORECASE)


def without_reasoning(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a stream without what stands between `<think>` and `</think>`.

    The tags may be cut anywhere between pieces. Thoughts that never end are never shown; a closing tag
    without an opening one is dropped alone. What servers send apart as `reasoning_content`
    never comes this way.
    """
    held = ""
    thinking = False
    for piece in pieces:
        held += piece
        while tag := _TAG.search(held):
            if not thinking and tag.start():
                yield held[: tag.start()]
            thinking = not tag.group(1)
            held = held[tag.end() :]
        begun = _BEGUN.search(held)
        end = begun.start() if begun else len(held)
        if not thinking and end:
            yield held[:end]
        held = held[end:]
    if held and not thinking:
        yield held
