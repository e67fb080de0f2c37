"""Spaces that stand inside the sentences of a Chinese text, where none is meant."""

from __future__ import annotations

import re

from vectorstore.segmentation import word_breaks

_WIDE = re.compile(r"第 ?((?:[\d零〇一二三四五六七八九十百] ?){1,6})(?=[条條章节節編编款项項篇])")
_GAP = re.compile("(?<=[㐀-鿿]) (?=[㐀-鿿])")
_MARK = re.compile("[，。；！？]")
_EDGE = re.compile("[ ，。；：、！？（）“”《》]")
_CLAUSE_END = re.compile("[，。；：:、！？（）“”《》]")
_LABEL = re.compile("[㐀-鿿]{1,8}[：:]")
_OPENING = re.compile(r"\s*(?:第[\d㐀-鿿]{1,6}[条章节款项]|[（(]?[\d一二三四五六七八九十]{1,3}[、.．）)])\s*")
# No name or heading in front of a sentence is as long, no name in a list longer.
_SURELY_INSIDE = 20
_NAME_MAX = 3
_WINDOW = 4


def close_numbers(text: str) -> str:
    """Take the spaces out of the numbers of articles and chapters that are set wide: 第 1 5 条."""
    return _WIDE.sub(lambda found: f"第{found[1].replace(' ', '')}", text) if "第" in text else text


def join_words(line: str) -> str:
    """Take single spaces out of a sentence: 给予 企业 becomes 给予企业.

    What a number, a short heading or a name in a list stands off stays apart: a space goes where it is
    plainly inside the sentence, behind its first mark or far from its beginning, or else inside a word.

    Args:
        line: one line of text.
    """
    if " " not in line or not _GAP.search(line) or not _MARK.search(line):
        return line
    opening = _OPENING.match(line)
    mark = _MARK.search(line, opening.end() if opening else 0)
    sure = min(mark.end() if mark else len(line), _SURELY_INSIDE)

    def closed(gap: re.Match[str]) -> str:
        place = gap.start()
        if (opening and place < opening.end()) or _parts_names(line, place):
            return " "
        return "" if place >= sure or _is_word(line, place) else " "

    return _GAP.sub(closed, line)


def _parts_names(line: str, gap: int) -> bool:
    """Whether a space parts the short names of a list, or stands in front of the name of a field."""
    before = _EDGE.split(line[:gap])[-1]
    after = _EDGE.split(line[gap + 1 :], maxsplit=1)[0]
    if _LABEL.match(line, gap + 1):
        return True
    ahead, behind = _CLAUSE_END.split(line[:gap])[-1], _CLAUSE_END.split(line[gap:], maxsplit=1)[0]
    is_list = (ahead + behind).count(" ") > 1 or line[: gap - len(ahead)].endswith(("：", ":", "、"))
    return is_list and len(before) <= _NAME_MAX >= len(after)


def _is_word(line: str, gap: int) -> bool:
    """Whether the characters on both sides of a space make one word."""
    before = _EDGE.split(line[max(0, gap - _WINDOW) : gap])[-1]
    after = _EDGE.split(line[gap + 1 : gap + 1 + _WINDOW], maxsplit=1)[0]
    return len(before) not in word_breaks(before + after)
