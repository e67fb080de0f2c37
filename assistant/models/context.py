"""What a model reads: numbered, delimited passages under a token budget."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

from assistant.types import Hit, Turn
from vectorstore.types import Period

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# What would open or close a passage (</资料>) or a turn of a chat template (<|im_start|>).
_TAG = re.compile(r"<(?=\s*/?\s*资\s*料|\|)")
# What passes for a citation: [1], 【2、3】, [4-6].
_MARK = re.compile(r"[\[【［]([\s\d,，、;；^~～–—-]*\d[\s\d,，、;；^~～–—-]*)[\]】］]")


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text takes: 1.5 a Han character, 0.6 another.

    It lies above what current tokenizers need, so that a budget kept by it is kept; tiktoken would first have
    to download its ranks.
    """
    han = len(_HAN.findall(text))
    return math.ceil(1.5 * han + 0.6 * (len(text) - han))


def pack(hits: Sequence[Hit], budget: int, today: date) -> tuple[tuple[Hit, ...], str]:
    """Choose the passages that fit a budget and write them for the model.

    Args:
        hits: best first.
        budget: tokens, as `estimate_tokens` counts them.
        today: the day on which the documents' status is told.

    Returns:
        The chosen hits, whole and best first (one that does not fit gives way to shorter ones behind it), and
        their text, in which the n-th chosen hit is numbered n.
    """
    chosen: list[Hit] = []
    written: list[str] = []
    for hit in hits:
        passage = write(len(chosen) + 1, hit, today)
        cost = estimate_tokens(passage)
        if cost <= budget:
            budget -= cost
            chosen.append(hit)
            written.append(passage)
    return tuple(chosen), "\n\n".join(written)


def write(number: int, hit: Hit, today: date) -> str:
    """Return a passage as the model reads it: delimited, with number, title, section, period and status."""
    document, passage = hit.document, hit.passage
    facts = {
        "标题": document.title,
        "地区": document.region,
        "章节": " / ".join(passage.section),
        "表格": passage.table,
        "规划期": _years(document.period),
        "状态": document.standing_label(today),
        "正文": passage.text,
    }
    lines = (f"{name}：{defuse(fact)}" for name, fact in facts.items() if fact)
    return "\n".join([f'<资料 编号="{number}">', *lines, "</资料>"])


def defuse(text: str) -> str:
    """Return a text that can neither close its delimiter nor pass for a chat template or a citation mark."""
    return _MARK.sub(r"〔\1〕", _TAG.sub("＜", text))


def recent(history: Sequence[Turn], budget: int) -> tuple[Turn, ...]:
    """Return the latest turns that fit a budget in tokens, oldest first and none left out between them."""
    kept: list[Turn] = []
    for turn in reversed(history):
        budget -= estimate_tokens(turn.content)
        if budget < 0:
            break
        kept.append(turn)
    return tuple(reversed(kept))


def _years(period: Period) -> str:
    if period.start is None and period.end is None:
        return ""
    return f"{period.start or ''}—{period.end or ''}年"
