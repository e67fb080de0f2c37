"""The form of a fact: an amount of money, an area, a share, a count, a date, a telephone number."""

from __future__ import annotations

import re

_SUM = re.compile(
    r"\d[^,，。；、]{0,6}元|\d+(?:\.\d+)?(?:[~～—-]\d+)?(?:万|亿)(?!\s*[平m公亩人吨个家户张套株])|元\)|"
    r"[一二三四五六七八九十百千两]万?亿"
)
# 省多少钱 may be told as a third.
_MONEY = re.compile(rf"{_SUM.pattern}|\d/\d")
_AREA = re.compile(r"\d[^,，。；、]{0,6}(?:亩|平方|公顷|m)")
_SHARE = re.compile(r"\d\s*%|百分之|倍|成|\(%\)|\d/\d")
_DATE = re.compile(
    r"(?:19|20)\d{2}|[去今明]年|\d+月|\d+(?:[~-]\d+)?年|[一二三四五两]年|年[内初中底末]|半年|季度"
)

# What a part of a question asks for, and what a sentence that answers it must hold.
_FORMS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"多少(?:万|亿|万亿)?元|多少钱|(?:金额|资金|投资|经费|奖励|补助|资助)[^,，。]{0,8}多少"),
        _MONEY,
    ),
    (
        re.compile(
            r"(?:产值|生产总值|gdp|营业收入|销售收入|利润)的?(?:目标|指标值?)?(?:分别|各)?[是为有要达到]*多少"
        ),
        _SUM,
    ),
    (
        re.compile(r"多少(?:亩|公顷|平方)|多大(?:地方|面积|的?地)|(?:面积|占地)(?!比)[^,，。]{0,6}多[少大]"),
        _AREA,
    ),
    (
        re.compile(r"(?:比例|比重|占比|强度|增速|增长率|失业率|覆盖率|普及率)[^,，。]{0,10}(?:多少|几)"),
        _SHARE,
    ),
    (re.compile(r"第几"), re.compile(r"第[\d一二三四五六七八九十首]|首位|\d强|\d位")),
    (re.compile(r"微克"), re.compile(r"微克|μg")),
    (re.compile(r"哪一?[年月天]|何年|什么时候|何时|几时|几月|几号"), _DATE),
    (re.compile(r"电话|联系方式"), re.compile(r"\d{7,}|\d{3,4}-\d{7,8}")),
    (re.compile(r"截止(?:日期|时间)"), re.compile(r"截止|截至|止于")),
    (re.compile(r"邮箱|网址|网站"), re.compile(r"@|www|http")),
)
_ALIKE_CLASSIFIERS = (
    "家个户所",
    "人名位",
    "项个条件种",
    "届次",
    "张",
    "套",
    "座处",
    "公里",
    "辆台",
    "场",
    "支",
)
_COUNTED = re.compile(r"(?:多少|(?<!哪)几)(公里|个(?!百分)|[家户所人名位项条件种届次张套座处辆台场支])")
_OTHERWISE_ASKED = re.compile(r"怎么|怎样|如何|什么|啥|哪|咋")
_NONE = r"无一|没有|尚无|为零"
_ASKS_WHEN = re.compile(r"哪一?[年月天]|何年|何时|什么时候|几时|几月|几号")


def lacks_form(part: str, text: str) -> bool:
    """Tell whether a text lacks the form of fact that a part of a question asks for.

    Args:
        part: a part of a question, folded.
        text: what may answer it, folded.
    """
    forms = [held for asked, held in _FORMS if asked.search(part)]
    counted = _counted(part)
    wanted = forms if counted is None else [*forms, counted]
    # Of several things asked for, a sentence need not tell all.
    return bool(wanted) and not any(form.search(text) for form in wanted)


def asks_amount(part: str) -> bool:
    """Tell whether a part asks for an amount in a certain unit, of which sources may give several."""
    return bool(re.search(r"多少(?:万|亿|万亿)?元|多少钱|多少(?:亩|公顷|平方)", part))


def asks_when(part: str) -> bool:
    """Tell whether a part of a question asks for a time."""
    return _ASKS_WHEN.search(part) is not None


def _counted(part: str) -> re.Pattern[str] | None:
    """Return what a count of the asked kind looks like: 多少家 wants 63家, a column (家), or 无一家."""
    match = _COUNTED.search(part)
    # 几 where something else is asked is only some: 几个区怎么分工.
    if match is None or (match.group().startswith("几") and _OTHERWISE_ASKED.search(part)):
        return None
    word = match.group(1)
    # 个 counts anything, people too.
    alike = "".join(group for group in _ALIKE_CLASSIFIERS if word in group or word == "个") or word
    unit = "公里" if word == "公里" else f"[{alike}]"
    return re.compile(
        rf"\d[余多]?(?:万|亿)?{unit}|[一二三四五六七八九十百千两]+[余多]?{unit}|\([^()]*{unit}[^()]*\)|{_NONE}"
    )
