"""The information box of a government page: one line a field, wherever the page puts names and values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import Block, Heading, Paragraph, Seam, Table
from ingest.fields import is_label, split_fields

# A box stands above the text; what looks alike further below belongs to a form.
_HEAD_BLOCKS = 80
_NAMES = re.compile(
    r"(?:基本|文件|公文|政策|政府|信息)?(?:公开)?(?:信息|索引|目录|要素|属性|文件信息)\s*[：:]?"
)
_VALUE_MAX = 300


def unfold_box(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Write the information box of a document, be it a table or lines, as one paragraph a field.

    Args:
        blocks: pieces in reading order.

    Returns:
        The pieces; a box of two fields or more stands between seams, fields without a value left out.
    """
    head = list(blocks[:_HEAD_BLOCKS])
    result: list[Block] = []
    index = 0
    while index < len(head):
        fields, end = _fields_at(head, index)
        if len(fields) < 2:
            result.append(head[index])
            index += 1
            continue
        while result and (isinstance(result[-1], Heading | Paragraph) and _NAMES.fullmatch(result[-1].text)):
            result.pop()
        stated = (Paragraph(f"{name}：{value}") for name, value in fields if value)
        result += [Seam(), *stated, Seam()]
        index = end
    return (*result, *blocks[_HEAD_BLOCKS:])


def _fields_at(blocks: Sequence[Block], start: int) -> tuple[list[tuple[str, str]], int]:
    """The fields that follow each other from a place on, and where they end."""
    found: list[tuple[str, str]] = []
    index = start
    while index < len(blocks):
        block = blocks[index]
        if isinstance(block, Seam) and found:
            index += 1
            continue
        fields, taken = _of_block(blocks, index)
        if not fields:
            break
        found += fields
        index += taken
    return found, index


def _of_block(blocks: Sequence[Block], index: int) -> tuple[list[tuple[str, str]], int]:
    block = blocks[index]
    if isinstance(block, Table):
        return list(_of_table(block)), 1
    if not isinstance(block, Paragraph | Heading):
        return [], 1
    stated = list(split_fields(block.text)) if len(block.text) <= _VALUE_MAX else []
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    alone = (len(stated) == 1 and not stated[0][1]) or (not stated and _is_marked_label(block.text))
    if (
        alone
        and isinstance(below, Paragraph)
        and not is_label(below.text)
        and not any(split_fields(below.text))
    ):
        return [(_bare(block.text), below.text)], 2
    return stated, 1


def _of_table(table: Table) -> Iterator[tuple[str, str]]:
    """The fields of a table in which every cell is a name, follows one, or holds both; else nothing."""
    fields: list[tuple[str, str]] = []
    for row in table.rows:
        name = ""
        for cell in filter(str.strip, row):
            held = list(split_fields(cell))
            if is_label(cell):
                if name:
                    fields.append((name, ""))
                name = _bare(cell)
            elif name:
                fields.append((name, cell.strip()))
                name = ""
            elif held:
                fields += held
            else:
                return
        if name:
            fields.append((name, ""))
    yield from fields


def _is_marked_label(text: str) -> bool:
    return text.rstrip().endswith(("：", ":", "】")) and is_label(text)


def _bare(label: str) -> str:
    return re.sub(r"[\s：:【】\[\]]+", "", label)
