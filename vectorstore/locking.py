"""One writer at a time."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from vectorstore.errors import LibraryBusyError


@contextmanager
def exclusive(folder: Path, wait: float) -> Iterator[None]:
    """Hold the library's write lock; the operating system frees it when the process dies.

    Args:
        folder: the data folder; made where it is missing.
        wait: seconds to wait for whoever holds it.

    Raises:
        LibraryBusyError: it was not free in time; the message names the holder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "write.holder"
    lock = FileLock(folder / "write.lock", timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise LibraryBusyError(f"政策库正在由{_holder(note)}写入，请稍后再试，或用 --wait 延长等待") from None
    try:
        note.write_text(
            json.dumps([os.getpid(), f"{datetime.now().astimezone():%H:%M}", Path(sys.argv[0]).name])
        )
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _holder(note: Path) -> str:
    try:
        pid, since, command = json.loads(note.read_text())
    except (OSError, ValueError):
        # The holder has only just begun, or just ended.
        return "另一个进程"
    return f"进程 {pid}（{command}，{since} 开始）"
