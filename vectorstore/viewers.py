"""Who looks at the library: everything is seen, or what is for everybody and for some groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vectorstore.errors import LibraryError

# What parts groups and keys where they are written in one line (`assistant.api.keys`).
_SEPARATORS = ";；|"
_MOST_CHARS = 200
_ENTRIES = re.compile(r"[;；\n]")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at the library.

    Attributes:
        groups: whose documents are seen beside those for everybody.
        sees_all: whether all documents are seen, whosesoever they are.
    """

    groups: frozenset[str] = frozenset()
    sees_all: bool = False

    def within(self, other: Viewer) -> Viewer:
        """Return who sees what both see.

        Args:
            other: whose sight is the limit.
        """
        if self.sees_all or other.sees_all:
            return other if self.sees_all else self
        return Viewer(self.groups & other.groups)


UNLIMITED = Viewer(sees_all=True)
"""Sees everything: the machine's own user, and administrators."""


def group_names(names: Iterable[str]) -> frozenset[str]:
    """Return the groups that names mean.

    Args:
        names: as people or an identity provider write them; blanks around them do not count.

    Raises:
        LibraryError: a name cannot be a group's.
    """
    plain = frozenset(map(str.strip, names))
    for name in sorted(plain):
        if not name:
            # A mistake must not leave a document to everybody.
            raise LibraryError("部门名称不能为空")
        if len(name) > _MOST_CHARS or not name.isprintable() or any(mark in name for mark in _SEPARATORS):
            raise LibraryError(
                f"部门名称 {name[:20]} 无法使用：不能含分号、竖线或换行，且不超过 {_MOST_CHARS} 字"
            )
    return plain


def grouped(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield names with their groups, as settings tell them: `NAME=group|group`, parted by semicolons.

    Args:
        text: the setting's value; an entry without groups has none, and one without = has no name either.

    Raises:
        LibraryError: a name of a group cannot be one.
    """
    for entry in filter(None, map(str.strip, _ENTRIES.split(text))):
        name, equals, groups = entry.rpartition("=")
        # Without one all of it may be a secret, which no error is to repeat.
        yield name.strip(), group_names(groups.split("|") if equals and groups.strip() else ())
