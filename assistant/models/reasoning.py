"""Keeps a reasoning model's thoughts out of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TAG = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)
# The beginning of such a tag at the end of a piece: "<", "</th", "<thinkin".
_BEGUN = re.compile(r"<(?:/?(?:t(?:h(?:i(?:n(?:k(?:i(?:ng?)?)?)?)?)?)?)?)$", re.IGNORECASE)


class UnopenedThoughtsError(Exception):
    """What came before this point were thoughts: they ended without ever having begun."""


def without_reasoning(pieces: Iterable[str], *, begins_thinking: bool = False) -> Iterator[str]:
    """Yield a stream without what stands between `<think>` and `</think>`.

    The tags may be cut anywhere between pieces. Thoughts that never end are never shown. What servers send
    apart as `reasoning_content` never comes this way.

    Args:
        pieces: the model's text.
        begins_thinking: the model's chat template has opened its thoughts already, so that the text has only
            their end; a text without this end is an answer without thoughts.

    Raises:
        UnopenedThoughtsError: thoughts ended that were taken for the answer.
    """
    held = assumed = ""
    thinking = begins_thinking
    tagged = shown = False
    for piece in pieces:
        held += piece
        while tag := _TAG.search(held):
            before, held = held[: tag.start()], held[tag.end() :]
            if not thinking and before:
                shown = shown or bool(before.strip())
                yield before
            thinking = not tag.group(1)
            if shown and not thinking and not tagged:
                raise UnopenedThoughtsError
            tagged = True
        begun = _BEGUN.search(held)
        ready, held = (held[: begun.start()], held[begun.start() :]) if begun else (held, "")
        if thinking and not tagged:
            assumed += ready
        elif not thinking and ready:
            shown = shown or bool(ready.strip())
            yield ready
    rest = held if not thinking else assumed + held if not tagged else ""
    if rest:
        yield rest
