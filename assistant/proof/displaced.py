"""Figures of a source in whose place a sentence has words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.proof.alignment import evidence_of
from assistant.proof.faults import Fault
from assistant.proof.substitutions import Token, tokens_of

_DIGIT = re.compile(r"\d")
_LONGEST = 8


def displaced_faults(plain: str, texts: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault for each figure of a source between whose neighbours a sentence has words of its own.

    Args:
        plain: the folded sentence.
        texts: the folded texts of its sources.
    """
    evidence = evidence_of(plain, texts)
    mine, theirs = tokens_of(plain), tokens_of(evidence)
    steps = SequenceMatcher(
        None, [token.text for token in mine], [token.text for token in theirs], autojunk=False
    ).get_opcodes()
    for step, begin, end, low, high in steps[1:-1]:
        if step == "replace" and _displaces(mine[begin:end], theirs[low:high], evidence):
            said, told = (_text(tokens) for tokens in (mine[begin:end], theirs[low:high]))
            yield Fault(f"资料中为“{told}”，不是“{said}”", contradicted=True)


def _displaces(said: Sequence[Token], told: Sequence[Token], evidence: str) -> bool:
    signs = any(token.kind == "sign" for token in told) or max(len(said), len(told)) > _LONGEST
    measured = any(token.kind == "measure" for token in said)
    fresh = any(token.tells and token.text not in evidence for token in said)
    return not signs and not measured and fresh and _DIGIT.search(_text(told)) is not None


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)
