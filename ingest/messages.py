"""What the process that ingests and those that read files say to each other: pickled, led by its length."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass, field
from typing import IO

from ingest.files import Found
from ingest.tokens import TokenBudget
from vectorstore.preparing import Prepared
from vectorstore.types import ParsedDocument

DONE = "done"
"""Nothing more comes of this file."""

_HEADER = struct.Struct("<Q")
_SECONDS_A_MEGABYTE = 3.0
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may take.

    Attributes:
        seconds: from one sign of life to the next: a document, or a page; large files get more.
        megabytes: memory of the process that reads it.
    """

    seconds: float = 600.0
    megabytes: int = 3_000

    def seconds_for(self, size: int) -> float:
        """How long to wait for the next sign of life of a file.

        Args:
            size: of the file, in bytes.
        """
        return round(self.seconds + size / 1e6 * _SECONDS_A_MEGABYTE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of every file.

    Attributes:
        budget: what no passage exceeds.
        review: a text for people as well.
        words: what the keyword index takes.
        vectors: the vectors of the built-in embedding.
    """

    budget: TokenBudget = field(default_factory=TokenBudget)
    review: bool = False
    words: bool = False
    vectors: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read.

    Attributes:
        file: where it is and what it is called.
        known: source → content hash of what the library already holds of it.
    """

    file: Found
    known: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a document.

    Attributes:
        source: its name in the library.
        outcome: "read", "unchanged" or "failed".
        parsed: the document, where it was read.
        reason: why it failed, or "".
        review: what was understood of it, for people, where that was wanted.
        prepared: what was worked out for storing it, where that was wanted.
        seconds: how long reading it took.
    """

    source: str
    outcome: str
    parsed: ParsedDocument | None = None
    reason: str = ""
    review: str = ""
    prepared: Prepared | None = None
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class PageDone:
    """A page was read: the reading goes on.

    Attributes:
        source: the file's name in the library.
        number: of the page, from 1.
        of: how many pages there are.
    """

    source: str
    number: int
    of: int


def send(stream: IO[bytes], value: object) -> None:
    """Write one message."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_HEADER.pack(len(data)))
    # A pipe may take less than it is given.
    left = memoryview(data)
    while left:
        left = left[stream.write(left) :]
    stream.flush()


def receive(stream: IO[bytes]) -> object | None:
    """Read one message of a process that we started ourselves; None at the end of the stream."""
    header = _exactly(stream, _HEADER.size)
    data = _exactly(stream, _HEADER.unpack(header)[0]) if header else b""
    return pickle.loads(data) if data else None  # noqa: S301 our own process's answer


def _exactly(stream: IO[bytes], size: int) -> bytes | bytearray:
    """Read so many bytes; none where the stream ends before."""
    data = bytearray()
    while len(data) < size and (part := stream.read(min(size - len(data), _MOST_BYTES))):
        data += part
    return data if len(data) == size else b""
