"""Many numbers in the room of a few."""

from __future__ import annotations

from collections.abc import Sequence

_FEWEST = 3


def in_ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers, three or more in a row as a range: narrow columns break long lists.

    Args:
        numbers: the smallest first.
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"{run[0]}—{run[-1]}" if len(run) >= _FEWEST else "、".join(map(str, run)) for run in runs
    )
