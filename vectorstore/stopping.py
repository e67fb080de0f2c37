"""Ctrl-C and SIGTERM while the library is being written."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def safe_points() -> Iterator[Callable[[], None]]:
    """Put off Ctrl-C and SIGTERM to the next safe point, or to the block's end.

    A second signal interrupts at once; what is half-written is then finished at the next start.

    Yields:
        A function to call at a safe point; it raises KeyboardInterrupt if a signal has come. Outside the
        main thread, where Python allows no handlers, it does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    received: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(number)

    def pause() -> None:
        if received:
            raise KeyboardInterrupt

    previous = {number: signal.signal(number, note) for number in _SIGNALS}
    try:
        yield pause
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    pause()
