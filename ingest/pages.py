"""What a printed page adds to its text: page numbers, running headers and footers."""

from __future__ import annotations

import re
from collections import Counter

from ingest.marks import PAGE, SEAM
from ingest.numbering import number_of
from ingest.standing import FORMAL_TITLE

_DASHED_NUMBER = re.compile(r"\s*[-—–]\s*\d{1,4}\s*[-—–]\s*")
_PAGE_NUMBER = re.compile(r"\s*(?:第\s*)?[-—–]?\s*\d{1,4}\s*[-—–]?\s*(?:页)?(?:\s*[/共].*)?")
_PAGE_OF = re.compile(r"[^。；]{0,30}第\s*\d{1,4}\s*[页頁](?:\s*[,，/]?\s*共\s*\d{1,4}\s*[页頁])?\s*")
_WORD = re.compile(r"[^\W\d_]")
_DRAFT = re.compile(r"\s*[（(【].{0,8}(?:征求意见稿|送审稿|讨论稿|草案).{0,4}[）)】]\s*")
_NEAR = 3
_FRONT_LINES = 10


def drop_page_furniture(text: str) -> str:
    """Take out page numbers, headers and footers: lines at page edges that are numbers or recur."""
    if PAGE not in text:
        return _without_page_lines(text)
    pages = [page.split("\n") for page in text.split(PAGE)]
    often = _recurring(pages)
    kept = _telling_lines(pages[0], often)
    cleaned = []
    for page in pages:
        edge = _edge_places(page) - (kept if page is pages[0] else set())
        furniture = [
            place in edge and (_shape(line) in often or _is_page_number(line))
            for place, line in enumerate(page)
        ]
        cleaned.append("\n".join("" if drop else line for drop, line in zip(furniture, page, strict=True)))
    return PAGE.join(cleaned)


def _recurring(pages: list[list[str]]) -> set[str]:
    """The shapes of lines that recur at one edge of the pages: on both of two, on a third of many."""
    tops = Counter(shape for page in pages for shape in {_shape(page[place]) for place in _top(page)})
    ends = Counter(shape for page in pages for shape in {_shape(page[place]) for place in _bottom(page)})
    enough = 2 if len(pages) == 2 else max(3, len(pages) // 3)
    return {
        shape
        for edge in (tops, ends)
        for shape, count in edge.items()
        if _WORD.search(shape) and count >= (2 if _is_page_of(shape) else enough)
    }


def _without_page_lines(text: str) -> str:
    """Take out page numbers where nothing marks the pages, and what recurs beside most of them."""
    lines = text.split("\n")
    dropped = {place for place, line in enumerate(lines) if _DASHED_NUMBER.fullmatch(line)}
    numbers = [place for place, line in enumerate(lines) if _is_page_of(line)]
    if len(numbers) > 1:
        dropped.update(numbers)
        near = {place + step for place in numbers for step in range(-_NEAR, _NEAR + 1)}
        beside = [place for place in near if 0 <= place < len(lines) and lines[place].strip()]
        counts = Counter(_shape(lines[place]) for place in beside if not number_of(lines[place].strip()))
        often = {shape for shape, count in counts.items() if count >= max(2, len(numbers) - 1)}
        dropped.update(place for place in beside if _shape(lines[place]) in often)
        top = next((place for place, line in enumerate(lines) if line.strip()), 0)
        if _shape(lines[top]) in often and top not in _telling_lines(lines, often):
            dropped.add(top)
    return "\n".join(SEAM if place in dropped else line for place, line in enumerate(lines))


def _telling_lines(page: list[str], often: set[str]) -> set[int]:
    """The places of recurring lines that alone say what the document is: its title, that it is a draft."""
    standing = [place for place, line in enumerate(page) if line.strip()][:_FRONT_LINES]
    formal = [place for place in standing if FORMAL_TITLE.search(page[place].strip())]
    titles = {"".join(page[place].split()) for place in formal}
    drafts = [place for place in standing if _DRAFT.fullmatch(page[place])]
    found = formal[:1] if len(titles) == 1 else []
    return {place for place in (*found, *drafts[:1]) if _shape(page[place]) in often}


def _edge_places(page: list[str]) -> set[int]:
    return {*_top(page), *_bottom(page)}


def _top(page: list[str]) -> list[int]:
    return [place for place, line in enumerate(page) if line.strip()][:2]


def _bottom(page: list[str]) -> list[int]:
    standing = [place for place, line in enumerate(page) if line.strip()]
    return standing[-2:] if len(standing) > 4 else standing


def _shape(line: str) -> str:
    """A line with its page number made the same, so that it recurs from page to page."""
    bare = re.sub(r"\s+", "", line)
    return re.sub(r"\d+" if _is_page_of(line) else r"^\d+|\d+$", "0", bare)


def _is_page_number(line: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line))


def _is_page_of(line: str) -> bool:
    return len(line) <= 80 and bool(_PAGE_OF.fullmatch(line))
