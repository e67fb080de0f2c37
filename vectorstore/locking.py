"""One writer at a time."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import Connection

from vectorstore.errors import LibraryBusyError
from vectorstore.file_lock import FolderLock
from vectorstore.languages.catalogue import say, tell
from vectorstore.server_lock import ServerLock
from vectorstore.settings import LibrarySettings

_log = logging.getLogger("vectorstore")
_LOOK_AGAIN = 0.1


class Lock(Protocol):
    """A lock that is freed by itself when its holder dies; each failure is a `LibraryError`."""

    def take(self) -> bool:
        """Take the lock; return False where somebody holds it."""

    def holder(self) -> str:
        """Say who holds it."""

    def release(self) -> None:
        """Let go of it, if it is held."""

    def confirm(self, connection: Connection) -> None:
        """Make sure that a transaction, which has only begun, is the holder's."""


def lock_of(settings: LibrarySettings, name: str) -> Lock:
    """Return a lock of a library, which every machine that works on it sees; it is not taken yet.

    Args:
        settings: where the library is.
        name: what the lock is for.
    """
    if settings.on_postgresql:
        return ServerLock(settings, name)
    return FolderLock(settings.policy_data_dir, name)


@contextmanager
def exclusive(settings: LibrarySettings, wait: float) -> Iterator[Lock]:
    """Hold the library's write lock; it is free again when the process dies.

    Args:
        settings: where the library is.
        wait: seconds to wait for whoever holds it.

    Raises:
        LibraryBusyError: it was not free in time; the message names the holder.
        LibraryError: the folder or the database cannot be used.
    """
    lock = lock_of(settings, "write")
    try:
        if not lock.take():
            _wait(lock, wait)
        yield lock
    finally:
        lock.release()


@contextmanager
def alone(settings: LibrarySettings, name: str) -> Iterator[bool]:
    """Hold another of the library's locks, if it is free.

    Args:
        settings: where the library is.
        name: what the lock is for.

    Returns:
        Whether it is held, for the length of the block.

    Raises:
        LibraryError: the folder or the database cannot be used.
    """
    lock = lock_of(settings, name)
    try:
        yield lock.take()
    finally:
        lock.release()


def _wait(lock: Lock, wait: float) -> None:
    if wait > 0:
        _log.warning(
            say(
                "政策库正在由{holder}写入，最多等待 {seconds} 秒……",
                holder=tell(lock.holder()),
                seconds=f"{wait:g}",
            )
        )
    end = time.monotonic() + wait
    while time.monotonic() < end:
        time.sleep(_LOOK_AGAIN)
        if lock.take():
            return
    raise LibraryBusyError(f"政策库正在由{lock.holder()}写入，请稍后再试，或用 --wait 延长等待")
