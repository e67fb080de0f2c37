"""The information box of a government page: one line a field, wherever the page puts names and values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import Block, Heading, Paragraph, Seam, Table
from ingest.fields import field_of, is_label, split_fields
from ingest.standing import is_formal

# A box stands above the text; what looks alike further below belongs to a form.
_HEAD_BLOCKS = 80
_NAMES = re.compile(
    r"(?:基本|文件|公文|政策|政府|信息)?(?:公开)?(?:信息|索引|目录|要素|属性|文件信息)\s*[：:]?"
)
_VALUE_MAX = 300
_MARK = re.compile("[：:】]")


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
    taken = 1
    while index < len(blocks):
        if isinstance(blocks[index], Seam) and found:
            index += 1
            continue
        fields, taken = _of_block(blocks, index, paired=taken == 2)
        if not fields:
            break
        found += fields
        index += taken
    return found, index


def _of_block(blocks: Sequence[Block], index: int, *, paired: bool) -> tuple[list[tuple[str, str]], int]:
    """The fields of a block, and how many blocks they take.

    Args:
        blocks: pieces in reading order.
        index: place of the block.
        paired: whether the field above stands as a name and, in the block below it, its value.
    """
    block = blocks[index]
    if isinstance(block, Table):
        return list(_of_table(block)), 1
    if not isinstance(block, Paragraph | Heading):
        return [], 1
    if len(block.text) > _VALUE_MAX or not _MARK.search(block.text):
        return [], 1
    stated = list(split_fields(block.text))
    alone = (len(stated) == 1 and not stated[0][1]) or (not stated and _is_marked_label(block.text))
    value = _value_below(blocks, index, paired=paired) if alone else ""
    if value and (field_of(_bare(block.text))[0] == "title" or not is_formal(value)):
        return [(_bare(block.text), value)], 2
    return stated, 1


def _value_below(blocks: Sequence[Block], index: int, *, paired: bool) -> str:
    """The block below a name that holds its value; an empty field has the next name or the text there."""
    following = [
        block.text if isinstance(block, Paragraph) else "" for block in blocks[index + 1 : index + 3]
    ]
    value, after = (*following, "", "")[:2]
    if not value or _is_field(value) or not (paired or _is_field(after)):
        return ""
    return value


def _is_field(text: str) -> bool:
    return _is_marked_label(text) or any(split_fields(text))


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
