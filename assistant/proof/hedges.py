"""What a sentence says of its sources, not from them: that they are silent, differ, or cannot be compared."""

from __future__ import annotations

import re

_SOURCES = "(?:资料|文件|原文|文中|规划|报道|材料|通知|方案|意见|办法|两者|各地|双方)"
# “资料中没有提到金额”, “未说明年份”.
_SILENT = (
    r"(?:没有|并无|未能?|无法|不含|不包含|缺少)[^，。；]{0,8}"
    r"(?:提及|提到|说明|给出|写|规定|涉及|列出|载明|明确|找到|查到|信息|内容|数据|目标|要求|金额|文件|答案|依据)"
)
# “两份文件口径不同”.
_UNEQUAL = r"(?:口径|年份|来源|时间|范围|对象|基数)[^，。；]{0,10}(?:不同|不一|有别|差异|未说明)"
# “不宜直接比较”.
_INCOMPARABLE = r"(?:不宜|不能|不可|难以|无法)[^，。；]{0,8}(?:比较|对比|相比|推算|引用|回答|判断)"
# “根据所给资料来看”.
_GIVEN = r"^(?:根据|依据|从|就)[^，。；]{0,12}(?:资料|内容|信息|材料)(?:来看|看|而言)?$"
_POLITE = r"^(?:很?抱歉|很遗憾|对不起|您好)$"
_REMARK = re.compile(
    rf"{_SOURCES}[^，。；]{{0,14}}{_SILENT}|^[^，。；]{{0,6}}{_SILENT}|{_UNEQUAL}|{_INCOMPARABLE}|{_GIVEN}"
    rf"|{_POLITE}|仅供参考|以原文为准"
)
_SILENCE = re.compile(rf"{_SOURCES}[^，。；]{{0,14}}{_SILENT}|无法[^，。；]{{0,8}}回答")
_QUOTED = re.compile("(“[^”]*”)")
_CLAUSES = re.compile(r"[^，,；;。（）()]+")


def without_hedges(statement: str) -> str:
    """Return a sentence with blanks in the place of the clauses that speak of its sources.

    What such a clause quotes stays, except where it says that the sources do not have it.

    Args:
        statement: one sentence without marks.
    """
    return _CLAUSES.sub(_without_hedge, statement)


def _without_hedge(clause: re.Match[str]) -> str:
    text = clause[0]
    if not _REMARK.search(text):
        return text
    if re.search(_SILENT, text):
        return " " * len(text)
    return "".join(part if part.startswith("“") else " " * len(part) for part in _QUOTED.split(text))


def says_silence(statement: str) -> bool:
    """Return whether a sentence says that the sources hold no answer."""
    return _SILENCE.search(statement) is not None
