"""Sees that the library changed and lets subscriptions be asked again, in nobody's way."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date
from threading import Lock, Thread

from assistant.records.ongoing import OngoingAnswers
from assistant.subscribing.checking import Checking
from vectorstore.errors import PolicyError
from vectorstore.library import PolicyLibrary

_log = logging.getLogger(__name__)
# What could not be done is tried anew then, in seconds.
_AGAIN = 600.0
# Questions of readers come first, for no longer than this.
_PATIENCE = 30.0


class Noticing:
    """Begins the asking of what is due, one thread a process, whenever somebody looks in after a change.

    Args:
        library: whose changes count.
        checking: asks.
        ongoing: the readers' questions, which come first.
        clock: seconds that only go on.
    """

    def __init__(
        self,
        library: PolicyLibrary,
        checking: Checking,
        ongoing: OngoingAnswers,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._library = library
        self._checking = checking
        self._ongoing = ongoing
        self._clock = clock
        self._lock = Lock()
        self._seen: tuple[object, ...] = ()
        self._at = 0.0
        self._thread: Thread | None = None

    def notice(self, today: date) -> None:
        """Begin what is to be done, if there is anything, and come back at once.

        Args:
            today: day on which a document's standing counts.
        """
        state = (*self._library.state, today)
        with self._lock:
            if self.working or (state == self._seen and self._clock() - self._at < _AGAIN):
                return
            self._seen, self._at = state, self._clock()
            self._thread = Thread(target=self._work, args=(today,), name="subscriptions", daemon=True)
            self._thread.start()

    @property
    def working(self) -> bool:
        """Whether subscriptions are being asked by this process now."""
        return self._thread is not None and self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """Wait until nothing is being asked, or a time has passed."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _work(self, today: date) -> None:
        try:
            for subscription_id in self._checking.due(today):
                self._ongoing.let_finish(_PATIENCE)
                self._checking.check(subscription_id, today)
        except PolicyError as error:
            _log.error("subscriptions could not be checked: %s", error)
        except Exception:
            _log.exception("subscriptions could not be checked")
