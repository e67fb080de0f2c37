"""A process that gives documents their vectors while others go on: `python -m vectorstore.background`.

One is enough for a library. Who publishes documents begins it afterwards; it looks once more after it has let
go of its lock, so that nothing is left to which both thought the other would see.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable

from vectorstore.errors import LibraryError, PolicyError
from vectorstore.filling import fill, unfilled
from vectorstore.languages.catalogue import say, tell
from vectorstore.locking import alone
from vectorstore.recovery import Progress
from vectorstore.settings import LibrarySettings, library_settings
from vectorstore.time_left import TimeLeft, spoken

_log = logging.getLogger("vectorstore")
_LOCK, LOG = "embed", "embed.log"
_TOLD_SECONDS = 30.0
_LOOK_AGAIN = 1.0
_NICE = 10


def begin(settings: LibrarySettings) -> bool:
    """Begin to give waiting documents their vectors, unless a process is at it already or none waits.

    Args:
        settings: where the library is; the process reads its own settings, as this one did.

    Returns:
        Whether a process is at it now.

    Raises:
        LibraryError: the library cannot be read.
    """
    if not unfilled(settings):
        return False
    folder = settings.policy_data_dir.resolve()
    try:
        with alone(settings, _LOCK) as free:
            if not free:
                return True
        folder.mkdir(parents=True, exist_ok=True)
    except (LibraryError, OSError):
        return False  # Who may not write here cannot fill the library either.
    with (folder / LOG).open("wb") as log:
        # In a session of its own, so that it outlives the command and the terminal.
        subprocess.Popen(
            [sys.executable, "-P", "-m", "vectorstore.background"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "POLICY_DATA_DIR": str(folder)},
            start_new_session=True,
        )
    return True


def complete(settings: LibrarySettings, progress: Progress | None = None) -> None:
    """Give all waiting documents their vectors now, after the process that may be at it.

    Args:
        settings: where the library is.
        progress: told how many passages are done and how many there are.

    Raises:
        EmbeddingError: the model cannot be used.
        LibraryError: the library cannot be written.
    """
    told = False
    while unfilled(settings):
        with alone(settings, _LOCK) as free:
            if free:
                fill(settings, progress)
                continue
        if not told:
            _log.warning(say("另一个进程正在生成向量，等待其完成……"))
            told = True
        time.sleep(_LOOK_AGAIN)


def told_in_lines(name: str, put: Callable[[str], object]) -> Progress:
    """Return what tells of progress in lines, one in half a minute, where no bar can be drawn.

    Args:
        name: of what goes on.
        put: takes a line.
    """
    left, last = TimeLeft(), time.monotonic()

    def told(done: int, total: int) -> None:
        nonlocal last
        seconds = left.seconds(done, total)
        if seconds is not None and (done == total or time.monotonic() - last >= _TOLD_SECONDS):
            last = time.monotonic()
            time_left = say("，还需{time}", time=tell(spoken(seconds))) if done < total else ""
            put(f"{name} {done}/{total}{time_left}")

    return told


def main() -> int:
    """Fill the library of the settings until nothing waits; another process at it is left to it."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    os.nice(_NICE)
    try:
        settings = library_settings()
        while unfilled(settings):
            with alone(settings, _LOCK) as free:
                if not free:
                    return 0
                fill(settings, told_in_lines(say("生成向量"), _log.info))
    except PolicyError as error:
        _log.error(tell(str(error)))
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
