"""One writer at a time."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from vectorstore.errors import LibraryBusyError, LibraryError
from vectorstore.failures import refusal, storage_reason
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words

_log = logging.getLogger("vectorstore")


@contextmanager
def exclusive(folder: Path, wait: float) -> Iterator[None]:
    """Hold the library's write lock; the operating system frees it when the process dies.

    Args:
        folder: the data folder; made where it is missing.
        wait: seconds to wait for whoever holds it.

    Raises:
        LibraryBusyError: it was not free in time; the message names the holder.
        LibraryError: the folder cannot be written.
    """
    note = folder / "write.holder"
    lock = FileLock(folder / "write.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _acquire(lock, note, wait)
        note.write_text(json.dumps([os.getpid(), f"{datetime.now().astimezone():%H:%M}", _command()]))
    except OSError as error:
        lock.release()
        reason = storage_reason(error, folder) or own_words(
            f"无法写入（{refusal(error)}），请检查设置 POLICY_DATA_DIR"
        )
        raise LibraryError(f"数据目录 {folder} {reason}") from error
    try:
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _acquire(lock: FileLock, note: Path, wait: float) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if wait > 0:
            _log.warning(
                say(
                    "政策库正在由{holder}写入，最多等待 {seconds} 秒……",
                    holder=tell(_holder(note)),
                    seconds=f"{wait:g}",
                )
            )
        try:
            lock.acquire(timeout=wait, poll_interval=0.1)
        except Timeout:
            raise LibraryBusyError(
                f"政策库正在由{_holder(note)}写入，请稍后再试，或用 --wait 延长等待"
            ) from None


def _command() -> str:
    return Path(sys.argv[0]).name


def _holder(note: Path) -> str:
    try:
        pid, since, command = json.loads(note.read_text())
    except (OSError, ValueError):
        # The holder has only just begun, or just ended.
        return own_words("另一个进程")
    return own_words(f"进程 {pid}（{command}，{since} 开始）")
