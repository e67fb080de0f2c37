"""What a document says about itself: title, issuer, number, date, region, period, status, what it repeals.

Only the document's own words count; what it does not say stays empty.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

import opencc

from ingest.numbering import number_of, value_of
from ingest.regions import prefectures, provinces
from ingest.structure import Outline
from vectorstore.types import PassageKind, Period, Status

_FRONT_LINES = 14
_FORMAL = (
    "规划|纲要|办法|通知|意见|方案|措施|细则|规定|条例|决定|公告|通告|计划|报告|批复|函|政策|指引|指南|章程|规则|"
    "清单|目录|决议|命令|准则|标准|制度|要点|规程|法|若干规定|政策解读|解读|说明"
)
_FORMAL_TITLE = re.compile(rf"(?:{_FORMAL})(?:\s*[（(〔\[][^（）()]{{1,24}}[）)〕\]])*$")
_PLAN = re.compile(r"规划|纲要|计划|方案")
_EXPLAINS = re.compile(r"解读|一图读懂|答记者问|问答|政策说明")
_OFFICE = re.compile(
    r"[^\s，。：；、《》“”（）]{2,30}(?:委员会|管委会|人民政府|办公室|办公厅|局|厅|部|院|政府|工作领导小组|委)"
)
_NUMBER = re.compile(
    r"([㐀-鿿]{1,14}?)\s*[〔\[（(【﹝]\s*((?:19|20)\d{2})\s*[〕\]）)】﹞]\s*(?:第\s*)?(\d{1,4})\s*号"
)
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_CHINESE_DATE = re.compile(
    r"([〇零○Oo一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DATE_LABEL = re.compile(
    r"(?:成文日期|发文日期|發文日期|发布日期|发布时间|發布時間|發佈時間|发布于|印发日期|日期)\s*[:：]?\s*"
)
_BYLINE = re.compile(
    r"文\s*[/／]|(?:本报|本報)?(?:记者|記者|通讯员|通訊員)[：:\s]|(?:作者|来源|來源|素材来源|素材來源)\s*[：:]|本报讯|本報訊|新华社"
)
_DRAFT = re.compile(r"征求意见稿|公开征求意见|徵求意見稿|[（(]草案[)）]|草案送审稿|送审稿|讨论稿|草案[）)]?$")
_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?\s*(?:[—–\-~～－至到]+|——)\s*((?:19|20)\d{2})\s*年?")
_PLANNED = re.compile(r"(?:规划|實施|实施|计划|行动)(?:期限?|年限|时限)[^。；]{0,6}?为?\s*")
_FIVE_YEARS = re.compile(r"[“\"]?十([二三四五六七])五[”\"]?|第十([二三四五六七])个五年")
_VALID_UNTIL = re.compile(r"有效期(?:限)?(?:至|到|截至|截止到?)\s*((?:19|20)\d{2})年")
_VALID_FOR = re.compile(r"有效期(?:限)?(?:为)?\s*([\d一二三四五六七八九十]{1,2})\s*年")
_EFFECT = re.compile(r"自\s*((?:19|20)\d{2})年\d{1,2}月\d{1,2}日起(?:施行|实施|执行|生效)")
_EFFECT_ANY = re.compile(r"自[^。；]{2,20}起(?:施行|实施|执行|生效)")
_REPEAL = re.compile(
    r"同时废止|予以废止|即行废止|自行废止|同时停止执行|停止执行|同时失效|废止失效|自[^。，；]{4,14}起?废止|不再执行"
)
_TITLE_IN_TEXT = re.compile(r"《([^《》]{2,80}(?:《[^《》]+》[^《》]*)?)》")
_CITY = re.compile(r"[㐀-鿿]{2,4}?(?:自治州|省|市|州|盟|地区|县)(?!场)")
_DISTRICT = re.compile(
    r"[㐀-鿿]{1,12}?(?:开发区|高新区|经开区|新区|示范区|自贸区|自治县|区|县|旗|市|镇|街道)(?:[（(][^（）()]{1,8}[区县市镇][）)])?"
)


@dataclass(frozen=True, slots=True)
class Description:
    """What a document says about itself; empty where it is silent."""

    title: str
    issuer: str = ""
    document_number: str = ""
    issued_on: date | None = None
    region: str = ""
    period: Period = Period()
    status: Status = Status.UNKNOWN
    repeals: tuple[str, ...] = ()
    script: str = ""


def describe(outline: Outline, name: str, given_title: str = "") -> Description:
    """Read a document's description out of its own words.

    Args:
        outline: its clean text and units.
        name: file name without its ending, the title of last resort.
        given_title: title that the file's properties or record give.

    Returns:
        The description.
    """
    lines = _lines(outline)
    front = _front(outline)
    title = given_title or _title(front) or name
    script = _script(outline.text)
    issuer = _issuer(title, front, lines)
    number = _document_number(front, lines)
    status = _status(title, front, lines, number)
    policy = status != Status.NOT_POLICY
    period = _period(title, front, outline.text) if policy else Period()
    issued_on = _issued_on(front, lines)
    return Description(
        title=title,
        issuer=issuer,
        document_number=number,
        issued_on=issued_on,
        region=_region(title, issuer, outline.text),
        period=period,
        status=_with_evidence(status, title, number, issued_on, period, outline.text),
        repeals=_repeals(outline.text) if policy else (),
        script=script,
    )


def _lines(outline: Outline) -> list[str]:
    return [
        outline.text[unit.start : unit.end].strip()
        for unit in outline.units
        if unit.kind != PassageKind.TABLE_ROW
    ]


def _front(outline: Outline) -> list[str]:
    """The lines above the body: up to the first numbered heading or the first paragraph."""
    front: list[str] = []
    for line in _lines(outline)[:_FRONT_LINES]:
        if (number_of(line) and front) or len(line) > 90:
            break
        front.append(line)
    return front


def _title(front: list[str]) -> str:
    candidates = [line for line in front if _may_be_title(line)]
    for start in range(len(candidates)):
        for count in range(1, 4):
            joined = "".join(candidates[start : start + count])
            if _FORMAL_TITLE.search(joined) and len(joined) <= 100 and not joined.endswith("文件"):
                return _tidy_title(joined)
    return _tidy_title(candidates[0]) if candidates else ""


def _may_be_title(line: str) -> bool:
    if not 3 <= len(line) <= 90 or line.endswith(("。", "；", "：", ":")) or _BYLINE.search(line):
        return False
    if re.fullmatch(r"[（(〔【].*[）)〕】]", line) or _NUMBER.search(line) or re.fullmatch(_DATE, line):
        return False
    return not (_OFFICE.fullmatch(line) or line.endswith("文件") or _DATE_LABEL.match(line))


def _tidy_title(title: str) -> str:
    """Take out the space that a line break left inside a formal title; a headline's space parts its halves."""
    if _FORMAL_TITLE.search(title):
        title = re.sub(r"(?<=[㐀-鿿”》）]) +(?=[㐀-鿿“《（])", "", title)
    return title.strip()


def _issuer(title: str, front: list[str], lines: list[str]) -> str:
    for line in front:
        labelled = re.match(
            r"(?:发文机关|发布机构|发文单位|印发机关|制定机关|主办单位)\s*[:：]\s*(\S{2,40})", line
        )
        if labelled:
            return labelled.group(1)
    named = re.match(rf"({_OFFICE.pattern})\s*关于", title)
    if named:
        return named.group(1)
    for line in front:
        if _OFFICE.fullmatch(line):
            return line
    for line, following in zip(lines[-8:], [*lines[-7:], ""], strict=False):
        if _OFFICE.fullmatch(line) and _date_in(following):
            return line
    return ""


def _document_number(front: list[str], lines: list[str]) -> str:
    for line in [*front, *(line for line in lines if len(line) <= 24)]:
        bare = re.sub(r"^(?:发文字号|文号|发文号)\s*[:：]\s*", "", line)
        found = _NUMBER.match(bare)
        if found and len(bare) <= found.end() + 12:
            return f"{found.group(1)}〔{found.group(2)}〕{found.group(3)}号"
    return ""


def _issued_on(front: list[str], lines: list[str]) -> date | None:
    for line in front:
        label = _DATE_LABEL.search(line)
        if label and (found := _date_in(line[label.end() :])):
            return found
    for line in [*front, *reversed(lines[-8:])]:
        bare = line.strip("（）() ")
        if len(bare) <= 16 and (found := _date_in(bare)):
            return found
    for line in front:
        adopted = re.match(r"[（(].{0,80}(?:通过|公布|印发|发布|修订|修正)[）)]?", line)
        if adopted and (found := _date_in(line)):
            return found
    return None


def _date_in(text: str) -> date | None:
    found = _DATE.search(text)
    if found:
        year, month, day = map(int, found.groups())
    elif found := _CHINESE_DATE.search(text):
        year = int("".join(str(value_of(digit)) if digit not in "○Oo" else "0" for digit in found.group(1)))
        month, day = value_of(found.group(2)), value_of(found.group(3))
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _region(title: str, issuer: str, text: str) -> str:
    district = ""
    for words in (_simplified(issuer), _simplified(title)):
        city, inner = _place_at_start(words)
        if city:
            return city + inner
        district = district or inner
    return _city_of_text(_simplified(text[:6_000])) + district


def _place_at_start(words: str) -> tuple[str, str]:
    """The province or city that words open with, and the district behind it."""
    words = re.sub(r"^(?:中共|关于|《|印发)+", "", words)
    for name, whole in provinces().items():
        if words.startswith(name):
            city, district = _place_at_start(words.removeprefix(name).removeprefix(whole.removeprefix(name)))
            return (city, district) if city.startswith(whole) else (whole + city, district)
    for name, whole in prefectures().items():
        if words.startswith(name):
            return whole, _district(words.removeprefix(name).removeprefix("市"))
    city_found = _CITY.match(words)
    if city_found:
        return city_found.group(0), _district(words[city_found.end() :])
    return "", _district(words)


def _district(words: str) -> str:
    found = _DISTRICT.match(words)
    return (
        found.group(0)
        if found and not re.search(r"关于|[的和与]|产业(?!开发区)|社区|园区", found.group(0))
        else ""
    )


def _city_of_text(text: str) -> str:
    text = re.sub(r"《[^《》]*》", "", text)
    counts = sorted(((text.count(name), whole) for name, whole in prefectures().items()), reverse=True)
    (most, whole), (second, _) = counts[0], counts[1]
    if most >= 3 and most >= second * 1.5:
        return whole
    named = Counter(re.findall(r"(?<![㐀-鿿])([㐀-鿿]{2,3}市)(?![场民场区长级委])", text)).most_common(1)
    return named[0][0] if named and named[0][1] >= 2 and named[0][0][0] not in "全我各本城" else ""


def _period(title: str, front: list[str], text: str) -> Period:
    head = "\n".join([title, *front])
    for place in (title, "\n".join(front)):
        found = _SPAN.search(re.sub(r"《[^《》]*》", "", place))
        if found:
            return Period(int(found.group(1)), int(found.group(2)))
    for stated in _PLANNED.finditer(text):
        found = _SPAN.match(text, stated.end())
        if found:
            return Period(int(found.group(1)), int(found.group(2)))
    five = _FIVE_YEARS.search(title) or (_FIVE_YEARS.search(head) if _PLAN.search(title) else None)
    if five and _PLAN.search(title):
        start = 2001 + value_of(five.group(1) or five.group(2)) * 5
        return Period(start, start + 4)
    return _validity(text)


def _validity(text: str) -> Period:
    effect = _EFFECT.search(text)
    start = int(effect.group(1)) if effect else None
    until = _VALID_UNTIL.search(text)
    if until:
        return Period(start, int(until.group(1)))
    years = _VALID_FOR.search(text)
    if years and start is not None:
        return Period(start, start + value_of(years.group(1)))
    return Period(start, None) if start is not None else Period()


def _status(title: str, front: list[str], lines: list[str], number: str) -> Status:
    if any(_DRAFT.search(line) for line in [title, *front[:8]]):
        return Status.DRAFT
    if _EXPLAINS.search(title):
        return Status.NOT_POLICY
    byline = any(_BYLINE.search(line) for line in [*front, *lines[-2:]])
    if byline and not number and not _FORMAL_TITLE.search(title):
        return Status.NOT_POLICY
    return Status.UNKNOWN


def _with_evidence(
    status: Status, title: str, number: str, issued_on: date | None, period: Period, text: str
) -> Status:
    """In force is what shows the marks of a formal document: a number, a date, a term or a period."""
    if status != Status.UNKNOWN:
        return status
    marks = bool(number) or issued_on is not None or bool(_EFFECT_ANY.search(text))
    planned = period.end is not None and bool(_PLAN.search(title))
    return Status.IN_FORCE if _FORMAL_TITLE.search(title) and (marks or planned) else Status.UNKNOWN


def _repeals(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for sentence in re.split(r"(?<=[。\n])", text):
        end = _REPEAL.search(sentence)
        if not end:
            continue
        clause = sentence[: end.start()]
        for named in _TITLE_IN_TEXT.finditer(clause):
            found.setdefault(named.group(1))
            number = _NUMBER.match(clause[named.end() :].lstrip("（( "))
            if number:
                found.setdefault(f"{number.group(1)}〔{number.group(2)}〕{number.group(3)}号")
    return tuple(found)


def _script(text: str) -> str:
    han = "".join(re.findall(r"[㐀-鿿]", text[:20_000]))
    if not han:
        return ""
    changed = sum(one != other for one, other in zip(han, _simplified(han), strict=False))
    return "hant" if changed > len(han) * 0.08 else "hans"


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _simplified(text: str) -> str:
    return str(_converter().convert(text))
