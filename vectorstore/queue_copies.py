"""The bytes of the files that wait in the queue, where every machine finds them."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from vectorstore.bucket import Bucket
from vectorstore.errors import LibraryError
from vectorstore.failures import refusal

# A copy without a row is that of a file that was just being put in, or of a process that was killed at it.
_ABANDONED_SECONDS = 3_600.0


class FolderCopies:
    """Copies in a folder that all machines see.

    Args:
        folder: the folder; it is made when the first one comes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def place(self, name: str) -> Path:
        """Return where a copy is while it is lent."""
        return self._folder / name

    def keep(self, name: str, source: str, data: bytes) -> None:
        """Store a copy.

        Args:
            name: its name.
            source: of which file, for the error.
            data: its bytes.

        Raises:
            LibraryError: it cannot be stored.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.place(name).write_bytes(data)
        except OSError as error:
            self.drop([name])
            raise LibraryError(f"{source} 未能加入队列：{refusal(error)}；请检查 {self._folder}") from None

    @contextmanager
    def lent(self, hashes: Mapping[str, str]) -> Iterator[None]:
        """Have copies as files for the length of the block.

        Args:
            hashes: name → SHA-256 of each.

        Raises:
            LibraryError: the folder is away.
        """
        if hashes and not self._folder.is_dir():
            raise LibraryError(
                f"没有文件夹 {self._folder}，无法读取排队的文件；"
                "各台机器的 POLICY_FILES_DIR 须指向同一个共享文件夹"
            )
        yield

    def drop(self, names: Collection[str]) -> None:
        """Delete copies; one that cannot be deleted now is swept another time."""
        for name in names:
            with suppress(OSError):
                self.place(name).unlink(missing_ok=True)

    def old(self) -> set[str]:
        """Return the names of copies that are there for so long that they have a row or are abandoned."""
        return {file.name for file in self._folder.glob("*") if _is_old(file)}


class BucketCopies:
    """Copies in a bucket, brought to this machine while somebody is at them; the interface of `FolderCopies`.

    Args:
        bucket: where they are.
        folder: of this machine, for those that are lent: to one worker at a time, as it has taken the file.
    """

    def __init__(self, bucket: Bucket, folder: Path) -> None:
        self._bucket, self._here = bucket, FolderCopies(folder)
        self._listed = -_ABANDONED_SECONDS

    def place(self, name: str) -> Path:
        """Return where a copy is while it is lent."""
        return self._here.place(name)

    def keep(self, name: str, source: str, data: bytes) -> None:
        """Store a copy.

        Raises:
            LibraryError: the storage is away or refuses.
        """
        try:
            self._bucket.put(name, data)
        except LibraryError as error:
            raise LibraryError(f"{source} 未能加入队列：{error}") from None

    @contextmanager
    def lent(self, hashes: Mapping[str, str]) -> Iterator[None]:
        """Have copies as files for the length of the block; those that are not whole are not there.

        Raises:
            LibraryError: the storage is away or refuses, or it is another one than that of the queue.
        """
        if hashes and not any(True for _ in self._bucket.stored()):
            raise LibraryError(
                f"{self._bucket} 中没有排队的文件；各台机器的 POLICY_FILES_DIR 须指向同一个存储桶和前缀"
            )
        try:
            for name, content_hash in hashes.items():
                self._bucket.fetch(name, self.place(name), content_hash)
            yield
        finally:
            self._here.drop(hashes)

    def drop(self, names: Collection[str]) -> None:
        """Delete copies; one that cannot be deleted now is swept another time."""
        self._here.drop(names)
        for name in names:
            with suppress(LibraryError):
                self._bucket.drop(name)

    def old(self) -> set[str]:
        """Return the names of copies that have a row or are abandoned; those in the bucket once an hour.

        Raises:
            LibraryError: the storage is away or refuses.
        """
        names, now = self._here.old(), time.monotonic()
        if now - self._listed >= _ABANDONED_SECONDS:
            latest = time.time() - _ABANDONED_SECONDS
            names |= {one.name for one in self._bucket.stored() if one.at.timestamp() < latest}
            self._listed = now
        return names


def _is_old(file: Path) -> bool:
    with suppress(OSError):
        return time.time() - file.stat().st_mtime > _ABANDONED_SECONDS
    return False
