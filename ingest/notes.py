"""Footnotes and endnotes: which words each of them explains, and under which headings those stand."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.blocks import Block, Note, Paragraph

_TERM_MAX = 16


def attach(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give every note the words it explains.

    A mark that stands in the text tells the place. Where the marks were lost, a document that breaks as many
    lines for no reason of the text as it has notes lost them there, in the same order.

    Args:
        blocks: pieces in reading order.

    Returns:
        The same pieces; notes carry their `anchor` where it could be told.
    """
    notes = [block for block in blocks if isinstance(block, Note)]
    if not notes:
        return blocks
    joints = [
        (block.text[:joint]) for block in blocks if isinstance(block, Paragraph) for joint in block.joints
    ]
    lost = [note for note in notes if not note.mark and not note.anchor]
    by_order = dict(zip(map(id, lost), joints, strict=True)) if len(joints) == len(lost) else {}
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Note) and not block.anchor:
            before = by_order.get(id(block), "") if not block.mark else _before_mark(blocks, block)
            block = replace(block, anchor=before)
        result.append(block)
    return tuple(result)


def label_of(note: Note, order: int) -> str:
    """The heading a note goes by: 脚注①：the words it explains; its order where the mark was lost."""
    name = f"{'尾注' if note.at_end else '脚注'}{note.mark.strip('[^]') or order}"
    term = term_of(note.anchor)
    return f"{name}：{term}" if term else name


def term_of(anchor: str) -> str:
    """The words in front of a note's mark that it explains: the quoted name, or the end of the clause."""
    anchor = anchor.rstrip("。，；：、 ")
    quoted = re.search(r"[“《][^“”《》]{1,30}[”》]$", anchor)
    if quoted:
        return quoted.group(0)
    clause = re.split(r"[，。；：、（）]", anchor)[-1]
    # A figure is not cut in two.
    found = re.search(rf"\d*.{{{_TERM_MAX}}}$", clause)
    return found.group(0) if found else clause


def _before_mark(blocks: tuple[Block, ...], note: Note) -> str:
    for block in blocks:
        if isinstance(block, Paragraph) and note.mark in block.text:
            return block.text[: block.text.index(note.mark)]
    return ""
