"""Writing a file so that nobody ever finds half of it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_whole(
    place: Path, blocks: Iterable[bytes], content_hash: str = "", *, lasting: bool = False
) -> bool:
    """Write a file, in the place of one that is there; nothing is left where that fails.

    Args:
        place: where it is to be; its folder is made.
        blocks: its bytes.
        content_hash: SHA-256 of what is wanted, hexadecimal; "" for whatever comes.
        lasting: whether to wait until the disk has it: after a power cut a name may else stand for no bytes.

    Returns:
        Whether it was written: bytes of another hash are not.

    Raises:
        OSError: the folder does not allow it.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".part-")
    part = Path(name)
    try:
        digest = hashlib.sha256()
        with os.fdopen(handle, "wb") as copy:
            for block in blocks:
                digest.update(block)
                copy.write(block)
            if lasting:
                copy.flush()
                os.fsync(handle)
        if content_hash and digest.hexdigest() != content_hash:
            return False
        part.replace(place)
        return True
    finally:
        part.unlink(missing_ok=True)
