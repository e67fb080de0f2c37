"""Whether a model recites its rules instead of answering."""

from __future__ import annotations

_RUN = 20


class PromptLeak:
    """Tells when a text that arrives in pieces repeats a run of another, blanks aside.

    Args:
        rules: the text that is not to be repeated.
    """

    def __init__(self, rules: str) -> None:
        self._rules = "".join(rules.split())
        self._tail = ""

    def heard(self, piece: str) -> bool:
        """Return whether the text with this piece repeats twenty characters in a row."""
        said = self._tail + "".join(piece.split())
        self._tail = said[1 - _RUN :]
        return any(said[at : at + _RUN] in self._rules for at in range(len(said) - _RUN + 1))
