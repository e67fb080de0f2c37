"""A model's answer held against what it cites, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.grounding import ground
from assistant.statements import statements
from assistant.types import Hit, Verdict


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of checking an answer.

    Attributes:
        reasons: number of a citation → why a sentence that it stands for is not borne out.
        held: how many sentences their passages bear out.
        failed: how many they do not, those without a citation included.
    """

    reasons: dict[int, str]
    held: int
    failed: int


def verify(text: str, cited: Sequence[Hit]) -> Verification:
    """Check each sentence of an answer against the passages it cites.

    Args:
        text: the answer with [n] marks; n means cited[n - 1].
        cited: the cited passages.

    Returns:
        The counts and, for each citation that a failed sentence rests on, the first reason.
    """
    reasons: dict[int, str] = {}
    held = failed = 0
    for statement in statements(text):
        if statement.leads_in:
            continue
        found = ground(statement.text, [cited[number - 1] for number in statement.numbers])
        if found.verdict is Verdict.SUPPORTED:
            held += 1
            continue
        failed += 1
        for number in statement.numbers:
            reasons.setdefault(number, found.reason)
    return Verification(reasons, held, failed)
