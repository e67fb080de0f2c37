"""What stands above and below a document's text: bylines, signatures, lists of copies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.blocks import Block, Heading, Note, Paragraph
from ingest.numbering import Rank, number_of
from ingest.script import simplified

_BYLINE = re.compile(
    r"文\s*[/／]|(?:本报)?(?:记者|通讯员)[：:\s]|(?:作者|来源|稿源|发布时间|发布日期|发布机构|索引号|主题分类|"
    r"发文机关|成文日期|发文字号|有效性|主题词|公开日期|生成日期)\s*[：:]"
)
_DATE = re.compile(
    r"[（(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?[）)]?"
)
_OFFICE = re.compile(
    r"(?:[^\s，。：；、《》“”]{2,30}(?:委员会|人民政府|政府|办公室|办公厅|法院|检察院|领导小组|局|厅|部|院|委|联合会|协会|工会|中心|公司|"
    r"集团|银行|大学|学校|办事处)\s*){1,6}"
)
_SIGNED = re.compile(rf"{_OFFICE.pattern}\s+{_DATE.pattern}")
_COPIES = re.compile(r"(?:抄送|主送)\s*[:：].{2,200}|.{2,40}\d{4}年\d{1,2}月\d{1,2}日印发$")
_CLOSING = re.compile(
    rf"{_COPIES.pattern}|[（(]此件.{{2,20}}[）)]|(?:联系人|联系电话)\s*[:：].{{2,200}}|"
    r"[（(【]?\s*(?:素材来源|信息来源|稿件来源|文章来源|来源|责任编辑|编辑|审核|校对|供稿|摄影)\s*[:：].{1,40}"
)
_LINE_MAX = 220


def byline_end(blocks: Sequence[Block], body: int) -> int:
    """Find the end of the lines that name author, source or the day a text was shown.

    Args:
        blocks: pieces in reading order, without seams and page breaks.
        body: index of the first piece that is body.

    Returns:
        The index after the last of them, 0 where there is none above the body.
    """
    found = 0
    for index, block in enumerate(blocks[1:body], 1):
        if isinstance(block, Paragraph) and len(block.text) <= 80 and _BYLINE.match(simplified(block.text)):
            found = index + 1
    return found


def closing_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """Find the lines that close a document, or what comes before an attachment: they belong to no section.

    Args:
        blocks: pieces in reading order, without seams and page breaks.

    Returns:
        Their indices: signature and date, remarks in brackets, list of copies. A source or an editor alone
        stays with the text: as a passage of its own it would be found for every question about its place.
    """
    found: set[int] = set()
    last = len(blocks)
    while last and isinstance(blocks[last - 1], Note):
        last -= 1
    ends = [last, *(index for index in range(1, last) if _is_attachment(blocks[index]))]
    for end in ends:
        found.update(_closing_run(blocks, end))
    return frozenset(found)


def _closing_run(blocks: Sequence[Block], end: int) -> list[int]:
    run: list[int] = []
    dated = False
    for index in range(end - 1, 0, -1):
        block = blocks[index]
        if not isinstance(block, Paragraph) or len(block.text) > _LINE_MAX:
            break
        line = simplified(block.text)
        is_date = bool(_DATE.fullmatch(line) or _SIGNED.fullmatch(line))
        if not (is_date or _CLOSING.fullmatch(line) or (dated and _is_office(line))):
            break
        dated = dated or is_date or bool(_COPIES.match(line))
        run.append(index)
    return run if dated else []


def _is_office(line: str) -> bool:
    return len(line) <= 80 and bool(_OFFICE.fullmatch(line))


def _is_attachment(block: Block) -> bool:
    number = number_of(block.text) if isinstance(block, Paragraph | Heading) else None
    return number is not None and number.rank == Rank.PART and number.label.startswith("附")
