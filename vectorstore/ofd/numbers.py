"""The numbers that the parts of an OFD file state, held to what a page can hold."""

from __future__ import annotations

_RUN = "g"
_MOST = 1e6


def number_in(word: str | None, default: float) -> float:
    """Return a number that a part states, in millimetres or times.

    Args:
        word: how it is written, if it is.
        default: what counts where it is not, or is none.
    """
    try:
        stated = float(word) if word else default
    except ValueError:
        return default
    # "nan" and "1e309" are numbers to Python, and none to reckon with; no page is a kilometre long.
    return stated if abs(stated) < _MOST else default


def numbers_in(words: str | None) -> list[float]:
    """Return the numbers of a list; one that is none counts as 0.

    Args:
        words: the list, parted by blanks, if there is one.
    """
    return [number_in(word, 0.0) for word in (words or "").split()]


def steps_in(stated: str | None, count: int, usual: float) -> tuple[float, ...]:
    """Return the steps from character to character; `g n d` repeats a step d for n characters (11.3).

    Args:
        stated: the steps as they are written, if they are.
        count: how many there are.
        usual: each of those that are not stated.
    """
    steps: list[float] = []
    words = iter((stated or "").split())
    for word in words:
        if word == _RUN:
            times = int(number_in(next(words, ""), 0.0))
            steps += [number_in(next(words, ""), 0.0)] * min(times, max(count, 0))
        else:
            steps.append(number_in(word, 0.0))
    return tuple([*steps, *[usual] * (count - len(steps))][: max(count, 0)])
