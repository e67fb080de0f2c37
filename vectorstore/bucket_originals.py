"""The files as they came in a storage that speaks S3, and copies of those that were opened here."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path, PurePosixPath

from vectorstore.bucket import Bucket
from vectorstore.errors import LibraryError
from vectorstore.languages.catalogue import tell
from vectorstore.originals import Originals

_log = logging.getLogger(__name__)
# What was opened on this machine stays for the next reader so long, and so much of it.
_COPY_SECONDS = 7 * 24 * 3_600.0
_COPY_BYTES = 2_000_000_000


class BucketOriginals:
    """Files in a bucket, each under the hash of its bytes, with the interface of `Originals`.

    Args:
        bucket: where they are kept.
        folder: where copies of those that are wanted as files stand; made when the first one comes.
    """

    def __init__(self, bucket: Bucket, folder: Path) -> None:
        self._bucket, self._folder = bucket, folder
        self._copies = Originals(folder)
        self._known: dict[str, int] | None = None
        self._is_away = False

    def keep(self, content_hash: str, file: Path) -> bool:
        """Store a file; one that is stored already is left as it is.

        Args:
            content_hash: SHA-256 of the file's bytes, hexadecimal.
            file: the file.

        Returns:
            Whether it is kept; a file whose bytes are others by now is not, nor any after the storage failed.

        Raises:
            OSError: the file does not allow it.
            LibraryError: the storage is away or refuses; told once.
        """
        if self._is_away:
            return False
        try:
            return self._keep(content_hash, file)
        except LibraryError:
            self._is_away = True
            raise

    def _keep(self, content_hash: str, file: Path) -> bool:
        if self._known is None:
            # Only one process writes; asking for each file alone would take a round trip each.
            self._known = {one.name: one.size for one in self._bucket.stored()}
        name = _name(content_hash)
        if self._known.get(name) == file.stat().st_size:
            return True
        with tempfile.TemporaryDirectory(prefix="policy-original-") as folder:
            copies = Originals(Path(folder))
            # The bytes that are sent are those that were hashed, whatever becomes of the file meanwhile.
            if not copies.keep(content_hash, file) or not (copy := copies.find(content_hash)):
                return False
            self._bucket.put(name, copy)
            self._known[name] = copy.stat().st_size
        return True

    def find(self, content_hash: str) -> Path | None:
        """Return a copy of a file on this machine, or None where none is kept.

        Raises:
            LibraryError: the storage is away or refuses.
        """
        if copy := self._copies.find(content_hash):
            return copy
        place = self._copies.place(content_hash)
        if not self._bucket.fetch(_name(content_hash), place, content_hash):
            return None
        self._trim()
        return place

    def drop_all_but(self, content_hashes: Collection[str]) -> None:
        """Delete the files that no document needs any more; what cannot be deleted now is so another time.

        Args:
            content_hashes: of the files that stay.
        """
        self._copies.drop_all_but(content_hashes)
        if self._is_away:
            return
        try:
            for one in list(self._bucket.stored()):
                if PurePosixPath(one.name).stem not in content_hashes:
                    self._bucket.drop(one.name)
        except LibraryError as error:
            _log.warning(tell(str(error)))

    def _trim(self) -> None:
        """Keep of the copies, and of what was made of them, the newest."""
        total, oldest = 0, time.time() - _COPY_SECONDS
        seen = []
        for file in self._folder.glob("??/*"):
            with suppress(OSError):
                seen.append((file.stat().st_mtime, file.stat().st_size, file))
        for at, size, file in sorted(seen, reverse=True):
            total += size
            if at < oldest or total > _COPY_BYTES:
                file.unlink(missing_ok=True)


def _name(content_hash: str) -> str:
    return f"{content_hash[:2]}/{content_hash}"
