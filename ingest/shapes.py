"""What a block is by its shape and its neighbours: a heading without markup, a lead, an inner title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.blocks import Block, Heading, Paragraph, Table
from ingest.numbering import Rank, is_box_title, number_of

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
_PLAIN_LEAD = re.compile(r"(?:[—－-]{2}\s*)?([^。：:；！？]{3,28})。(?=\S{10})")
_LEAD_MAX = 20
_BODY_MIN = 40


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
    if not _PLAIN_HEADING.fullmatch(block.text) or _NOT_HEADING.match(block.text) or number_of(block.text):
        return False
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    return (
        isinstance(below, Paragraph)
        and len(below.text) >= _BODY_MIN
        and "。" in below.text
        and (number_of(below.text) is None)
    )


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
    if not isinstance(block, Paragraph) or len(block.text) > 60 or re.search(r"[。；]", block.text):
        return False
    if is_unit_line(block.text):
        return False
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if isinstance(below, Paragraph) and is_unit_line(below.text):
        below = blocks[index + 2] if index + 2 < len(blocks) else None
    return isinstance(below, Table)


def is_unit_line(text: str) -> bool:
    """Tell the line above a table that states the unit of its figures."""
    return bool(re.fullmatch(r"[（(]?\s*(?:计量)?单位\s*[:：]\s*[^，。]{1,12}?[）)]?", text))


def is_followed_by_text(blocks: Sequence[Block], index: int, rank: int) -> bool:
    """Whether something stands under a numbered line; a row of short numbered lines is a list instead."""
    if index + 1 >= len(blocks):
        return False
    below = blocks[index + 1]
    if not isinstance(below, Paragraph):
        return True
    its = number_of(below.text)
    return not (its and its.rank <= rank)


def heading_tail(blocks: Sequence[Block], index: int) -> str:
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


def plain_leads(blocks: Sequence[Block]) -> dict[int, str]:
    """Find leads that carry no mark: short first sentences of paragraphs, where at least two stand together.

    Args:
        blocks: pieces in reading order.

    Returns:
        Index of the paragraph → its lead.
    """
    found: dict[int, str] = {}
    group: list[int] = []
    marked = 0
    for index, block in enumerate(blocks):
        if _opens_section(block):
            _settle(found, group, marked)
            group, marked = [], 0
        elif isinstance(block, Paragraph) and block.lead:
            marked += 1
        elif isinstance(block, Paragraph) and number_of(block.text) is None:
            lead = _PLAIN_LEAD.match(block.text)
            if lead and _is_lead(lead.group(1)):
                found[index] = lead.group(1)
                group.append(index)
    _settle(found, group, marked)
    return found


def _settle(found: dict[int, str], group: list[int], marked: int) -> None:
    if len(group) + marked < 2:
        for index in group:
            del found[index]


def _opens_section(block: Block) -> bool:
    if isinstance(block, Heading):
        return True
    return isinstance(block, Paragraph) and number_of(block.text) is not None and len(block.text) <= 50


def _is_lead(words: str) -> bool:
    halves = words.split("，")
    if len(halves) > 2 or re.search(r"\d{4}|[的了]$", words):
        return False
    return len(words) <= _LEAD_MAX if len(halves) == 1 else max(map(len, halves)) <= 8


def _is_unnumbered_heading(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if isinstance(block, Heading):
        return number_of(block.text) is None and not is_box_title(block.text)
    return is_plain_heading(blocks, index)
