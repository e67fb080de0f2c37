"""How much of what is asked must be said before it counts as an answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The refusal thresholds; `benchmarks/refusals.py` shows what each setting costs.

    Attributes:
        subject: least share of the question's weight that a sentence, its headings and its title hold.
        of_the_best: least share beside the best sentence found.
        measured: least share of the words that tell which figure is meant.
        named: the same where no figure is asked for.
    """

    subject: float = 0.08
    of_the_best: float = 0.6
    measured: float = 0.36
    named: float = 0.12


CALIBRATED = Thresholds()
