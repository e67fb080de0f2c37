"""Tables written in HTML inside a text, as converters leave them in Markdown: each becomes rows of pipes."""

from __future__ import annotations

import re
from itertools import takewhile

_TABLE = re.compile(
    r"<table\b[^>]{0,500}>(?P<inside>(?:(?!<table\b).)*?)</table\s*>", re.DOTALL | re.IGNORECASE
)
_ROW = re.compile(r"<tr\b[^>]{0,500}>(.*?)(?=</tr\b|<tr\b|\Z)", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b([^>]{0,500})>(.*?)(?=</t[dh]\b|<t[dh]\b|\Z)", re.DOTALL | re.IGNORECASE)
_HEAD = re.compile(r"<th\b", re.IGNORECASE)
_PLAIN = re.compile(r"<td\b", re.IGNORECASE)
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,500}>")


def tables_as_pipes(text: str) -> str:
    """Write every HTML table of a text as a Markdown one.

    A cell merged over rows stands where it starts, one merged over columns in each of them, as
    `ingest.grids` reads them. A rule stands under the rows of head cells, where there are any.
    """
    return _TABLE.sub(_as_pipes, text) if "<t" in text.lower() else text


def _as_pipes(found: re.Match[str]) -> str:
    grid: dict[tuple[int, int], str] = {}
    inside = _ROW.findall(found["inside"])
    heads = len(list(takewhile(lambda row: _HEAD.search(row) and not _PLAIN.search(row), inside)))
    for number, row in enumerate(inside):
        column = 0
        for attributes, words in _CELL.findall(row):
            while (number, column) in grid:
                column += 1
            spans = {name.lower(): int(size) for name, size in _SPAN.findall(attributes)}
            height, width = max(spans.get("row", 1), 1), max(spans.get("col", 1), 1)
            cell = " ".join(_TAG.sub(" ", words).replace("|", "｜").split())
            for down in range(height):
                for right in range(width):
                    grid[number + down, column + right] = "" if down else cell
            column += width
    if not grid:
        return ""
    rows = 1 + max(number for number, _ in grid)
    columns = range(1 + max(column for _, column in grid))
    lines = [" | ".join(grid.get((row, column), "") for column in columns) for row in range(rows)]
    piped = [f"| {line} |" for line in lines]
    if heads < len(lines):
        piped[heads:heads] = ["|---" * len(columns) + "|"] * bool(heads)
    return "\n".join(["", *piped, ""])
