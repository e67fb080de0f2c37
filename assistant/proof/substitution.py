"""Another name in the place of the one that a source has between the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.proof.faults import Fault
from assistant.proof.proper_names import may_be_name, names_at
from assistant.proof.sources import Source
from vectorstore.segmentation import fold

_BREAKS = frozenset("，,。；;：:！？!?、\n")
# What says which one without a name; figures have a check of their own.
_NO_NAME = re.compile(
    r"^(?:[全我本该各其此这那两三一][市区县省国地者些个]?|[省市区县国]级|[均也将要和与及的在为是共])+$|\d"
)
_CLOSERS = re.compile("[”』」》）)]")
_LEADING = "是为在由对将与和"
_BEFORE = 2
_BEHIND = 4
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class _Slot:
    """A name in a source and the words it stands between; at a break nothing stands before it."""

    name: str
    before: str
    behind: str


def substituted_names(plain: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault where a sentence has something else in the place of a source's name.

    Args:
        plain: the folded sentence.
        sources: what it cites.
    """
    texts = [fold(text) for source in sources for text in (source.text, source.context)]
    for slot in dict.fromkeys(slot for text in texts for slot in _slots(text)):
        for told in _fillings(plain, slot):
            whole = slot.before + told + slot.behind
            if slot.name not in told and told not in slot.name and not any(whole in text for text in texts):
                yield Fault(f"资料中为“{slot.name}{slot.behind}”，不是“{told}”", contradicted=True)


@lru_cache(maxsize=1024)
def _slots(text: str) -> tuple[_Slot, ...]:
    found = []
    for name, end in names_at(text):
        start = end - len(name)
        before = _within_clause(text[max(0, start - _BEFORE) : start][::-1])[::-1]
        behind = _within_clause(text[end : end + _BEHIND])
        if len(before) == _BEFORE <= len(behind) or (not before and len(behind) == _BEHIND):
            found.append(_Slot(name, before, behind))
    return tuple(found)


def _within_clause(text: str) -> str:
    at = next((place for place, character in enumerate(text) if character in _BREAKS), len(text))
    return text[:at]


def _fillings(plain: str, slot: _Slot) -> Iterator[str]:
    """Yield what a sentence has between the words that a name stands between."""
    at = plain.find(slot.behind)
    while at > 0:
        told = _within_clause(plain[max(0, at - _LONGEST) : at][::-1])[::-1]
        if slot.before:
            _, found, told = told.rpartition(slot.before)
            told = told if found else ""
        elif at - len(told) > 0 and plain[at - len(told) - 1] not in _BREAKS:
            told = ""
        told = _CLOSERS.split(told)[-1].lstrip(_LEADING)
        if told and not _NO_NAME.search(told) and may_be_name(told):
            yield told
        at = plain.find(slot.behind, at + 1)
