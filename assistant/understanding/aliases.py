"""Names that mean the same, as users list them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import SettingsError
from vectorstore.segmentation import fold


@dataclass(frozen=True, slots=True)
class Aliases:
    """Groups of names, each name of a group meaning the same, folded."""

    groups: tuple[tuple[str, ...], ...] = ()

    def others(self, folded: str) -> tuple[str, ...]:
        """Return the other names of what a folded text names."""
        named = (group for group in self.groups if any(name in folded for name in group))
        return tuple(name for group in named for name in group if name not in folded)


def read_aliases(file: Path) -> Aliases:
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
    groups = (
        tuple(filter(None, map(fold, re.split(r"[=＝]", line))))
        for line in lines
        if not line.lstrip().startswith("#")
    )
    return Aliases(tuple(group for group in groups if len(group) > 1))
