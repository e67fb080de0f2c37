"""Whether the library can be read now, for load balancers and those on duty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vectorstore.errors import PolicyError
from vectorstore.library import PolicyLibrary


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether questions can be answered.

    Attributes:
        reason: one Chinese line where they cannot, else "".
        generation: the state of the library that answers; 0 while it is empty.
    """

    reason: str = ""
    generation: int = 0

    @property
    def status(self) -> int:
        """The HTTP status that says so."""
        return 503 if self.reason else 200

    def record(self, *, told: bool) -> dict[str, Any]:
        """Return it as JSON.

        Args:
            told: whether the caller may know more than yes or no.
        """
        record: dict[str, Any] = {"status": "unavailable" if self.reason else "ready"}
        if told:
            record |= {"reason": self.reason} if self.reason else {"generation": self.generation}
        return record


def readiness(library: PolicyLibrary) -> Readiness:
    """Read the catalogue's state and the keyword index; an empty library is ready to be filled.

    Args:
        library: it opens anew by itself what has come back.
    """
    try:
        generation = library.generation
        library.probe()
    except PolicyError as error:
        return Readiness(str(error))
    return Readiness(generation=generation)
