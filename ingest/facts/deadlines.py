"""Days by which something has to be done, and days on which a document begins and ceases to apply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ingest.dates import DAY, first_day_of
from ingest.facts.lines import Sentence
from vectorstore.facts import Deadline, Fact
from vectorstore.types import ParsedDocument

# What a draft says of itself is no day yet.
_DRAFT = re.compile("征求意见|草案|公开征集")
# Looked for first, as that is fast and most sentences have none.
_SIGNS = re.compile("[月日内/.-]")
_HINT = re.compile(r"日|月\d|\d[-/.]\d|[天年月]之?内|以内|月底|个月|工作日")
_CONSULT = re.compile(
    "(?:征求|征集|修改|反馈|书面|提出)意见(?!.{0,4}(?:结束|期满|汇总))|意见(?:和?建议|反馈)(?!.{0,6}办理)"
)
# 提出审核意见 closes a procedure, 提出申请 opens one.
_OPINION = r"提出[^，,；;。]{0,8}(?:审|核|评|处理|办理)[^，,；;。]{0,4}意见"
_APPLY = re.compile(f"申报|申请|报名|提交|填报|递交|(?!{_OPINION})提出")
_CLOSE = re.compile(
    f"{_OPINION}|截止|逾期|办结|办理完毕|审核|审查|答复|公示|拨付|兑现|批复|完成|反馈|备案|上报|报送|发放|制定|出台|"
    "核查|核实|核定|评审|评估|受理|作出|出具|告知|通知|退回|缴纳|缴费|归还|办理|印发|公布|移交|拆除|整改|验收|组织|召开|报告|起草|修订|更新"
)
_YEARLESS = r"\d{1,2}月\d{1,2}日"
_ANY_DAY = rf"(?:{DAY}|{_YEARLESS})"
# 次年3月31日前, 每季度首月20日前: a day that comes round.
_YEARLY = re.compile(
    r"(?P<round>(?:每年|次年|翌年|当年|每季度[首末次]?月?|每月|下一?年度?|下月|次月)(?:第[一二三四]季度|[首末]月)?)\s*$"
)
_ROUND = re.compile(
    rf"{_YEARLY.pattern[:-4]}(?P<length>(?:\d{{1,2}}月)?(?:\d{{1,2}}日|底|末)|(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:底|末)?)\s*(?:之?前|以前)"
)
_BY = re.compile(
    rf"(?P<day>{_ANY_DAY})(?:\s*[（(][^（()）]{{1,8}}[）)])?\s*(?:\d{{1,2}}[:：时]\d{{0,2}})?\s*(?:之?前|以前|止|截止)"
)
_UNTIL = re.compile(rf"(?:截止|截至|止于)(?:时间|日期)?[为是至到于：:\s]*(?P<day>{_ANY_DAY})")
_CLOCK = r"(?:\s*\d{1,2}[:：时]\d{0,2})?"
_SPAN = re.compile(
    rf"(?P<first>{_ANY_DAY}){_CLOCK}\s*(?:起|开始)?\s*(?:至|到|[-—–~～])+\s*(?P<last>{_ANY_DAY})"
)
# 4月30日前已发生的事项: what was over by then.
_DONE = re.compile(r"\s*(?:已|的(?!意见)|发生|出生|印发|发布)")
_LENGTH = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?:工作日|自然日|日|天|个?月|年)"
# 在7个工作日内完成, 公示5个工作日: counted from what the sentence before says.
_WITHIN = re.compile(
    rf"(?:在|于|应当?|须|经办机构|或者?|^|(?<=[，,；;。、]))(?:在)?(?P<length>{_LENGTH}(?<!年))(?:之?内|以内)|"
    rf"公示(?:期|时间)?(?:为|不少于|不得少于)?(?P<shown>{_LENGTH})"
)
# 有效期届满30日前申请延期, 在到达前5个工作日报备.
_AHEAD = re.compile(
    rf"(?:在|于|应当?|须)?(?P<since>[^，,。；：、于在]{{0,16}}?(?:[期届]满|到期|到达|开工|开始|举办|举行))"
    rf"(?:(?:之?前)(?P<length>{_LENGTH}(?!至))|(?P<other>{_LENGTH})之?前)(?=[^，,；;。]{{0,16}}(?:申请|申报|报备|提出|报告|备案|告知))"
)
# 近三年内, 3年内不得: no time to do something in.
_HELD_BY = re.compile(r"满[^，,；;]{0,12}[（(]\s*$")
_NO_LIMIT = re.compile(r"(?:近|过去|前|满|超过)\s*$")
_FORBIDS = re.compile(
    r"^[^，,；;。]{0,12}?(?:不得|不能|不再|不予|未|无(?!异议)|有效|累计|发生|取消|可以?享受|免)|^(?!无异议)[^，,；;。]{1,24}的(?:[，,；;]|$)"
)
_COUNTED = re.compile(
    r"(?:自|从|在|应当?于|须于|于)?(?P<since>[^，。；：、]{2,24}?(?:之日|当日|次日|翌日|之后|后|前))起?(?:的|，)?(?:应当?|必?须)?(?:在|于)?"
    rf"(?P<length>{_LENGTH})(?:之?内|以内)"
)


def deadlines(parsed: ParsedDocument, sentences: Sequence[Sentence]) -> Iterator[Fact]:
    """Yield the days stated for applying, closing and consulting, and those of the document's validity."""
    yield from _validity(parsed)
    for sentence in sentences:
        if _SIGNS.search(sentence.text) and _HINT.search(sentence.text):
            yield from _stated(sentence, parsed)


def _validity(parsed: ParsedDocument) -> Iterator[Fact]:
    validity = parsed.document.validity
    if validity is None or _DRAFT.search(parsed.document.title) or validity.start == validity.end:
        return
    holding = [one for one in parsed.passages if one.start <= validity.start < one.end]
    if not holding:
        return
    quote = parsed.text[validity.start : validity.end]
    first, last = _iso(validity.first_day), _iso(validity.last_day)
    ordinal = holding[0].ordinal
    if first:
        yield Fact(Deadline("effect", first_day=first), ordinal, quote, validity.start, validity.end)
    if last and not validity.latest:
        yield Fact(Deadline("expiry", first, last), ordinal, quote, validity.start, validity.end)


def _stated(sentence: Sentence, parsed: ParsedDocument) -> Iterator[Fact]:
    text = sentence.text
    taken = 0
    for pattern in (_SPAN, _BY, _UNTIL):
        for found in pattern.finditer(text):
            relation = _relation(text, found)
            if found.start() < taken or not relation or _DONE.match(text, found.end()):
                continue
            if _HELD_BY.search(text[: found.start()]):
                continue
            taken = found.end()
            yield sentence.fact(_dated(relation, found, text, parsed), *_around(text, found))
    for found in _ROUND.finditer(text):
        relation = _relation(text, found)
        if relation and not _BY.match(text, found.start("length")):
            stated = Deadline(relation, counted_from=found["round"], length=found["length"])
            yield sentence.fact(stated, *_around(text, found))
    for found in _AHEAD.finditer(text) if "前" in text else ():
        ahead = Deadline(
            _relation(text, found) or "apply",
            counted_from=found["since"],
            length=found["length"] or found["other"],
        )
        yield sentence.fact(ahead, *_around(text, found))
    yield from _counted(sentence)


def _counted(sentence: Sentence) -> Iterator[Fact]:
    """Yield times that are counted: 自受理之日起15个工作日内, and 在5个工作日内."""
    text = sentence.text
    taken: list[range] = []
    for found in _COUNTED.finditer(text) if "内" in text else ():
        if _FORBIDS.match(text[found.end() :]):
            continue
        taken.append(range(found.start("length"), found.end()))
        since = re.split("自|从|于|在", found["since"])[-1]
        counted = Deadline(_relation(text, found) or "close", counted_from=since, length=found["length"])
        yield sentence.fact(counted, *_around(text, found))
    for found in _WITHIN.finditer(text):
        if any(found.start("length") in one or found.end() - 1 in one for one in taken):
            continue
        relation = "close" if found["shown"] else _relation(text, found)
        if not relation or _NO_LIMIT.search(text[: found.start()]) or _FORBIDS.match(text[found.end() :]):
            continue
        yield sentence.fact(
            Deadline(relation, length=found["length"] or found["shown"]), *_around(text, found)
        )


def _dated(relation: str, found: re.Match[str], text: str, parsed: ParsedDocument) -> Deadline:
    days = found.groupdict()
    if yearly := _YEARLY.search(text[: found.start()]):
        return Deadline(relation, counted_from=yearly["round"], length=days.get("day") or found.group(0))
    if days.get("first"):
        last = days["last"]
        if re.fullmatch(_YEARLESS, last) and (year := re.match(r"\d{4}年", days["first"])):
            last = year.group(0) + last
        return Deadline(relation, _day(days["first"], parsed), _day(last, parsed))
    # Of no year that can be told: as written, with what it comes round by.
    every = "每年" if "每年" in text[: found.start()] and re.fullmatch(_YEARLESS, days["day"]) else ""
    day = "" if every else _day(days["day"], parsed)
    if day:
        return Deadline(relation, "", day)
    return Deadline(relation, counted_from=every, length=days["day"])


def _relation(text: str, found: re.Match[str]) -> str:
    """What has to be done until a day: what stands right behind it goes before the rest of the sentence."""
    behind = re.split("[，；,;]", text[found.end() :])[0]
    before = re.split("[，；,;：:]", text[: found.start()])[-1]
    begin, end = _around(text, found)
    near = f"{before}{found.group(0)}{behind}"
    if _CONSULT.search(near):
        return "consultation"
    span = "last" in found.re.groupindex
    for words in (behind, near) if span else (behind, near, text[begin:end]):
        apply, close, consult = _APPLY.search(words), _CLOSE.search(words), _CONSULT.search(words)
        if consult:
            return "consultation"
        if apply or close:
            return "apply" if apply and (not close or apply.start() < close.start()) else "close"
    return ""


def _around(text: str, found: re.Match[str]) -> tuple[int, int]:
    """The clauses that hold a day and what has to be done until then."""
    begin = max(text.rfind(sign, 0, found.start()) for sign in "；;：:") + 1
    ends = [at for sign in "；;" if (at := text.find(sign, found.end())) >= 0]
    return begin, min(ends, default=len(text))


def _day(words: str, parsed: ParsedDocument) -> str:
    """A day in ISO format; one without its year has that of a day of the same year, where one is known."""
    if re.fullmatch(_YEARLESS, words):
        issued = parsed.document.issued_on
        day = first_day_of(f"{issued.year}年{words}") if issued else None
        return _iso(day) if day and issued and day >= issued else ""
    return _iso(first_day_of(words))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
