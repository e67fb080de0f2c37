"""The pages of an original as pictures, made by `page_worker.py`."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.viewing.quote_places import Ranges, Sought, places
from vectorstore.errors import LibraryError

_WORKER = Path(__file__).with_name("page_worker.py")
_SECONDS = 15
_RECOGNISING_SECONDS = 180
_AT_ONCE = 2
# A passage and its quote begin on the page that is known of them, and end not far from it.
_AHEAD = 4
_MOST = 600

Area = tuple[float, float, float, float]
"""Left, top, right and bottom, in shares of a page's width and height from its upper left corner."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a quote's place on the pages.

    Attributes:
        pages: how many pages the file has.
        marks: number of a page, from 1 → ranges of its signs that the quote takes.
        legible: whether the pages that were searched hold any text; a scan holds none.
        areas: number of a page → what the quote takes of its picture, where its words were recognised; its
            ranges are empty there.
    """

    pages: int
    marks: dict[int, Ranges]
    legible: bool
    areas: dict[int, tuple[Area, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page.

    Attributes:
        image: PNG, or the text of an SVG.
        mark: where the mark begins, as shares of width and height; None where nothing is marked.
    """

    image: bytes | str
    mark: tuple[float, float] | None


class Pages:
    """Reads and draws pages; only so many processes at a time, however many readers there are."""

    def __init__(self) -> None:
        self._free = threading.BoundedSemaphore(_AT_ONCE)

    def find(self, file: Path, page: int | None, wanted: Sought) -> Found:
        """Look for a quote.

        Args:
            file: a PDF, an OFD file or a scanned picture.
            page: the page on which its passage begins, from 1; None where it is not known.
            wanted: the quote.

        Raises:
            LibraryError: the file cannot be read.
        """
        first, most = (page, _AHEAD) if page else (1, _MOST)
        wanted_pages = {"task": "find", "file": str(file), "first": first, "most": most}
        told = json.loads(self._asked(wanted_pages, "原文件"))
        texts = told["texts"]
        marks = {first + index: ranges for index, ranges in places(wanted, texts).items()}
        return Found(told["pages"], marks, any(text.strip("\0\r\n ") for text in texts))

    def draw(self, file: Path, page: int, marks: Ranges, zoom: float, areas: Sequence[Area] = ()) -> Picture:
        """Draw a page.

        Args:
            file: a PDF, an OFD file or a scanned picture.
            page: number of the page, from 1.
            marks: ranges of its signs to mark.
            zoom: 1.0 is as large as it is read in print; a huge page is drawn smaller.
            areas: what else to mark of its picture.

        Raises:
            LibraryError: the page cannot be drawn.
        """
        wanted = {
            "task": "draw", "file": str(file), "page": page, "marks": marks, "zoom": zoom, "areas": areas
        }  # fmt: skip
        told, _, image = self._asked(wanted, f"原文件第{page}页").partition(b"\n")
        mark = json.loads(told)
        drawn = image.decode() if image.startswith(b"<svg") else image
        return Picture(drawn, (mark[0], mark[1]) if mark else None)

    def recognise(self, file: Path, page: int) -> tuple[tuple[str, Area], ...]:
        """Read the lines of a page's picture anew, which takes seconds.

        Args:
            file: a PDF, an OFD file or a scanned picture.
            page: number of the page, from 1.

        Returns:
            Each line and where it stands.

        Raises:
            LibraryError: the page cannot be read, or takes too long.
        """
        wanted = {"task": "recognise", "file": str(file), "page": page}
        lines = json.loads(self._run(wanted, f"原文件第{page}页", _RECOGNISING_SECONDS))
        return tuple((words, (left, top, right, bottom)) for words, (left, top, right, bottom) in lines)

    def _asked(self, wanted: dict[str, object], what: str) -> bytes:
        if not self._free.acquire(timeout=_SECONDS):
            raise LibraryError("正在显示其他原文件，请稍后再试")
        try:
            return self._run(wanted, what, _SECONDS)
        finally:
            self._free.release()

    @staticmethod
    def _run(wanted: dict[str, object], what: str, seconds: float) -> bytes:
        # -P keeps the modules beside the worker from standing in for those of the standard library.
        command = [sys.executable, "-P", str(_WORKER)]
        try:
            done = subprocess.run(  # noqa: S603 our own module
                command, input=json.dumps(wanted).encode(), capture_output=True, timeout=seconds, check=True
            )
        except (subprocess.SubprocessError, OSError):
            raise LibraryError(f"{what}无法显示，请下载原文件查看") from None
        return done.stdout
