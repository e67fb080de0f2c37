"""Whether a figure was reached, is aimed at, or is expected."""

from __future__ import annotations

import re

from ingest.facts.periods import Time, reference_year
from vectorstore.facts import ValueKind
from vectorstore.types import PolicyDocument

_ESTIMATE = re.compile("预计|预期(?!性|寿命|目标)|预测|有望|估计|估算|测算")
_AIM = re.compile("力争|争取|力求|目标|确保|努力")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_REACHED = re.compile("刚过|不足|已(?:经)?|实现了|达到了|完成了")
_LOOKS_BACK = re.compile("回顾|成就|成效|现状|完成情况|执行情况|发展基础")
_LOOKS_AHEAD = re.compile("目标|安排|展望|任务|打算|重点工作|要点|草案")
_LOOKS = re.compile(f"{_LOOKS_BACK.pattern}|{_LOOKS_AHEAD.pattern}")


def value_kind(
    time: Time, document: PolicyDocument, sentence: str, clause: str, section: tuple[str, ...]
) -> ValueKind:
    """Tell what kind of value a figure is.

    Args:
        time: the figure's.
        document: tells which years were reached when it was written.
        sentence: the words before it, up to the last semicolon.
        clause: those of its own clause.
        section: headings above it; of a year that may be over or not, they say which way the words look.
    """
    if _ESTIMATE.search(sentence):
        return ValueKind.ESTIMATE
    reached = _REACHED.search(clause)
    limit, last = reference_year(document), time.until or time.year
    named = {int(year) for year in _YEAR.findall(document.title)} if limit is None else set()
    if len(named) == 1 and last < min(named):
        return ValueKind.ACTUAL
    if limit is None or (last == limit and document.period.start is None):
        headings = next(filter(_LOOKS.search, (*reversed(section), document.title)), "")
        ahead = (time.ahead or _LOOKS_AHEAD.search(headings)) and not _LOOKS_BACK.search(headings)
        aimed = _AIM.search(sentence) or (ahead and not reached)
    else:
        aimed = last > limit and not reached and not time.since
    return ValueKind.TARGET if aimed else ValueKind.ACTUAL
