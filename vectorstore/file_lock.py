"""A lock that is a file in the data folder; the operating system frees it when the process dies."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection

from vectorstore.failures import unwritable
from vectorstore.languages.language import own_words


class FolderLock:
    """Lets one process of this machine in at a time.

    Args:
        folder: the data folder; made where it is missing.
        name: what the lock is for.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._note = folder / f"{name}.holder"
        self._lock = FileLock(folder / f"{name}.lock")

    def take(self) -> bool:
        """Take the lock; return False where somebody holds it.

        Raises:
            LibraryError: the folder cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            self._note.write_text(
                json.dumps([os.getpid(), f"{datetime.now().astimezone():%H:%M}", Path(sys.argv[0]).name])
            )
        except Timeout:
            return False
        except OSError as error:
            self._lock.release()
            raise unwritable(self._folder, error) from error
        return True

    def holder(self) -> str:
        """Say who holds it."""
        try:
            pid, since, command = json.loads(self._note.read_text())
        except (OSError, ValueError):
            # The holder has only just begun, or just ended.
            return own_words("另一个进程")
        return own_words(f"进程 {pid}（{command}，{since} 开始）")

    def release(self) -> None:
        """Let go of it, if it is held."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()

    def confirm(self, connection: Connection) -> None:
        """Nothing takes it from a process that lives."""
