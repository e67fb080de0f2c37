"""Headings and titles that take two lines: what belongs to the line above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.blocks import Block, Heading, Paragraph
from ingest.numbering import Rank, is_box_title, number_of
from ingest.shapes import is_heading_like, is_plain_heading

_HEADLINE_MAX = 18
_TITLE_MAX = 50
_UNFINISHED = re.compile(r"(?:[和与及的、]|关于|印发|《[^》]*)$")
_REMARK = re.compile(r"[（(〔【][^（）()]{2,40}[）)〕】]")


def heading_continuation(blocks: Sequence[Block], index: int) -> str:
    """The second line of a chapter's heading that was split in two, or "".

    It is an unnumbered heading right below, and the only one of the chapter.
    """
    if index + 1 >= len(blocks) or not _is_unnumbered_heading(blocks, index + 1):
        return ""
    for later in range(index + 2, len(blocks)):
        block = blocks[later]
        if isinstance(block, Heading | Paragraph):
            number = number_of(block.text)
            if number and number.rank <= Rank.SECTION:
                break
            if _is_unnumbered_heading(blocks, later):
                return ""
    tail = blocks[index + 1]
    return tail.text if isinstance(tail, Heading | Paragraph) else ""


def headline_continuation(blocks: Sequence[Block], index: int) -> str:
    """The second line of a headline that stands on two short lines above a full paragraph, or ""."""
    if index + 1 >= len(blocks) or not is_plain_heading(blocks, index + 1):
        return ""
    if _is_short_line(blocks[index - 1]) or not _is_short_line(blocks[index]):
        return ""
    tail = blocks[index + 1]
    return tail.text if isinstance(tail, Paragraph) and _is_short_line(tail) else ""


def _is_short_line(block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.item or not 4 <= len(block.text) <= _HEADLINE_MAX:
        return False
    return is_heading_like(block.text)


def title_below(blocks: Sequence[Block], index: int) -> str:
    """The title on the line below a number that stands alone, as 附件1 or 第一章 may, or ""."""
    block = blocks[index]
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(block, Heading | Paragraph) or not isinstance(below, Heading | Paragraph):
        return ""
    number, title = number_of(block.text), below.text
    if number is None or number.title or number_of(title) or is_box_title(title):
        return ""
    if number.rank > Rank.SECTION and not is_heading_like(title):
        return ""
    return title if 2 <= len(title) <= _TITLE_MAX and not re.search(r"[，。；：:、]$|[。；]", title) else ""


def is_part_of_title(blocks: Sequence[Block], index: int, body: int) -> bool:
    """Tell a heading that heads no section: the title, its other half, what else a title page says.

    Args:
        blocks: pieces in reading order.
        index: place of a heading without a number.
        body: where the body begins.
    """
    block = blocks[index]
    if not index or not isinstance(block, Heading):
        return not index
    first = blocks[0]
    if isinstance(first, Heading) and index == 1 and _UNFINISHED.search(first.text):
        return True
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    heads_nothing = isinstance(below, Heading) and index < body
    return heads_nothing or bool(_REMARK.fullmatch(block.text))


def _is_unnumbered_heading(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if isinstance(block, Heading):
        return number_of(block.text) is None and not is_box_title(block.text)
    return is_plain_heading(blocks, index)
