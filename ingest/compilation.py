"""Files that hold several papers: where each begins, by the head that every official paper has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.blocks import Block, Heading, PageBreak, Paragraph, Table
from ingest.imprint import BODY
from ingest.issuing import is_letterhead
from ingest.numbering import Rank, number_of
from ingest.standing import DOCUMENT_NUMBER, is_formal

_NUMBER = re.compile(rf"(?:[发發]文字[号號]\s*[:：]\s*)?({DOCUMENT_NUMBER.pattern})(?:\s+签发人.*)?")
_ADOPTED = re.compile(
    r"[（(][^（）()]{0,40}\d{4}年\d{1,2}月\d{1,2}日.{0,300}(?:通过|公布|发布|批准|施行|印发)[^（）()]{0,80}[）)]",
    re.DOTALL,
)
_ATTACHED = re.compile(r"附\s*(?:件|录|表)\s*[\d一二三四五六七八九十]*\s*[:：]?")
_NUMBER_MAX = 60
_TITLE_LINES = 4
_TITLE_MAX = 120
_ATTACHED_NEAR = 3
_BODY_MIN = 30


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a file.

    Attributes:
        parts: the pieces of each.
        cover: what stands above the first and belongs to none.
    """

    parts: tuple[tuple[Block, ...], ...]
    cover: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a paper: where it begins, and what tells it from others."""

    start: int
    name: str
    title: str
    numbered: bool


def papers_in(blocks: Sequence[Block]) -> Papers:
    """Part a file that holds several papers.

    Each has a head of its own: a title with its number, or with the remark that tells who adopted it, or one
    right above its first article. A paper that is attached to another, as a notice carries what it issues,
    stays with it.

    Args:
        blocks: the file's pieces in reading order.

    Returns:
        The pieces of each paper, all of them in one part where there is one paper. What stands above the
        first head goes with the first paper where it holds a sentence or a table, else it is the cover.
    """
    heads = _heads(blocks)
    if len(heads) < 2:
        return Papers((tuple(blocks),))
    first = heads[0].start
    cover = () if _tells(blocks[:first]) else tuple(blocks[:first])
    starts = [len(cover), *(head.start for head in heads[1:]), len(blocks)]
    parts = ((*_pages_before(blocks, start), *blocks[start:end]) for start, end in pairwise(starts))
    return Papers(tuple(parts), cover)


def _pages_before(blocks: Sequence[Block], start: int) -> Iterator[Block]:
    """The page breaks ahead of a part, so that its pages are counted as those of the file."""
    return (block for block in blocks[:start] if isinstance(block, PageBreak))


def _tells(blocks: Sequence[Block]) -> bool:
    return any(
        isinstance(block, Table) or (isinstance(block, Paragraph) and "。" in block.text) for block in blocks
    )


def _heads(blocks: Sequence[Block]) -> list[_Head]:
    """The heads of the papers, each with a text of its own below it."""
    kept: list[_Head] = []
    for head in _all_heads(blocks):
        issued = kept and _bare(head.title) in _bare(kept[-1].title)
        if not issued and not any(head.name == one.name or head.start == one.start for one in kept):
            kept.append(head)
    numbered = [head for head in kept if head.numbered]
    if len(numbered) == 1 or (kept and not numbered and _tells(blocks[: kept[0].start])):
        # A single paper with a number, or a text above the first title, issues what follows it.
        return []
    ends = [*(head.start for head in kept[1:]), len(blocks)]
    return [head for head, end in zip(kept, ends, strict=False) if _has_body(blocks[head.start : end])]


def _all_heads(blocks: Sequence[Block]) -> Iterator[_Head]:
    last = -1
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph | Heading) or index <= last:
            continue
        head = _numbered_head(blocks, index) or _adopted_head(blocks, index) or _bare_head(blocks, index)
        if head and not _is_attached(blocks, head.start):
            last = max(last, index)
            yield head


def _numbered_head(blocks: Sequence[Block], index: int) -> _Head | None:
    line = _line(blocks, index)
    number = _NUMBER.fullmatch(line) if len(line) <= _NUMBER_MAX and ("号" in line or "號" in line) else None
    if not number:
        return None
    above, title = _title_above(blocks, index)
    if title:
        return _Head(above, number.group(1), title, numbered=True)
    _, title = _title_below(blocks, index + 1)
    if not title:
        return None
    start = index - 1 if index and is_letterhead(_line(blocks, index - 1)) else index
    return _Head(start, number.group(1), title, numbered=True)


def _adopted_head(blocks: Sequence[Block], index: int) -> _Head | None:
    line = _line(blocks, index)
    if not line.startswith(("（", "(")) or not _ADOPTED.fullmatch(line):
        return None
    start, title = _title_above(blocks, index)
    return _Head(start, title, title, numbered=False) if title else None


def _bare_head(blocks: Sequence[Block], index: int) -> _Head | None:
    """A title right above the first article or chapter."""
    number = number_of(_line(blocks, index))
    if number is None or number.value != 1 or number.rank not in (Rank.CHAPTER, Rank.ARTICLE):
        return None
    start, title = _title_above(blocks, index)
    return _Head(start, title, title, numbered=False) if title else None


def _title_above(blocks: Sequence[Block], index: int) -> tuple[int, str]:
    """The formal title that ends right above a place, with the offices that lead it, and where it begins."""
    joined, start = "", index
    for place in range(index - 1, max(index - 1 - _TITLE_LINES, -1), -1):
        line = _line(blocks, place)
        if not _may_be_title(line) or len(joined) + len(line) > _TITLE_MAX:
            break
        if is_formal(joined) and not (
            joined.startswith(("关于", "關於")) and BODY.fullmatch(line.split(" ")[0])
        ):
            break
        joined, start = line + joined, place
    return (start, joined) if is_formal(joined) else (index, "")


def _title_below(blocks: Sequence[Block], index: int) -> tuple[int, str]:
    joined = ""
    for end in range(index, min(index + _TITLE_LINES, len(blocks))):
        line = _line(blocks, end)
        if not _may_be_title(line) or len(joined) + len(line) > _TITLE_MAX:
            break
        joined += line
        if is_formal(joined):
            return end, joined
    return index, ""


def _may_be_title(line: str) -> bool:
    return 4 <= len(line) <= 90 and not re.search(r"[。；：:，]$|[。；]", line) and number_of(line) is None


def _is_attached(blocks: Sequence[Block], start: int) -> bool:
    return any(
        _ATTACHED.match(_line(blocks, place)) for place in range(max(start - _ATTACHED_NEAR, 0), start)
    )


def _has_body(part: Sequence[Block]) -> bool:
    return any(
        isinstance(block, Paragraph) and len(block.text) >= _BODY_MIN and "。" in block.text for block in part
    ) or any(
        (number := number_of(block.text)) is not None and number.rank == Rank.ARTICLE
        for block in part
        if isinstance(block, Paragraph)
    )


def _line(blocks: Sequence[Block], index: int) -> str:
    block = blocks[index]
    return block.text.strip() if isinstance(block, Paragraph | Heading) else ""


def _bare(title: str) -> str:
    return re.sub(r"[\s《》〈〉“”]", "", title)
