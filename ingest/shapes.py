"""What a block is by its shape and its neighbours: a heading without markup, an inner title, a tail."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.blocks import Block, Heading, Paragraph, Table
from ingest.numbering import Numbered, Rank, is_box_title, number_of

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
_HEADLINE_MAX = 18
_TITLE_MAX = 50
_BARE_ATTACHMENT = re.compile(r"附\s*(?:件|录|錄|表)\s*[\d一二三四五六七八九十]*\s*[：:]?")
_UNFINISHED = re.compile(r"(?:[和与及的、]|关于|印发|《[^》]*)$")
_REMARK = re.compile(r"[（(〔【][^（）()]{2,40}[）)〕】]")
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
    return is_above_body(blocks, index)


def is_above_body(blocks: Sequence[Block], index: int) -> bool:
    """Whether a full paragraph without a number follows."""
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    return (
        isinstance(below, Paragraph)
        and len(below.text) >= _BODY_MIN
        and "。" in below.text
        and number_of(below.text) is None
    )


def headline_tail(blocks: Sequence[Block], index: int) -> str:
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
    return bool(_PLAIN_HEADING.fullmatch(block.text)) and not _NOT_HEADING.match(block.text)


def is_part_of_title(blocks: Sequence[Block], index: int) -> bool:
    """Tell a heading that heads no section: the document's title, its other half, a remark in brackets."""
    block = blocks[index]
    if not index or not isinstance(block, Heading):
        return not index
    first = blocks[0]
    if isinstance(first, Heading) and index == 1 and _UNFINISHED.search(first.text):
        return True
    return bool(_REMARK.fullmatch(block.text))


def attachment_title(blocks: Sequence[Block], index: int) -> str:
    """The title on the line below an attachment's number, or ""."""
    block = blocks[index]
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(block, Heading | Paragraph) or not isinstance(below, Heading | Paragraph):
        return ""
    title = below.text
    if not _BARE_ATTACHMENT.fullmatch(block.text) or number_of(title) or is_box_title(title):
        return ""
    return title if 2 <= len(title) <= _TITLE_MAX and not re.search(r"[，。；：:、]$|[。；]", title) else ""


def is_last_of_list(blocks: Sequence[Block], index: int, number: Numbered) -> bool:
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


def _is_unnumbered_heading(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if isinstance(block, Heading):
        return number_of(block.text) is None and not is_box_title(block.text)
    return is_plain_heading(blocks, index)
