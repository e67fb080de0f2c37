"""What a block is by its shape and its neighbours: a heading without markup, an inner title, a tail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.blocks import Block, Heading, Paragraph, Table
from ingest.dates import DAY
from ingest.imprint import LABELS, imprint_in
from ingest.numbering import Numbered, Rank, number_of

_PLAIN_HEADING = re.compile(r"[^，。；：！？,;:!?、…]{2,40}(?<![）)\d])")
_NOT_HEADING = re.compile(
    r"文\s*[/／]|作者|记\s*者|来源|來源|发布|發布|单位[：:]|\d{4}\s*[年-]|[（(【△▲——•·●-]"
)
_OPENING_WORD = re.compile(
    r"(?:前\s*言|引\s*言|序\s*言|导\s*语|摘\s*要|编者按|序|結語|结\s*语|附\s*则|后\s*记)"
)
_FORMAL = re.compile(
    r".*(?:规划|纲要|办法|意见|方案|措施|细则|规定|条例|计划|指南|章程|规则|规程|清单|要点)(?:[（(][^（）()]{1,16}[）)])*"
)
_BODY_MIN = 40
_STANDING_MAX = 50

_STATED = rf"[㐀-鿿]{{0,4}}(?:{LABELS}|表人)(?:[（(].{{1,4}}[）)])?\s*[:：]\s*[^，。；:：]{{1,40}}?"
_UNIT_LINE = re.compile(rf"[（(]?\s*(?:{DAY}\s+)?{_STATED}(?:\s+{_STATED})*\s*[）)]?")


def body_start(blocks: Sequence[Block]) -> int:
    """The index of the first block that is body: a long paragraph, a table or a numbered heading."""
    for index, block in enumerate(blocks):
        if isinstance(block, Table) or (isinstance(block, Paragraph) and _is_full(block.text)):
            return index
        if isinstance(block, Paragraph | Heading) and index and number_of(block.text):
            return index
    return len(blocks)


def _is_full(text: str) -> bool:
    return len(text) >= 60 or (len(text) >= 10 and text.endswith("。"))


def is_plain_heading(blocks: Sequence[Block], index: int) -> bool:
    """Tell a heading without markup or number: a short line without a stop, above a full paragraph."""
    block = blocks[index]
    if not isinstance(block, Paragraph) or block.item:
        return False
    if not is_heading_like(block.text) or number_of(block.text):
        return False
    return is_above_body(blocks, index)


def _is_above_title(blocks: Sequence[Block], index: int) -> bool:
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(below, Paragraph) or not is_heading_like(below.text) or number_of(below.text):
        return False
    return index + 2 < len(blocks) and is_above_body(blocks, index + 1)


def is_heading_like(text: str) -> bool:
    """Tell a short line without a stop that is no byline, date or remark."""
    return bool(_PLAIN_HEADING.fullmatch(text)) and not _NOT_HEADING.match(text)


def is_above_body(blocks: Sequence[Block], index: int) -> bool:
    """Whether a full paragraph without a number follows."""
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    return (
        isinstance(below, Paragraph)
        and len(below.text) >= _BODY_MIN
        and "。" in below.text
        and number_of(below.text) is None
    )


def _is_last_of_list(blocks: Sequence[Block], index: int, number: Numbered) -> bool:
    """Tell the last of a row of short numbered lines: the one right above it counts one less."""
    above = blocks[index - 1] if index else None
    if number.rank < Rank.THIRD or not isinstance(above, Paragraph):
        return False
    its = number_of(above.text)
    if its is not None and its.rank == Rank.PART:
        return above.text.startswith(("附件：", "附件:"))
    return (
        its is not None
        and its.rank == number.rank
        and its.value == number.value - 1
        and len(above.text) <= 50
    )


def articles_run_on(blocks: Sequence[Block]) -> bool:
    """Tell a document whose articles (条) are numbered on through sections 一、二、三、 and stand below them.

    In a law it is the other way round: its numbers 一、 are items and begin anew in each article.
    """
    numbers = [
        (number.rank, number.value)
        for block in blocks
        if isinstance(block, Paragraph | Heading) and (number := number_of(block.text))
    ]
    firsts = [value for rank, value in numbers if rank == Rank.FIRST]
    articles = [value for rank, value in numbers if rank == Rank.ARTICLE]
    if len(firsts) < 2 or firsts != list(range(1, len(firsts) + 1)) or articles != sorted(set(articles)):
        return False
    if any(rank <= Rank.SECTION and rank != Rank.PART for rank, _ in numbers):
        return False
    places = [place for place, (rank, _) in enumerate(numbers) if rank == Rank.FIRST]
    parted = any(
        any(rank == Rank.ARTICLE for rank, _ in numbers[above:below]) for above, below in pairwise(places)
    )
    ahead = any(rank == Rank.ARTICLE for rank, _ in numbers[: places[0]])
    return parted and not ahead


def is_opening_word(text: str) -> bool:
    """Tell the names that parts without a number go by, such as 前言."""
    return bool(_OPENING_WORD.fullmatch(text))


def is_inner_title(blocks: Sequence[Block], index: int) -> bool:
    """Tell the title of a document that another one carries, as a notice carries the measures it issues."""
    block = blocks[index]
    if (
        not isinstance(block, Paragraph)
        or not 5 <= len(block.text) <= 60
        or not _FORMAL.fullmatch(block.text)
    ):
        return False
    if re.search(r"[，。；：、《》]", block.text) or number_of(block.text):
        return False
    for below in blocks[index + 1 : index + 3]:
        if isinstance(below, Paragraph | Heading):
            number = number_of(below.text)
            if number and number.value == 1 and number.rank <= Rank.FIRST:
                return True
            if not re.fullmatch(r"[（(].{2,80}[）)]", below.text):
                return False
    return False


def is_table_caption(blocks: Sequence[Block], index: int) -> bool:
    """Tell the line that names the table below it; a line that states the unit may stand between."""
    block = blocks[index]
    if not isinstance(block, Paragraph) or len(block.text) > 60 or re.search(r"[。；]|[：:]$", block.text):
        return False
    if is_unit_line(block.text):
        return False
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if isinstance(below, Paragraph) and is_unit_line(below.text):
        below = blocks[index + 2] if index + 2 < len(blocks) else None
    return isinstance(below, Table)


def is_unit_line(text: str) -> bool:
    """Tell the line above a table that states the unit of its figures, or who made it and when."""
    return bool(_UNIT_LINE.fullmatch(text)) or imprint_in(text) is not None


def _is_followed_by_text(blocks: Sequence[Block], index: int, rank: int) -> bool:
    """Whether something stands under a numbered line; a row of short numbered lines is a list instead."""
    if index + 1 >= len(blocks):
        return False
    below = blocks[index + 1]
    if not isinstance(below, Paragraph):
        return True
    its = number_of(below.text)
    return not (its and its.rank <= rank) or its.rank == Rank.ARTICLE


def stands_alone(
    blocks: Sequence[Block], index: int, number: Numbered, rank: int, *, in_article: bool
) -> bool:
    """Tell a numbered line that is a heading from the opening of a paragraph or an item.

    Args:
        blocks: pieces in reading order.
        index: place of the line.
        number: the number it opens with.
        rank: the rank that number has here.
        in_article: whether an article is open, whose numbers are items.
    """
    block = blocks[index]
    text = block.text if isinstance(block, Heading | Paragraph) else ""
    if number.rank <= Rank.SECTION:
        if index == 0 and number.rank == Rank.PART:
            return False
        return len(text) <= 70 and "。" not in text and not text.startswith(("附件：", "附件:"))
    bare = number.title.rstrip("。")
    if not bare:
        return number.rank <= Rank.SECOND and (is_above_body(blocks, index) or _is_above_title(blocks, index))
    if len(text) > _STANDING_MAX or re.search(r"[。；]|[，、；：]$", bare):
        return False
    if number.rank == Rank.ARTICLE:
        return len(text) <= 25 and not re.search(r"[，。]", number.title)
    if in_article or _is_last_of_list(blocks, index, number):
        return False
    return _is_followed_by_text(blocks, index, rank)
