"""Which rows of a table name its columns: one decision for every format, from what its cells are like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.blocks import Table
from ingest.cell_kinds import MEASURED, Kind, is_column_name, kind_of, unit_of
from ingest.numbering import number_of
from ingest.table_units import says_units

HEADS_MAX = 4
_LONG = 30
_MOST = 0.6
# What a row's marks weigh beside what its cells say, each column of which weighs about two.
_USUAL = 1.0
_RULED = 3.0
_SET_OFF = 4.0


@dataclass(frozen=True, slots=True)
class Marks:
    """What the file itself says of a table's first rows.

    Attributes:
        stated: how many of them it declares to name the columns, 0 where it declares none.
        ruled: whether a Markdown rule stands under the first row, which every such table needs.
        set_off: for each row, whether all its cells are bold, shaded or head cells.
    """

    stated: int = 0
    ruled: bool = False
    set_off: tuple[bool, ...] = ()


_NO_MARKS = Marks()


def headed(
    rows: Sequence[tuple[str, ...]],
    filled: Sequence[tuple[str, ...]] = (),
    marks: Marks = _NO_MARKS,
    *,
    inline: bool = True,
) -> Table:
    """Make a table of a grid: its first rows that name the columns are told, repetitions of them left out.

    Args:
        rows: cells, a merged one where it starts.
        filled: the same with merged cells repeated, where the file says which are merged.
        marks: what the file says of the rows.
        inline: whether nothing but white space parts the cells in the source.

    Returns:
        The table.
    """
    heads = head_rows(rows, filled, marks)
    whole = filled or rows
    first = tuple(whole[:heads])
    kept = [
        place
        for place in range(len(rows))
        if place < heads or not any(tuple(whole[place]) == head and any(head) for head in first)
    ]
    picked = tuple(rows[place] for place in kept)
    return Table(picked, heads, inline, tuple(filled[place] for place in kept) if filled else ())


def head_rows(
    rows: Sequence[Sequence[str]], filled: Sequence[Sequence[str]] = (), marks: Marks = _NO_MARKS
) -> int:
    """How many of a table's first rows name its columns.

    Args:
        rows: cells, a merged one where it starts.
        filled: the same with merged cells repeated, or ().
        marks: what the file says of the rows.

    Returns:
        From 0, where the first row is one like the others, to 4; never all rows.
    """
    whole = filled or rows
    most = min(HEADS_MAX, len(rows) - 1)
    heads = min(marks.stated, most)
    if not heads:
        if most < 1 or _likeness(whole) + _weight(marks) <= 0:
            return 0
        heads = 1
    while heads < most and _parts_heads(rows, whole, heads, marks):
        heads += 1
    return heads


def _weight(marks: Marks) -> float:
    weight = _USUAL + (_RULED if marks.ruled else 0.0)
    below = marks.set_off[1:]
    if marks.set_off[:1] == (True,) and sum(below) * 2 <= len(below):
        weight += _SET_OFF
    return weight


def _likeness(rows: Sequence[Sequence[str]]) -> float:
    """How much the first row is unlike those below it: above 0 it names the columns, else it is one more."""
    first = rows[0]
    # Where the head is written again on a later page, there is no doubt.
    if any(tuple(row) == tuple(first) for row in rows[2:]):
        return _SET_OFF
    groups = sum(map(bool, first)) > 1 and any(cell and cell == right for cell, right in pairwise(first))
    columns = zip(*rows, strict=True)
    return sum(_column(cell, [below for below in column if below]) for cell, *column in columns) + groups


def _column(first: str, body: list[str]) -> float:
    """What one column says of its first cell."""
    if not first or not body:
        return 0.0
    kind, kinds = kind_of(first), Counter(map(kind_of, body))
    usual, count = kinds.most_common(1)[0]
    if kind is Kind.PERIOD:
        return -2.0 if kinds[kind] >= len(body) / 2 else 1.5
    if kind in MEASURED:
        return _measured(first, kind, body) if usual in MEASURED else -0.5
    if usual in MEASURED and count >= _MOST * len(body):
        return 2.0
    return _worded(first, body)


def _measured(first: str, kind: Kind, body: list[str]) -> float:
    """A first cell with a figure above figures: one of them, unless all of those are counted otherwise."""
    units = {unit_of(cell) for cell in body}
    if kind is Kind.FIGURE and unit_of(first) not in units and len(units) == 1:
        return 0.5
    return -2.5


def _worded(first: str, body: list[str]) -> float:
    """A first cell of words above words."""
    plain = "".join(first.split())
    if is_column_name(first):
        # Names from top to bottom are those of the rows.
        return -2.0 if sum(map(is_column_name, body)) * 2 > len(body) else 1.5
    said = 0.0
    if plain in {"".join(cell.split()) for cell in body}:
        said -= 2.0
    if len(plain) > _LONG or plain.endswith(("。", "；")):
        said -= 2.0
    if len(body) > 1 and _share(cell[-1:] == first[-1:] for cell in body) >= 0.4:
        said -= 1.5
    elif len(body) > 1 and _share(cell[:1] == first[:1] for cell in body) >= _MOST:
        said -= 1.0
    if number_of(plain):
        said -= 1.0
    if len(plain) <= 6 and median(map(len, body)) > 10:
        said += 0.7
    return said


def _share(tells: Iterable[bool]) -> float:
    found = list(tells)
    return sum(found) / len(found)


def _parts_heads(
    rows: Sequence[Sequence[str]], whole: Sequence[Sequence[str]], place: int, marks: Marks
) -> bool:
    """Whether a row goes on with the heads above it: it parts them, or states their units."""
    above, row = whole[place - 1], whole[place]
    said = [cell for cell in rows[place] if cell]
    if len(said) == 1 and len(row) > 2 and kind_of(said[0]) is not Kind.PERIOD and said[0] == rows[place][0]:
        return False  # it names a group of rows
    bare = sum(kind_of(cell) is Kind.FIGURE and not unit_of(cell) for cell in said)
    if any(not rows[place][n] and cell and cell == above[n] for n, cell in enumerate(row)):
        # What reaches down along bare figures names these rows, not columns.
        return 2 * bare <= len(said)
    if all(re.fullmatch(r"[（(].{1,12}[）)]", cell) for cell in said):
        return bool(said)
    if says_units(rows[place]):
        return True
    if _parts_groups(above, row):
        return True
    set_off = marks.set_off
    return bool(set_off) and set_off[place] and all(set_off[:place]) and not any(set_off[place + 1 :])


def _parts_groups(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether each name that reaches over several columns has names of its own below, and no other has."""
    spans: list[list[int]] = []
    for column, cell in enumerate(above):
        if spans and (not cell or cell == above[spans[-1][0]]):
            spans[-1].append(column)
        else:
            spans.append([column])
    wide = [span for span in spans if len(span) > 1]
    narrow = [span[0] for span in spans if len(span) == 1]
    if not wide or any(row[column] not in ("", above[column]) for column in narrow):
        return False
    parts = [[row[column] for column in span] for span in wide]
    named = all(len(set(part)) == len(part) and all(part) for part in parts)
    measured = any(kind_of(cell) in MEASURED for part in parts for cell in part)
    # Where no column stands for itself, some parts may be parted once more below.
    groups = not narrow and all(all(part) and len(set(part)) > 1 for part in parts)
    return (named and (bool(narrow) or not measured)) or (groups and not measured)
