"""Who issued a document, under which number and on which day: by its head, its labels, its signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, pairwise, takewhile

from ingest.dates import DAY, date_in
from ingest.imprint import BODY, NAME, Imprint, imprint_in
from ingest.kinds import BYLINE
from ingest.shapes import is_unit_line
from ingest.standing import DOCUMENT_NUMBER, number_in

OFFICE = re.compile(
    rf"{NAME}(?:委员会|管委会|人民政府|办公室|办公厅|局|厅|廳|部|院|政府|领导小组|委员會|人民政府辦公室|委|公所|總署)"
)
# 某市民政局 of 某市民政局部门预算, and 某市人民政府办公室 of all that begins with it.
_SHORTEST_OFFICE = r"[㐀-鿿]{2,20}?(?:人民政府(?:办公室|办公厅)?|管委会|委员会|局|厅)"
_OFFICES = re.compile(rf"{BODY.pattern}(?:(?:\s+|、){BODY.pattern}){{0,9}}")
_OTHERS = r"(?:等[^\s，。]{1,4}?(?:部门|部門|单位|單位|机构|機構))?"
# What is printed in red above the text names the office and the form, not the subject.
_LETTERHEAD = re.compile(rf"({_OFFICES.pattern})\s*(?:文件|公告|通告|令|函|書函|公[报報].{{0,16}})")
_PARTING = re.compile(r"[\s、，,;；/]+")
_SEAL = re.compile(r"[（(](?:盖章|公章|印章|章)[）)]$")
_CONGRESS = re.compile(
    r"(?:[（(].{0,30}?|\d{4}年\d{1,2}月\d{1,2}日\s*)([㐀-鿿]{0,12}?第.{1,6}届(?:全国)?人民代表大会(?:常务委员会)?)"
)
# Whose head reports to the congress: 某市人民政府市长, and the name.
_GOVERNS = "省长|主席|市长|州长|盟长|区长|县长|旗长"
_GOVERNOR = re.compile(rf"([㐀-鿿]{{2,10}}?[省市州盟区县旗])代?(?:{_GOVERNS})\s+\S{{2,4}}")
_REPORTED_ON = re.compile(r"[—－-]{1,2}\s*(?P<day>.{6,14}?)在.{4,40}会议上")
_REPORTER = re.compile(rf"({OFFICE.pattern})代?(?:{_GOVERNS}|局长|厅长|主任)\s+\S{{2,4}}")
_ORDER = re.compile(r"([㐀-鿿]{2,20}?)令")
_ORDER_NUMBER = re.compile(r"[（(]?\s*第\s*(\d{1,4})\s*[号號]\s*[）)]?")
# Taiwan, Macau and Hong Kong count their papers in other ways.
_OTHER_NUMBER = re.compile(
    r"[㐀-鿿]{1,16}字第\s*[A-Z]?\d{5,14}[A-Z]?\s*[号號]|"
    r"第\s*\d{1,4}/\d{4}\s*[号號](?:行政法[规規]|法律|行政命令|決議|决议|[㐀-鿿]{0,12}批示|公告|通告)?|"
    r"\d{4}\s*年第\s*\d{1,4}\s*[号號](?:法律公告|條例|条例|政府公告|公告|號外公告)|第\s*\d{1,4}[A-Z]{0,2}\s*章(?=\s|$)"
)
_YEAR_NUMBER = re.compile(
    r"[（(]?\s*([㐀-鿿 ]{0,30}?)\s*((?:19|20)\d{2})\s*年\s*第\s*(\d{1,4})\s*[号號]\s*[）)]?"
)
_NUMBER_LABEL = re.compile(
    r"^(?:[发發]文字[号號]|文\s*[号號]|[发發]文[号號]|文件编号|檔[號号]|編[號号])\s*[:：]?\s*"
)
_BARE_NUMBER = re.compile(r"[〔\[（(【]\s*(?:19|20)\d{2}\s*[〕\]）)】]\s*第?\s*\d{1,4}\s*[号號期次]")
_NUMBER_BEHIND = re.compile(rf"\s*[（(]\s*({DOCUMENT_NUMBER.pattern})\s*[）)]$")
_SIGNERS = 12
_DATED = re.compile(rf"\D{{0,4}}{DAY}")
_DAY_BEHIND = re.compile(rf"\s*{DAY}$")
_CLOCK = re.compile(r"\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?$")
_ADOPTED = re.compile(
    r"[（(].{0,80}?(?:通过|批准|公布|印发|发布|修订|修正)|\d{4}年\d{1,2}月\d{1,2}日.{0,60}(?:通过|批准|公布)$"
)
_APPLIES = re.compile(r"施行|实施|實施|生效|起执行|废止|失效")
_ISSUED_LABEL = re.compile(
    r"(?:成文日期|成文时间|发文日期|發文日期|发文时间|印发日期|签发日期|公布日期|颁布日期)\s*[:：]?\s*"
)
_SHOWN_LABEL = re.compile(
    r"(?:发布日期|发布时间|發布時間|發佈時間|公开日期|生成日期|发布于|时间|時間|日期)\s*[:：]?\s*"
)


def issuer_of(stated: str, title: str, front: Sequence[str], lines: Sequence[str]) -> str:
    """Tell who issued a document; several bodies are parted by 、.

    Args:
        stated: what its information box says, or "".
        title: its title.
        front: the lines above its body.
        lines: all its lines.
    """
    if stated:
        return joined_issuers(stated)
    named = re.match(rf"({_OFFICES.pattern})({_OTHERS})\s*(?:关于|關於)", title)
    if named and not named.group(2):
        return joined_issuers(named.group(1))
    signed = next((office for office, _ in _signatures(lines)), "")
    if signed or named:
        return signed or (named.group(1) if named else "")
    for line in front:
        head, order = _LETTERHEAD.fullmatch(line), _ORDER.fullmatch(line)
        office = order.group(1) if order else head.group(1) if head else line
        if OFFICE.fullmatch(office) or (head and BODY.fullmatch(office)):
            return joined_issuers(office)
    told = next((one.issuer for one in _imprints(front) if one.issuer), "")
    if told:
        return told
    enacted = next((found.group(1) for line in front if (found := _CONGRESS.match(line))), "")
    reported = (found.group(1) for line in front if (found := _REPORTER.fullmatch(line)))
    governed = (f"{found.group(1)}人民政府" for line in front if (found := _GOVERNOR.fullmatch(line)))
    return re.sub(r"^.*日", "", enacted) or next(chain(governed, reported), "")


def office_ahead(title: str) -> str:
    """Return the office whose name a title begins with, as of a list or a budget; "" where it does not."""
    found = re.match(rf"({_SHORTEST_OFFICE})(?!局|长|主任|书记|召开|举行)", title)
    return found.group(1) if found else ""


def joined_issuers(words: str) -> str:
    """Return the names of bodies, however a line parts them, with 、 between them."""
    # What is labelled otherwise may stand behind them on one line: 制表日期：….
    names = _PARTING.split(_DAY_BEHIND.sub("", _SEAL.sub("", words).strip()))
    told = list(takewhile(lambda name: not re.search("[:：]", name), filter(None, names)))
    # Where a line break between two was lost, the place that the first begins with begins the next.
    place = re.match(r"[㐀-鿿]{2,5}?[省市县区州]", told[0]) if told else None
    parted = [
        re.sub(rf"(?<=[厅廳局委会部院办室])(?={place.group()})", "、", name) if place else name
        for name in told
    ]
    return "、".join(parted)


def document_number_of(front: Sequence[str], lines: Sequence[str]) -> str:
    """Tell a document's own number: on a line of its own, or in brackets behind its title."""
    for line, below in pairwise([*front, ""]):
        order, number = _ORDER.fullmatch(line), _ORDER_NUMBER.fullmatch(below)
        if order and number:
            return f"{line}第{number.group(1)}号"
        found = _YEAR_NUMBER.fullmatch(_NUMBER_LABEL.sub("", line))
        if found:
            return f"{found.group(1).strip()}{found.group(2)}年第{int(found.group(3))}号"
        bare = _NUMBER_LABEL.sub("", line)
        other = _OTHER_NUMBER.match(bare)
        if other and len(bare) <= other.end() + 12:
            return re.sub(r"\s+", "", other.group(0))
        behind = _NUMBER_BEHIND.search(line)
        if behind and (found := DOCUMENT_NUMBER.match(behind.group(1))):
            return number_in(found)
    for line in [*front, *(line for line in lines if len(line) <= 24)]:
        bare = _NUMBER_LABEL.sub("", line)
        found = DOCUMENT_NUMBER.match(bare)
        if found and len(bare) <= found.end() + 12:
            return number_in(found)
    told = next((one.number for one in _imprints(front) if one.number), "")
    # Minutes are counted without an office's sign.
    return told or next((line for line in front if _BARE_NUMBER.fullmatch(line)), "")


def issued_on_of(front: Sequence[str], lines: Sequence[str]) -> date | None:
    """When it was issued: by its own label, signature, a date alone on a line, or the day it was shown."""
    signed = next((found for _, found in _signatures(lines)), None)
    alone = (date_in(line) for line in (*front, *reversed(lines[-8:])) if is_date(line))
    # Adopted, approved, published: the last of them makes it an act.
    adopted = (date_in(line) for line in reversed(front) if _ADOPTED.match(line))
    said, shown = _labelled_date(front, _ISSUED_LABEL), _labelled_date(front, _SHOWN_LABEL)
    beside = (date_in(line) for line in front if BYLINE.search(line) or is_unit_line(line))
    told = (one.day for one in _imprints(front))
    reported = (date_in(found["day"]) for line in front if (found := _REPORTED_ON.fullmatch(line)))
    every = (said, signed, *told, *alone, *adopted, shown, *beside, *reported)
    return next((found for found in every if found), None)


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
    forms = (_ORDER, _ORDER_NUMBER, _YEAR_NUMBER, _OTHER_NUMBER)
    return is_date(line) or any(form.fullmatch(line) for form in forms)


def is_date(line: str) -> bool:
    """Tell a line that is a date and hardly anything else."""
    plain = _CLOCK.sub("", line).strip("（）() ")
    return len(plain) <= 16 and not _APPLIES.search(plain) and date_in(line) is not None


def _signatures(lines: Sequence[str]) -> Iterator[tuple[str, date]]:
    """Signatures: offices with the date below them or behind them, wherever in the document."""
    for index, line in enumerate(lines):
        if len(line) > 60:
            continue
        words, _, rest = line.rpartition(" ")
        below = lines[index + 1] if index + 1 < len(lines) else ""
        for office, dated in ((line, below), (words, rest)):
            if (
                len(dated) <= 16
                and _DATED.match(dated)
                and _is_signature(office)
                and (found := date_in(dated))
            ):
                first = index
                while first and index - first < _SIGNERS and _is_signature(lines[first - 1]):
                    first -= 1
                yield "、".join(map(joined_issuers, [*lines[first:index], office])), found


def _imprints(front: Sequence[str]) -> Iterator[Imprint]:
    return (found for line in front if (found := imprint_in(line)))


def _is_signature(line: str) -> bool:
    return bool(_OFFICES.fullmatch(_SEAL.sub("", line)))


def _labelled_date(front: Sequence[str], label: re.Pattern[str]) -> date | None:
    for line in front:
        named = label.search(line)
        if named and (found := date_in(line[named.end() : named.end() + 24])):
            return found
    return None
