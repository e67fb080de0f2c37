"""Whether a name tells by itself what a figure is of."""

from __future__ import annotations

import re

# What somebody is granted is no figure of a year, where the sentence does not say so.
GRANTS = re.compile(r"给予|予以|奖励|资助|罚款|(?:补助|补贴(?!性))(?=\s*(?:\d|标准|[，,。；;]|$))")
_LONGEST = 40
# 该基金: what it is, only the sentence tells; 200亿级: of what, too; 比目标低: held against something.
_UNTOLD = re.compile(
    r"该|其(?!他)|此|首期|年?初?目标|(?:比|较)?[^，]{0,8}[高低快慢多少]于|比[^，]{1,10}[高低快慢多少]$|剩余|其余|调整$|"
    r"[一二三四五两几]年平|[\d.,]+[万亿]?(?:元|%)(?!及?以[上下])|.*未|[\d.]+[万亿]*级?$|[^一-鿿A-Za-z]*$"
)
_HOLDS_FIGURE = re.compile(r"(?<![前超过达满])\d[\d,.]*\s*万?[家个项户座处条人](?!及?以[上下]|级|性|体|类)")
# 3个国考断面水质达标率100%.
_COUNTED_FIRST = re.compile(r"^\d{1,4}[个家条座处](?=[㐀-鿿]{2,}率$)")
_FOR_EACH = re.compile("每[张户人亩辆个间套][㐀-鿿]")
# 为年初预算的63.6%: how much of something, and nothing of itself.
_PASSING = re.compile("为|相当于|完成年?度?(?:目标|计划|任务|预算)|年初|与")


def is_passing(name: str) -> bool:
    """Whether a figure tells how much of something else was reached: the next one is not of it."""
    return bool(_PASSING.match(name))


def telling(name: str, sentence: str) -> str:
    """Return a name without the figure that it opens with; "" where it tells too little.

    Args:
        name: as it was read.
        sentence: it stands in; what that grants for each of something is no figure of a year.
    """
    if not 2 <= len(name) <= _LONGEST or _UNTOLD.match(name):
        return ""
    name = _COUNTED_FIRST.sub("", name)
    if _HOLDS_FIGURE.search(name) or (_FOR_EACH.search(name) and GRANTS.search(sentence)):
        return ""
    return name
