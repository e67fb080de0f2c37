"""Leads without a mark: short first sentences of paragraphs that stand together as headings do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import Block, Heading, Paragraph
from ingest.numbering import number_of

_LEAD = re.compile(r"(?:[—－-]{2}\s*)?([^。：:；！？]{3,28})。(?=\S{10})")
_SURE_MAX = 20
_GROUP_MIN = 2


def plain_leads(blocks: Sequence[Block]) -> dict[int, str]:
    """Find leads that carry no mark, where at least two stand together in one section.

    Args:
        blocks: pieces in reading order.

    Returns:
        Index of the paragraph → its lead.
    """
    found: dict[int, str] = {}
    for group in _groups(blocks):
        sure: dict[int, str] = {}
        likely: dict[int, str] = {}
        marked = 0
        for index, block in group:
            lead = None if block.lead else _LEAD.match(block.text)
            marked += bool(block.lead)
            if lead and _is_lead(lead.group(1)):
                sure[index] = lead.group(1)
            elif lead and _may_be_lead(lead.group(1)):
                likely[index] = lead.group(1)
        if len(sure) + marked >= _GROUP_MIN:
            # Among leads a longer first sentence is one as well.
            found |= sure | (likely if len(sure) >= _GROUP_MIN else {})
    return found


def _groups(blocks: Sequence[Block]) -> Iterator[list[tuple[int, Paragraph]]]:
    """The paragraphs without a number, section by section."""
    group: list[tuple[int, Paragraph]] = []
    for index, block in enumerate(blocks):
        if _opens_section(block):
            yield group
            group = []
        elif isinstance(block, Paragraph) and (block.lead or number_of(block.text) is None):
            group.append((index, block))
    yield group


def _opens_section(block: Block) -> bool:
    if isinstance(block, Heading):
        return True
    return isinstance(block, Paragraph) and number_of(block.text) is not None and len(block.text) <= 50


def _is_lead(words: str) -> bool:
    halves = words.split("，")
    if len(halves) > 2 or re.search(r"\d{4}|[的了]$", words):
        return False
    return len(words) <= _SURE_MAX if len(halves) == 1 else max(map(len, halves)) <= 8


def _may_be_lead(words: str) -> bool:
    return "，" not in words and not re.search(r"\d{4}|[的了]$", words)
