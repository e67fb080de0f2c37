"""The quote on scanned pages."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from assistant.viewing.pages import Area, Found, Pages
from assistant.viewing.quote_places import Sought
from assistant.viewing.scans import Scans
from vectorstore.errors import LibraryError

FILE = Path("scan.png")
QUOTE = Sought("港口岸电使用率达到95%")


class Recognised(Pages):
    """Pages whose words are known, told when they may be."""

    def __init__(self, *pages: tuple[tuple[str, Area], ...]) -> None:
        super().__init__()
        self.known, self.asked, self.may = pages, list[int](), threading.Event()
        self.may.set()

    def recognise(self, file: Path, page: int) -> tuple[tuple[str, Area], ...]:
        assert file == FILE
        self.asked.append(page)
        self.may.wait()
        if page > len(self.known):
            raise LibraryError("原文件无法显示")
        return self.known[page - 1]


def found(scans: Scans, page: int = 1, pages: int = 3) -> Found:
    while (seen := scans.find(FILE, page, pages, QUOTE)) is None:
        time.sleep(0.01)
    return seen


def test_the_quote_takes_its_share_of_each_line() -> None:
    lines = (("第一条港口岸电", (0.1, 0.2, 0.8, 0.3)), ("使用率达到95%。", (0.1, 0.4, 0.85, 0.5)))
    seen = found(Scans(Recognised(lines)))
    assert seen.marks == {1: ()}
    first, second = seen.areas[1]
    assert first == pytest.approx((0.4, 0.2, 0.8, 0.3))
    assert second == pytest.approx((0.1, 0.4, 0.75, 0.5))


def test_a_quote_that_begins_on_the_next_page_is_found_there() -> None:
    pages = Recognised((("第一条", (0, 0, 1, 1)),), (("港口岸电使用率达到95%", (0, 0, 1, 0.5)),))
    assert list(found(Scans(pages)).areas) == [2]
    assert pages.asked == [1, 2]


def test_a_page_is_recognised_once_even_where_it_cannot_be_read() -> None:
    scans = Scans(pages := Recognised((("别处的话", (0, 0, 1, 1)),)))
    for _ in range(2):
        assert found(scans) == Found(3, {}, legible=True)
    assert pages.asked == [1, 2]


def test_nobody_waits_while_a_page_is_recognised() -> None:
    scans = Scans(pages := Recognised((("港口岸电使用率达到95%", (0, 0, 1, 1)),)))
    pages.may.clear()
    assert scans.find(FILE, 1, 1, QUOTE) is None
    assert scans.is_coming(FILE)
    assert not scans.is_coming(Path("other.png"))
    pages.may.set()
    assert list(found(scans, pages=1).areas) == [1]
    assert not scans.is_coming(FILE)
