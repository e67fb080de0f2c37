"""What a printed page adds to its text: page numbers, running headers and footers."""

from __future__ import annotations

import re
from collections import Counter

from ingest.marks import PAGE, SEAM

_DASHED_NUMBER = re.compile(r"\s*[-—–]\s*\d{1,4}\s*[-—–]\s*")


def drop_page_furniture(text: str) -> str:
    """Take out page numbers, headers and footers: lines at page edges that are numbers or recur."""
    if PAGE not in text:
        return "\n".join(SEAM if _DASHED_NUMBER.fullmatch(line) else line for line in text.split("\n"))
    pages = [page.split("\n") for page in text.split(PAGE)]
    edges = Counter(shape for page in pages for shape in {_shape(line) for line in _edge_lines(page)})
    often = {shape for shape, count in edges.items() if count >= max(3, len(pages) // 3)}
    cleaned = []
    for page in pages:
        edge = set(map(id, _edge_lines(page)))
        furniture = [id(line) in edge and (_shape(line) in often or _is_page_number(line)) for line in page]
        cleaned.append("\n".join("" if drop else line for drop, line in zip(furniture, page, strict=True)))
    return PAGE.join(cleaned)


def _edge_lines(page: list[str]) -> list[str]:
    standing = [line for line in page if line.strip()]
    return standing[:2] + standing[-2:] if len(standing) > 4 else standing


def _shape(line: str) -> str:
    return re.sub(r"^\d+|\d+$", "0", re.sub(r"\s+", "", line))


def _is_page_number(line: str) -> bool:
    return bool(re.fullmatch(r"\s*(?:第\s*)?[-—–]?\s*\d{1,4}\s*[-—–]?\s*(?:页)?(?:\s*[/共].*)?", line))
