"""What a text says of the days from which and until which its document applies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.dates import DAY, LOOSE_DAY, first_day_of, last_day_of
from ingest.numbering import value_of
from ingest.subjects import NUMBERING, Owner

# 实施 and 执行 are said of anything; of a paper's validity only behind a day or in front of a term.
_HINT = re.compile(
    r"有效|[施试暂]行|生效|失效|废止|暂定|为期|时效|停止|(?:实施|执行|实行)"
    r"(?:(?<=[日起月年止后式始面一并，,\s]..)|(?=期|日|时间|至|到|\d|[一二两三五]))"
)
_SENTENCE = re.compile(r"[^。\n]+")
_ISSUE = r"本?(?:印发|发布|公布|颁布|签发|下发|发文|公告|出台|通过|批准|发布实施|公布施行|文件印发)之?日"
_COUNT = r"(?:\d{1,4}|[一二两三四五六七八九十壹贰叁肆伍]{1,3})"
_VERB = r"(?:[施实试暂]行|实施|执行|生效)"
_STOP = r"(?=\s*(?:[，。；：、）)（(！!,;.]|$))"
_EFFECT = re.compile(
    rf"(?P<since>自|从|由|于|在)?\s*(?:(?P<first>{LOOSE_DAY})|(?P<issue>{_ISSUE})|(?P<now>即日|本日))\s*(?:零时|0时|当[日天])?"
    rf"(?P<from>起)?(?:\s*(?:满|过|经过)?\s*(?P<after>{_COUNT})\s*(?P<unit>个月|日|天)(?:之?后|起)*)?"
    rf"[\s，,]*(?:正式|全面|开始|起|统一|一并|在全[省市县区][^，。]{{0,6}})*\s*(?:{_VERB}|有效|计算|算起)"
    rf"(?:\s*[，,]?\s*(?:为期|暂定)?(?P<count>{_COUNT})\s*(?P<measure>年|个月))?(?:有效)?{_STOP}"
)
_TERM = (
    rf"(?:有效(?:期间?|期限|时限|时间)?|时效|(?:{_VERB}|适用)(?:期间?|期限|时限|时间|有效期限?)|"
    rf"暂定|为期|期限|{_VERB}|延长|延续|续期)"
)
_FILLER = r"(?:暂定|暂|定|限|为|是|均|共|计|期|[：:\s])*"
_LASTS = re.compile(
    rf"{_TERM}{_FILLER}(?:自?(?P<issue>{_ISSUE})起?(?:的|，)?)?(?P<count>{_COUNT})\s*(?P<measure>年|个月|日|天)(?P<half>半)?"
    rf"(?:有效期?|内有效|时间|止|整)?{_STOP}"
)
_EFFECT_DAY = re.compile(rf"{_VERB}(?:日期|时间|之日)[为是：:\s]*(?P<first>{DAY})")
_WITHIN = re.compile(
    rf"(?:{_TERM}{_FILLER})?(?:自|从)?(?:(?P<issue>{_ISSUE})|(?P<first>{DAY}))?起\s*(?:计算)?(?P<count>{_COUNT})\s*(?P<measure>年|个月)内?(?:有效|执行|施行|实施)?{_STOP}"
)
_RANGE = re.compile(
    rf"(?:{_TERM}{_FILLER})?(?:自|从)?\s*(?P<first>{LOOSE_DAY})\s*(?:起|开始)?\s*{_VERB}?[，,\s]*(?:至|到|—+|－|-|~|～|–)\s*"
    rf"(?P<last>{LOOSE_DAY})"
)
_UNTIL = re.compile(
    rf"(?:(?:{_TERM}|截止|截至|至迟|起){_FILLER}(?:延长|延续|截|止|有效|执行|施行)*(?:至|到|于)|"
    rf"(?:失效|废止|终止)(?:日期|时间)\s*[：:]|(?<=[，,；])\s*(?:至|到))\s*(?P<last>{LOOSE_DAY})"
)
_LAPSES = re.compile(
    rf"(?:自|从|于|至|到)?\s*(?P<last>{DAY})\s*(?P<from>起)?(?:后|止)?[，,\s]*(?:自行|自动|即行|到期)*(?:失效|废止|终止|停止执行)"
)
_TERM_WORD = re.compile(rf"有效|{_VERB}|适用|暂定")
_ABOUT_RANGE = 16


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a document about its own validity.

    Attributes:
        start, end: its place in the text, in characters.
        subject: the words that name the document, or "".
        first: the day from which it applies, where it is stated.
        issue: the words, such as 印发之日, that make that day the day of issue, or "".
        after_months, after_days: how much later than that it applies.
        last: the day until which it applies, where it is stated.
        years, months, days: how long it applies, where that is stated.
    """

    start: int
    end: int
    subject: str
    first: date | None = None
    issue: str = ""
    after_months: int = 0
    after_days: int = 0
    last: date | None = None
    years: int = 0
    months: int = 0
    days: int = 0

    @property
    def is_beginning(self) -> bool:
        """Whether it tells from when the document applies."""
        return bool(self.first or self.issue)

    @property
    def is_counted(self) -> bool:
        """Whether it tells for how long the document applies."""
        return bool(self.years or self.months or self.days)


def statements_in(text: str, owner: Owner) -> tuple[Statement, ...]:
    """Read what a text says of the validity of its own document.

    Args:
        text: in Simplified characters.
        owner: tells whose validity a sentence speaks of.

    Returns:
        The statements, in the order of their sentences.
    """
    found: list[Statement] = []
    done, before = 0, -1
    for hint in _HINT.finditer(text):
        if hint.start() < done:
            continue
        start = sentence_start(text, hint.start())
        done = sentence_end(text, start)
        # A sentence right behind one of the document about itself goes on with it.
        goes_on = before == start and text[start - 1 : start] == "。"
        said = list(_in_sentence(text[start:done], start, owner, goes_on=goes_on))
        found += said
        before = done + 1 if said else -1
    return tuple(found)


def counted_in(words: str) -> Statement | None:
    """Read how long something applies out of a few words such as 5年."""
    found = _LASTS.search(f"有效期{words}")
    return _counted(found, 0, "") if found else None


def sentence_start(text: str, place: int) -> int:
    """Where the sentence begins that stands at a place of a text."""
    return max(text.rfind("。", 0, place), text.rfind("\n", 0, place)) + 1


def sentence_end(text: str, start: int) -> int:
    """Where a sentence ends, its stop left out."""
    found = _SENTENCE.match(text, start)
    return found.end() if found else start


def _in_sentence(words: str, offset: int, owner: Owner, *, goes_on: bool) -> Iterator[Statement]:
    effects = list(_effects(words, offset, owner))
    for found in _EFFECT_DAY.finditer(words):
        subject = owner.of_term(words, found.start(), inherits=goes_on or _opens(words, found))
        if subject is not None:
            start, end = offset + found.start(), offset + found.end()
            effects.append(Statement(start, end, subject, first_day_of(found["first"])))
    yield from effects
    inherits = goes_on or bool(effects)
    for pattern in (_RANGE, _UNTIL, _LAPSES):
        for found in pattern.finditer(words):
            subject = owner.of_term(words, found.start(), inherits=inherits or _opens(words, found))
            if subject is not None and (pattern is not _RANGE or _speaks_of_validity(words, found)):
                yield _dated(found, offset, subject)
    for pattern in (_LASTS, _WITHIN):
        for found in pattern.finditer(words):
            opens = found.start() > 0 and _opens(words, found)
            subject = owner.of_term(words, found.start(), inherits=inherits or opens)
            if subject is not None:
                yield _counted(found, offset, subject)


def _opens(words: str, found: re.Match[str]) -> bool:
    """Whether a sentence opens with the term, perhaps behind a number: 三、实施期限：…"""
    return not NUMBERING.sub("", words[: found.start()]).strip()


def _effects(words: str, offset: int, owner: Owner) -> Iterator[Statement]:
    for found in _EFFECT.finditer(words):
        subject = owner.of_effect(words, found.start())
        marked = found["since"] or found["from"] or subject or words.strip() == found.group(0).strip()
        if subject is None or not marked:
            continue
        after = value_of(found["after"] or "")
        issue = found["issue"] or found["now"] or ""
        years, months, days = _length(found)
        yield Statement(
            offset + found.start(),
            offset + found.end(),
            subject,
            first_day_of(found["first"]) if found["first"] else None,
            issue,
            after if found["unit"] == "个月" else 0,
            after if found["unit"] in ("日", "天") else 0,
            years=years,
            months=months,
            days=days,
        )


def _dated(found: re.Match[str], offset: int, subject: str) -> Statement:
    groups = found.groupdict()
    last = last_day_of(found["last"])
    if last and groups.get("from"):
        last -= timedelta(days=1)
    first = first_day_of(groups["first"]) if groups.get("first") else None
    return Statement(offset + found.start(), offset + found.end(), subject, first, last=last)


def _counted(found: re.Match[str], offset: int, subject: str) -> Statement:
    groups = found.groupdict()
    issue, first = groups.get("issue") or "", groups.get("first")
    years, months, days = _length(found)
    start, end = offset + found.start(), offset + found.end()
    day = first_day_of(first) if first else None
    return Statement(start, end, subject, day, issue, years=years, months=months, days=days)


def _length(found: re.Match[str]) -> tuple[int, int, int]:
    """The years, months and days that a statement counts."""
    count, measure = value_of(found["count"] or ""), found["measure"]
    half = 6 if found.groupdict().get("half") else 0
    if measure == "年":
        return count, half, 0
    return (0, count + half, 0) if measure == "个月" else (0, half, count)


def _speaks_of_validity(words: str, found: re.Match[str]) -> bool:
    """Whether a range of days is one of validity: the word for it stands right before or behind."""
    around = (
        words[max(0, found.start() - _ABOUT_RANGE) : found.start()] + words[found.end() : found.end() + 6]
    )
    return bool(_TERM_WORD.search(around + found.group(0)))
