"""Words put in the place of their opposites: 以上 for 以下, 不超过 for 不低于, 下降 for 增长."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.proof.faults import Fault
from assistant.proof.trends import FALL, RISE

_AT_LEAST = frozenset({"不低于", "不少于", "不小于", "至少", "超过", "突破", "高于", "大于", "多于"})
_AT_MOST = frozenset({"不超过", "不高于", "不多于", "不大于", "至多", "不足", "低于", "小于", "少于"})
_SIDES = (
    (RISE, FALL),
    (_AT_LEAST, _AT_MOST),
    (frozenset({"以上"}), frozenset({"以下", "以内"})),
    (frozenset({"不得", "禁止", "严禁", "不可"}), frozenset({"可以", "允许", "鼓励", "支持"})),
    (frozenset({"预期性"}), frozenset({"约束性"})),
)
_BOTH_WAYS = (*_SIDES, *((other, one) for one, other in _SIDES))
_OPPOSITES = {word: others for words, others in _BOTH_WAYS for word in words}
_WORD = re.compile("|".join(sorted(_OPPOSITES, key=len, reverse=True)))
_BESIDE = 2


def opposite_faults(plain: str, said: str) -> Iterator[Fault]:
    """Yield a fault where the sources have the opposite of a word between the same characters.

    Args:
        plain: the folded sentence.
        said: all that its sources say, folded and without blanks.
    """
    closed = "".join(plain.split())
    for match in _WORD.finditer(closed):
        before = closed[max(0, match.start() - _BESIDE) : match.start()]
        behind = closed[match.end() : match.end() + _BESIDE]
        if len(before + behind) < _BESIDE or before + match.group() + behind in said:
            continue
        for word in sorted(_OPPOSITES[match.group()]):
            if before + word + behind in said:
                yield Fault(f"资料中为“{before}{word}{behind}”", contradicted=True)
                break
