"""The administrator's own words, in the format of jieba's user dictionaries."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from vectorstore.errors import SettingsError
from vectorstore.segmentation import add_words


def learn_dictionary(file: Path | None) -> None:
    """Teach the segmentation of this process the words of a file; one that has not changed is read once.

    A line is `word [uses [part of speech]]` (https://github.com/fxsjy/jieba); the index knows a word after
    `policy-assistant rebuild`.

    Args:
        file: plain text; lines that begin with # are remarks; None teaches nothing.

    Raises:
        SettingsError: the file cannot be read.
    """
    if file is None:
        return
    try:
        _learn(file, file.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"无法读取 POLICY_DICTIONARY 指定的词典 {file}，请检查路径，并存为 UTF-8 文本"
        ) from None


@cache
def _learn(file: Path, changed: int) -> None:
    # Takes long to load, and only those who keep a dictionary need it.
    from jieba import re_userdict

    entries = []
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        if line.strip() and not line.startswith("#"):
            word, uses, kind = re_userdict.match(line.strip()).groups()
            entries.append((word, int(uses) if uses else None, (kind or " n").strip()))
    add_words(entries)
