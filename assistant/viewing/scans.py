"""The quote on scanned pages: their words are recognised anew, one page at a time, beside the page."""

from __future__ import annotations

import importlib.util
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.viewing.pages import Area, Found, Pages
from assistant.viewing.quote_places import Ranges, Sought, places
from vectorstore.errors import LibraryError

# A passage begins on the page that is known of it and ends on that page or the next.
_AHEAD = 2
_KEPT = 200
_log = logging.getLogger(__name__)

Lines = tuple[tuple[str, Area], ...]


def is_installed() -> bool:
    """Whether the extra that recognises text is there."""
    return importlib.util.find_spec("rapidocr") is not None


class Scans:
    """Recognises pages in a thread and remembers the last ones.

    Args:
        pages: reads them.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._one, self._guard = threading.Lock(), threading.Lock()
        self._coming: set[tuple[Path, int]] = set()
        # A page that cannot be read has no lines: it is not tried anew at each click.
        self._read: OrderedDict[tuple[Path, int], Lines] = OrderedDict()

    def find(self, file: Path, page: int, pages: int, wanted: Sought) -> Found | None:
        """Look for a quote among the recognised words of a page and the next.

        Args:
            file: a PDF, an OFD file or a scanned picture.
            page: the page on which the quote's passage begins, from 1.
            pages: how many there are.
            wanted: the quote.

        Returns:
            What was found, or None as long as a page is being recognised.
        """
        read: list[Lines] = []
        for number in range(page, min(page + _AHEAD, pages + 1)):
            lines = self._lines(file, number)
            if lines is None:
                return None
            read.append(lines)
            marks = places(wanted, ["\n".join(words for words, _ in of) for of in read])
            if marks:
                areas = {page + at: tuple(_areas(read[at], ranges)) for at, ranges in marks.items()}
                return Found(pages, dict.fromkeys(areas, ()), legible=True, areas=areas)
        return Found(pages, {}, legible=True)

    def is_coming(self, file: Path) -> bool:
        """Whether a page of a file is being recognised just now.

        Args:
            file: the file.
        """
        with self._guard:
            return any(of == file for of, _ in self._coming)

    def _lines(self, file: Path, page: int) -> Lines | None:
        with self._guard:
            lines = self._read.get((file, page))
            if lines is None and (file, page) not in self._coming:
                self._coming.add((file, page))
                threading.Thread(target=self._recognise, args=(file, page), daemon=True).start()
            return lines

    def _recognise(self, file: Path, page: int) -> None:
        lines: Lines = ()
        try:
            with self._one:
                lines = self._pages.recognise(file, page)
        except LibraryError as error:
            _log.warning("page %d of %s is not recognised: %s", page, file.name, error)
        finally:
            with self._guard:
                self._read[file, page] = lines
                while len(self._read) > _KEPT:
                    self._read.popitem(last=False)
                self._coming.discard((file, page))


def _areas(lines: Lines, ranges: Ranges) -> Iterator[Area]:
    """What ranges of the lines' signs take of the page; a line's signs share its box by their widths."""
    begin = 0
    for words, (left, top, right, bottom) in lines:
        for start, end in ranges:
            first, last = max(start - begin, 0), min(end - begin, len(words))
            if first < last:
                scale = (right - left) / _width(words)
                yield left + _width(words[:first]) * scale, top, left + _width(words[:last]) * scale, bottom
        begin += len(words) + 1


def _width(words: Sequence[str]) -> float:
    return sum(0.5 if sign.isascii() else 1.0 for sign in words)
