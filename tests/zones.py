"""Places with another time than the machine's."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def in_china(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the process stand in UTC+8 for the length of the block."""
    with patch.context() as here:
        here.setenv("TZ", "CST-8")
        time.tzset()
        try:
            yield
        finally:
            here.undo()
            time.tzset()
