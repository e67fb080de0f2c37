"""A comparison in the words and cells that page, terminal and files share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.comparing.alignment import Fate, Match
from assistant.comparing.comparison import Comparison
from assistant.comparing.matters import Change
from assistant.comparing.words import Words, marked
from vectorstore.languages.language import own_words
from vectorstore.types import PolicyDocument

HEADING = own_words("文件版本对比")
MATTERS, IN_DETAIL = own_words("需要关注的变化"), own_words("逐条对照")
NOTHING = own_words("没有需要关注的变化")
ALIKE = own_words("两份文件的内容一致")
LEGEND = own_words("删除的内容加删除线，新增的内容加下划线。")
COUNTS = own_words("需要关注的变化 {count} 处；有改动的条款 {changed} 条，未改动 {kept} 条")
COLUMNS = own_words(("变化", "条款", "原文件", "新文件"))
FATES = own_words(
    {
        Fate.SAME: "未改动",
        Fate.CHANGED: "修改",
        Fate.SPLIT: "拆分",
        Fate.MERGED: "合并",
        Fate.ADDED: "新增",
        Fate.DROPPED: "删去",
    }
)
MOVED, RENUMBERED = own_words("移位"), own_words("条号变动")
_CELL_CHARS = 120
# What no file of Word's or Markdown's may hold, and the marks that turn the writing direction round.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)

Say = Callable[[str], str]


def title_of(document: PolicyDocument) -> str:
    """Return what a document is called: by its title, where it has one."""
    return f"《{document.title}》" if document.title else document.source


def fate_of(match: Match, say: Say) -> str:
    """Return in a few words what became of a provision."""
    told = [] if match.fate is Fate.SAME else [say(FATES[match.fate])]
    if match.moved:
        told.append(say(MOVED))
    renumbered = match.before and match.after and match.before[0].label != match.after[0].label
    if renumbered and not match.moved and match.fate in (Fate.SAME, Fate.CHANGED):
        told.append(say(RENUMBERED))
    return "、".join(told)


def names_of(match: Match) -> str:
    """Return the numbers of a match's provisions, one where both documents have the same."""
    before, after = ("、".join(one.name for one in side) for side in (match.before, match.after))
    return " → ".join(dict.fromkeys(filter(None, (before, after))))


def cells_of(change: Change, comparison: Comparison, say: Say) -> tuple[str, str, str, str]:
    """Return the cells of a change that matters: kind, provision, what stood and what stands there."""
    match = comparison.matches[change.number]
    before, after = (_short(clean(words)) for words in (change.before, change.after))
    return say(change.matter.label), clean(names_of(match)), before, after


def words_of(match: Match) -> Iterator[Words]:
    """Yield the words of a match: kept, deleted and inserted ones, the numbers of its provisions left out."""
    yield from marked(clean(match.old_text), clean(match.new_text))


def clean(text: str) -> str:
    """Return text without the characters that nobody sees."""
    return _UNSEEN.sub("", text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _CELL_CHARS else line[:_CELL_CHARS] + "……"
