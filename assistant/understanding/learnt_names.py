"""The names that libraries teach and users list, each learnt once for a state of it."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.understanding.names import Alike, Names, learn_names
from vectorstore.errors import SettingsError
from vectorstore.library import PolicyLibrary, Seen
from vectorstore.segmentation import fold

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
            names = learn_names(library.documents(), read_aliases(listed) if listed else ())
            for known in list(self._known):
                # Those of other viewers stay, those of other generations go.
                if known[0][0] != state[0][0] or known[1] != edited or len(self._known) >= _MOST_VIEWERS:
                    self._known.pop(known, None)
            self._known[state] = names
        return names


def read_aliases(file: Path) -> Alike:
    """Read a list of names that mean the same, a group a line: 海岬高新区 = 海岬区 = 海岬开发区.

    Args:
        file: plain text; lines that begin with # are remarks.

    Raises:
        SettingsError: the file cannot be read.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"无法读取 POLICY_ALIASES 指定的别名表 {file}，请检查路径，并存为 UTF-8 文本"
        ) from None
    said = (line for line in lines if not line.lstrip().startswith("#"))
    groups = (tuple(filter(None, map(fold, re.split(r"[=＝]", line)))) for line in said)
    return tuple(group for group in groups if len(group) > 1)
