"""Citation marks in text that arrives in pieces: [n], 【n】, [1,2], [1-3] become plain [n]."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPEN = "[【［"
_CLOSE = "]】］"
_WITHIN = frozenset("0123456789０１２３４５６７８９,，、;； \u3000-–—−～~－至到^资料来源编号")
_LONGEST = 40
_NUMBER = re.compile(r"(\d{1,4})(?:\s*[-–—−～~－至到]\s*(\d{1,4}))?")
_YEAR = range(1900, 2100)


class Marks:
    """Turns pieces of a model's text into text whose citation marks are plain `[n]` with a known n.

    A group of numbers becomes one mark each; numbers without a passage are dropped; a bracketed year, as
    people write it in document numbers, becomes 〔year〕, so that only citations stand in square brackets.
    Everything else passes unchanged, as soon as it cannot be part of a mark, however the text was cut.

    Args:
        count: how many passages there are; marks may name 1..count.
        renumber: number the passages by their first appearance instead.
    """

    def __init__(self, count: int, *, renumber: bool = False) -> None:
        self._count = count
        self._renumber = renumber
        self._order: list[int] = []
        self._pending = ""

    @property
    def order(self) -> tuple[int, ...]:
        """The passages cited so far, by their original numbers, in order of first appearance."""
        return tuple(self._order)

    def feed(self, piece: str) -> str:
        """Return what can be shown after this piece."""
        return "".join(self._shown(piece))

    def close(self) -> str:
        """Return what was held back when the text ended inside a bracket."""
        rest, self._pending = self._pending, ""
        return rest

    def _shown(self, piece: str) -> Iterator[str]:
        for character in piece:
            if not self._pending:
                if character in _OPEN:
                    self._pending = character
                else:
                    yield character
            elif character in _CLOSE:
                group, self._pending = self._pending + character, ""
                yield self._resolved(group)
            elif character in _WITHIN and len(self._pending) < _LONGEST:
                self._pending += character
            else:
                yield self.close()
                if character in _OPEN:
                    self._pending = character
                else:
                    yield character

    def _resolved(self, group: str) -> str:
        inner = group[1:-1].strip()
        spans = [(int(first), int(last or first)) for first, last in _NUMBER.findall(inner)]
        if not spans:
            return group
        if len(spans) == 1 and spans[0][0] == spans[0][1] in _YEAR and inner.isdigit():
            return f"〔{inner}〕"
        known = range(1, self._count + 1)
        named = dict.fromkeys(n for first, last in spans for n in range(first, last + 1) if n in known)
        return "".join(f"[{self.number_of(number)}]" for number in named)

    def number_of(self, original: int) -> int:
        """Return the number under which a passage is cited, counting it as cited from now on."""
        if original not in self._order:
            self._order.append(original)
        return self._order.index(original) + 1 if self._renumber else original
