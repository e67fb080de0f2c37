"""How long something that goes on will still take."""

from __future__ import annotations

import time

from vectorstore.languages.language import own_words


class TimeLeft:
    """Estimates the time left from how long things have taken so far; what was there at first took none."""

    def __init__(self) -> None:
        self._begun: tuple[float, int] | None = None

    def seconds(self, done: int, total: int) -> float | None:
        """Return how many seconds are left; None where nothing has been done yet.

        Args:
            done: how many are done.
            total: how many there are.
        """
        now = time.monotonic()
        if self._begun is None:
            self._begun = (now, done)
        since, at_first = self._begun
        if done <= at_first:
            return None
        return (now - since) / (done - at_first) * (total - done)


@own_words
def spoken(seconds: float) -> str:
    """Return a length of time as people say it."""
    if seconds < 90:
        count = max(1, round(seconds))
        return f"约 {count} 秒"
    minutes = round(seconds / 60)
    hours = f"{seconds / 3600:.1f}"
    return f"约 {minutes} 分钟" if minutes < 90 else f"约 {hours} 小时"
