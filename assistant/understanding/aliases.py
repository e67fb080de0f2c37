"""Names that mean the same: those that documents define themselves, and those that users list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import SettingsError
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold

_MOST_PASSAGES = 400
_LONG = r"(?:[一-鿿a-z0-9·]|\([一-鿿]{1,8}\)){4,40}"
_SHORT = r"[“\"'《]?([^”\"'》)(,，、或]{2,20})[”\"'》]?"
_DEFINED = re.compile(
    rf"({_LONG})\((?:以下|下文|后文)?(?:统一)?(?:简称|又称|亦称)[为作]?:?{_SHORT}(?:(?:[、,，]|或者?){_SHORT})?\)"
)
# What stands before a name in its sentence.
_BEFORE_NAME = re.compile(r"^.*(?:[是为对由在将把据及的了]|根据|按照|关于|印发|推进|建设)(?=[一-鿿]{4})")
_FEWEST_CHARS = 3


@dataclass(frozen=True, slots=True)
class Aliases:
    """Groups of names, each name of a group meaning the same, folded."""

    groups: tuple[tuple[str, ...], ...] = ()

    def others(self, folded: str) -> tuple[str, ...]:
        """Return the other names of what a folded text names."""
        return tuple(
            name
            for group in self.groups
            if any(name in folded for name in group)
            for name in group
            if name not in folded
        )


def learn_aliases(library: PolicyLibrary) -> Aliases:
    """Learn the short names that documents define: 临澜海岬高技术产业开发区（以下简称“海岬高新区”）.

    Args:
        library: the policy library; its passages that say 简称 are read.

    Returns:
        A pair for each definition whose short name takes up the long one, so that words such as 本规划 or
        高新区, which mean something else in every document, are left out.
    """
    hits = library.search_keywords("简称", _MOST_PASSAGES)
    passages = library.load([hit.passage_id for hit in hits])
    lines = (fold(line) for passage in passages for line in passage.text.splitlines())
    return joined(Aliases(tuple(pair for line in lines for pair in _definitions(line))))


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


def joined(*lists: Aliases) -> Aliases:
    """Return the groups of several lists, those that share a name as one, names in the order given."""
    groups: list[list[str]] = []
    for group in (group for aliases in lists for group in aliases.groups):
        touching = [known for known in groups if not set(known).isdisjoint(group)]
        merged = list(dict.fromkeys([*(name for known in touching for name in known), *group]))
        groups = [*(known for known in groups if known not in touching), merged]
    return Aliases(tuple(tuple(group) for group in groups))


def _definitions(folded: str) -> Iterator[tuple[str, str]]:
    for match in _DEFINED.finditer(folded):
        long = _BEFORE_NAME.sub("", match[1])
        for short in filter(None, _named(match)):
            if len(short) >= _FEWEST_CHARS and short[:2] in long and not long.endswith(short):
                yield long, short


def _named(match: re.Match[str]) -> Iterable[str]:
    return (match[2] or "", match[3] or "")
