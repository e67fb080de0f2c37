"""The files as they came, kept beside the library so that a reader can open what a passage was read from."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from vectorstore.whole_file import write_whole

_BLOCK = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}")


class Originals:
    """A folder of files, each under the hash of its bytes.

    Args:
        folder: where they are kept; it is made when the first one comes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content_hash: str, file: Path) -> bool:
        """Copy a file in; one that is kept already is left as it is. A copy appears whole or not at all.

        Args:
            content_hash: SHA-256 of the file's bytes, hexadecimal.
            file: the file.

        Returns:
            Whether it is kept; a file whose bytes are others by now is not.

        Raises:
            OSError: the file or the folder does not allow it.
        """
        place = self.place(content_hash)
        if place.exists():
            return True
        with file.open("rb") as source:
            return write_whole(place, iter(lambda: source.read(_BLOCK), b""), content_hash)

    def find(self, content_hash: str) -> Path | None:
        """Return where a file is kept, or None."""
        place = self.place(content_hash)
        return place if place.is_file() else None

    def drop_all_but(self, content_hashes: Collection[str]) -> None:
        """Delete the files that no document needs any more.

        Args:
            content_hashes: of the files that stay.
        """
        for file in self._folder.glob("??/*"):
            # Its printed form, made of it, goes with it.
            if file.stem not in content_hashes:
                file.unlink(missing_ok=True)

    def place(self, content_hash: str) -> Path:
        """Return where a file would be kept.

        Raises:
            ValueError: that is no hash.
        """
        if not _HASH.fullmatch(content_hash):
            raise ValueError(f"not a SHA-256 in hexadecimal: {content_hash!r}")
        return self._folder / content_hash[:2] / content_hash
