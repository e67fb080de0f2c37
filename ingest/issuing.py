"""Who issued a document, under which number and on which day: by its head, its labels, its signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from ingest.kinds import BYLINE
from ingest.numbering import value_of
from ingest.standing import DOCUMENT_NUMBER, number_in

OFFICE = re.compile(
    r"(?!\d)[^\s，。：；、《》“”（）]{2,30}(?:委员会|管委会|人民政府|办公室|办公厅|局|厅|部|院|政府|领导小组|委员會|人民政府辦公室|委)"
)
_OFFICES = re.compile(rf"{OFFICE.pattern}(?:\s+{OFFICE.pattern}){{0,5}}")
# What is printed in red above the text names the office and the form, not the subject.
_LETTERHEAD = re.compile(rf"{_OFFICES.pattern}\s*(?:文件|公告|通告|令|公[报報].{{0,16}})")
_SEAL = re.compile(r"[（(](?:盖章|公章|印章|章)[）)]$")
_ISSUER_LABEL = re.compile(r"(?:发文机关|发布机构|发文单位|印发机关|制定机关)\s*[:：]\s*(\S{2,40})")
_CONGRESS = re.compile(r"[（(].{0,30}?([㐀-鿿]{0,12}?第.{1,6}届(?:全国)?人民代表大会(?:常务委员会)?)")
_ORDER = re.compile(r"([㐀-鿿]{2,20}?)令")
_ORDER_NUMBER = re.compile(r"[（(]?\s*第\s*(\d{1,4})\s*[号號]\s*[）)]?")
_YEAR_NUMBER = re.compile(
    r"[（(]?\s*([㐀-鿿 ]{0,30}?)\s*((?:19|20)\d{2})\s*年\s*第\s*(\d{1,4})\s*[号號]\s*[）)]?"
)
_NUMBER_LABEL = re.compile(r"^(?:发文字号|文\s*号|发文号)\s*[:：]?\s*")
_NUMBER_BEHIND = re.compile(rf"\s*[（(]\s*({DOCUMENT_NUMBER.pattern})\s*[）)]$")
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_CHINESE_DATE = re.compile(
    r"([〇零○Oo0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_CLOCK = re.compile(r"\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?$")
_ADOPTED = re.compile(r"[（(].{0,80}?(?:通过|批准|公布|印发|发布|修订|修正)")
_ISSUED_LABEL = re.compile(r"(?:成文日期|发文日期|發文日期|印发日期|公布日期|颁布日期)\s*[:：]?\s*")
_SHOWN_LABEL = re.compile(
    r"(?:发布日期|发布时间|發布時間|發佈時間|公开日期|生成日期|发布于|时间|時間|日期)\s*[:：]?\s*"
)


def issuer_of(title: str, front: Sequence[str], lines: Sequence[str]) -> str:
    """Tell who issued a document; several offices are parted by 、."""
    for line in front:
        labelled = _ISSUER_LABEL.match(line)
        if labelled:
            return labelled.group(1)
    named = re.match(rf"({_OFFICES.pattern})\s*(?:关于|關於)", title)
    if named:
        return "、".join(named.group(1).split())
    for office, _ in _signatures(lines):
        return office
    for line in front:
        order = _ORDER.fullmatch(line)
        office = order.group(1) if order else line
        if OFFICE.fullmatch(office):
            return office
    enacted = next((found.group(1) for line in front if (found := _CONGRESS.match(line))), "")
    return re.sub(r"^.*日", "", enacted)


def document_number_of(front: Sequence[str], lines: Sequence[str]) -> str:
    """Tell a document's own number: on a line of its own, or in brackets behind its title."""
    for line, below in pairwise([*front, ""]):
        order, number = _ORDER.fullmatch(line), _ORDER_NUMBER.fullmatch(below)
        if order and number:
            return f"{line}第{number.group(1)}号"
        found = _YEAR_NUMBER.fullmatch(_NUMBER_LABEL.sub("", line))
        if found:
            return f"{found.group(1).strip()}{found.group(2)}年第{int(found.group(3))}号"
        behind = _NUMBER_BEHIND.search(line)
        if behind and (found := DOCUMENT_NUMBER.match(behind.group(1))):
            return number_in(found)
    for line in [*front, *(line for line in lines if len(line) <= 24)]:
        bare = _NUMBER_LABEL.sub("", line)
        found = DOCUMENT_NUMBER.match(bare)
        if found and len(bare) <= found.end() + 12:
            return number_in(found)
    return ""


def issued_on_of(front: Sequence[str], lines: Sequence[str]) -> date | None:
    """When it was issued: by its own label, signature, a date alone on a line, or the day it was shown."""
    signed = next((found for _, found in _signatures(lines)), None)
    alone = (date_in(line) for line in (*front, *reversed(lines[-8:])) if is_date(line))
    adopted = (date_in(line) for line in front if _ADOPTED.match(line))
    said, shown = _labelled_date(front, _ISSUED_LABEL), _labelled_date(front, _SHOWN_LABEL)
    beside = (date_in(line) for line in front if BYLINE.search(line))
    return next((found for found in (said, signed, *alone, *adopted, shown, *beside) if found), None)


def is_letterhead(line: str) -> bool:
    """Tell the line printed above official papers: 某市人民政府文件."""
    return bool(_LETTERHEAD.fullmatch(line))


def without_number(line: str) -> str:
    """A title without the document number in brackets behind it."""
    return _NUMBER_BEHIND.sub("", line)


def states_issue(line: str) -> bool:
    """Tell a line that says when or under which number the document was issued or shown."""
    if _ISSUED_LABEL.match(line) or _SHOWN_LABEL.match(line) or DOCUMENT_NUMBER.search(line):
        return True
    return is_date(line) or any(form.fullmatch(line) for form in (_ORDER, _ORDER_NUMBER, _YEAR_NUMBER))


def is_date(line: str) -> bool:
    """Tell a line that is a date and hardly anything else."""
    return len(_CLOCK.sub("", line).strip("（）() ")) <= 16 and date_in(line) is not None


def date_in(text: str) -> date | None:
    """The first date in a text, in Arabic or Chinese figures; None where it cannot be."""
    found = _DATE.search(text)
    if found:
        year, month, day = map(int, found.groups())
    elif found := _CHINESE_DATE.search(text):
        year = int("".join("0" if digit in "○Oo0" else str(value_of(digit)) for digit in found.group(1)))
        month, day = value_of(found.group(2)), value_of(found.group(3))
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _signatures(lines: Sequence[str]) -> Iterator[tuple[str, date]]:
    """Signatures: offices with the date below them or behind them, wherever in the document."""
    for index, line in enumerate(lines):
        if len(line) > 60:
            continue
        words, _, rest = line.rpartition(" ")
        below = lines[index + 1] if index + 1 < len(lines) else ""
        for office, dated in ((line, below), (words, rest)):
            if len(dated) <= 16 and _is_signature(office) and (found := date_in(dated)):
                above = [lines[index - 1]] if index and _is_signature(lines[index - 1]) else []
                yield "、".join(_SEAL.sub("", name) for name in " ".join([*above, office]).split()), found


def _is_signature(line: str) -> bool:
    return bool(_OFFICES.fullmatch(_SEAL.sub("", line)))


def _labelled_date(front: Sequence[str], label: re.Pattern[str]) -> date | None:
    for line in front:
        named = label.search(line)
        if named and (found := date_in(line[named.end() : named.end() + 24])):
            return found
    return None
