"""The names that libraries teach, each learnt once for a state of it."""

from __future__ import annotations

from pathlib import Path

from assistant.understanding.aliases import Aliases, read_aliases
from assistant.understanding.names import Names, library_names
from vectorstore.library import PolicyLibrary, Seen

# Sets of groups whose names are remembered at once.
_MOST_VIEWERS = 32


class LearntNames:
    """Remembers the names of a library for each that looks at it.

    Args:
        listed: the file of the users' own names, which may change meanwhile; None where there is none.
    """

    def __init__(self, listed: Path | None) -> None:
        self._listed = listed
        self._known: dict[tuple[Seen, float], Names] = {}

    def of(self, library: PolicyLibrary) -> Names:
        """Return the names of a library, learnt anew where it or the users' list has changed."""
        listed = self._listed
        edited = listed.stat().st_mtime if listed and listed.exists() else 0.0
        state = (library.seen, edited)
        names = self._known.get(state)
        if names is None:
            names = library_names(library, read_aliases(listed) if listed else Aliases())
            for known in list(self._known):
                # Those of other viewers stay, those of other generations go.
                if known[0][0] != state[0][0] or known[1] != edited or len(self._known) >= _MOST_VIEWERS:
                    self._known.pop(known, None)
            self._known[state] = names
        return names
