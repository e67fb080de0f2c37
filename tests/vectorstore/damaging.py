"""Disks that turn bits round."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path


def settle(database: Path) -> None:
    """Bring everything that waits beside a SQLite file into it."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def replace_bytes(file: Path, old: str, new: str) -> int:
    """Put other bytes of the same length in a file; return how often."""
    data = file.read_bytes()
    before, after = old.encode(), new.encode()
    assert len(before) == len(after)
    file.write_bytes(data.replace(before, after))
    return data.count(before)


def flip(file: Path, chance: random.Random, near: str = "") -> int:
    """Turn one bit of a file round, in some place where it holds a text if one is given; return the place."""
    data = bytearray(file.read_bytes())
    places = [found.start() for found in re.finditer(re.escape(near.encode()), bytes(data))] if near else [0]
    place = chance.choice(places) + chance.randrange(len(near.encode()) or len(data))
    data[place] ^= 1 << chance.randrange(8)
    file.write_bytes(data)
    return place
