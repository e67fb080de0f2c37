"""The files of a keyword index: each ends in a checksum, which tantivy writes and does not read.

Format: https://github.com/quickwit-oss/tantivy/blob/main/src/directory/footer.rs
"""

from __future__ import annotations

import json
import struct
import zlib
from contextlib import suppress
from pathlib import Path

_END = struct.Struct("<II")
_MAGIC = 1337
_BLOCK = 1 << 20


def verify(folder: Path) -> None:
    """Read all files that count of an index through once; a gigabyte takes about a second.

    Args:
        folder: of the index.

    Raises:
        ValueError, KeyError, OSError: one of them is not as it was written, or missing.
    """
    # What a writer at work has not committed yet is still being written.
    for segment in json.loads((folder / "meta.json").read_bytes())["segments"]:
        stem = segment["segment_id"].replace("-", "")
        deleted = f"{stem}.{(segment['deletes'] or {}).get('opstamp')}.del"
        for file in folder.glob(f"{stem}.*"):
            if file.suffix != ".del" or file.name == deleted:
                # The writer throws away what nobody needs any more.
                with suppress(FileNotFoundError):
                    _verify_file(file)


def _verify_file(file: Path) -> None:
    with file.open("rb") as opened:
        size = opened.seek(0, 2)
        opened.seek(max(0, size - _END.size))
        length, magic = _END.unpack(opened.read().rjust(_END.size, b"\0"))
        begin = size - _END.size - length
        if magic != _MAGIC or begin < 0:
            raise ValueError(f"no footer: {file.name}")
        opened.seek(begin)
        expected = json.loads(opened.read(length))["crc"]
        opened.seek(0)
        found, left = 0, begin
        while left and (block := opened.read(min(_BLOCK, left))):
            found, left = zlib.crc32(block, found), left - len(block)
    if found != expected:
        raise ValueError(f"checksum of {file.name}")
