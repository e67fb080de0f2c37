"""Telling that reading goes on: recognising the text of a page takes seconds, and scans have many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Told = Callable[[int, int], object]
# Loaders are many and few have slow pages, so who is told is not passed through all of them.
_told: ContextVar[Told | None] = ContextVar("told", default=None)


@contextmanager
def telling(told: Told) -> Iterator[None]:
    """Let pages be told to somebody for the length of a block.

    Args:
        told: takes the number of a page, from 1, and how many there are.
    """
    token = _told.set(told)
    try:
        yield
    finally:
        _told.reset(token)


def page_done(number: int, of: int) -> None:
    """Tell whoever listens that a page was read.

    Args:
        number: of the page, from 1.
        of: how many pages there are.
    """
    told = _told.get()
    if told:
        told(number, of)
