"""What a reader is told of a sentence whose words its sources do not support."""

from __future__ import annotations

import re

from assistant.proof.alignment import Alignment
from assistant.proof.faults import Fault
from assistant.proof.lexicon import negations, opposite_in
from assistant.proof.substitutions import Substitution, substitutions

_LONGEST = 40
_HAN = re.compile("[一-鿿]")


def explanation_of(found: Alignment) -> Fault:
    """Return what speaks against a sentence, the plainest difference first."""
    parts = substitutions(found.plain, found.evidence)
    for part in parts:
        if part.told and opposite_in(part.said_text, part.told_text):
            return _instead(part)
    if (negations(found.plain) - negations(found.span)) % 2:
        return Fault(f"与资料原文“{_shortened(found.span)}”相反", contradicted=True)
    # A sign or a figure stands in no word's place, and what titles and headings say is nothing new.
    new = [word.text for word in found.words if word.new]
    worded = (
        part
        for part in parts
        if part.fresh and _HAN.search(part.told_text) and any(word in part.said_text for word in new)
    )
    swaps = [part for part in worded if part.is_swap or _ends_otherwise(part)]
    if swaps:
        return _instead(max(swaps, key=lambda part: sum(len(token.text) for token in part.fresh)))
    if new:
        return Fault(f"引用的资料中没有“{max(new, key=len)}”")
    return Fault(f"资料中没有这样说，原文为“{_shortened(found.span)}”")


def _instead(part: Substitution) -> Fault:
    return Fault(f"资料中为“{_shortened(part.told_text)}”，不是“{part.said_text}”", contradicted=True)


def _ends_otherwise(part: Substitution) -> bool:
    few = len(part.said_text) <= len(part.told_text) + 4
    return part.place == "tail" and bool(part.told_text) and len(part.told_text) <= _LONGEST // 4 and few


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
