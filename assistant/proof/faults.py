"""What speaks against a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a statement does not hold.

    Attributes:
        reason: one Chinese line for the reader.
        contradicted: the passages say otherwise; else they merely do not say it.
    """

    reason: str
    contradicted: bool = False
