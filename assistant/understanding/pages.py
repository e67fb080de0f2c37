"""Questions that a page of its own answers better than a conversation: what it lists or lays side by side."""

from __future__ import annotations

import re
from enum import StrEnum

from vectorstore.segmentation import fold, simplified


class BetterPage(StrEnum):
    """A page that a question may be led to, by its address."""

    COMPARISON = "compare"
    MATCHING = "matching"
    DEADLINES = "ledger?kind=deadline"
    RELATIONS = "relations"


# What a question for the page is about, and how it is asked; either alone is asked of single documents too.
_SIGNS = {
    BetterPage.COMPARISON: (
        re.compile("版本|[新旧年两]版|新旧|修订"),
        re.compile("区别|不同|变化|差异|改了|改动|调整|对比|比较"),
    ),
    BetterPage.MATCHING: (
        re.compile("补贴|补助|奖励|奖补|资助|扶持|优惠|政策"),
        re.compile("(?:能|可以?|够|符合)[^，,。；;]{0,6}(?:哪些|什么|哪几)"),
    ),
    BetterPage.DEADLINES: (
        re.compile("截止|时限|申报(?:时间|日期|期)"),
        re.compile("哪些|所有|全部|各[个项类]|近期|最近|列出|汇总|一览|清单"),
    ),
    BetterPage.RELATIONS: (
        re.compile("废止|修订|替代|取代|代替"),
        re.compile("(?:哪|什么|所有|列出)[^，,。；;]{0,4}(?:文件|办法|措施|规定|政策|通知)"),
    ),
}


def better_pages(question: str) -> tuple[BetterPage, ...]:
    """Return the pages that answer a question better, in a fixed order; mostly none.

    Args:
        question: one that stands by itself.
    """
    asked = simplified(fold(question))
    return tuple(page for page, (about, how) in _SIGNS.items() if about.search(asked) and how.search(asked))
