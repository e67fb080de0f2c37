"""The form of fact that a question wants, and whether a text has it."""

from __future__ import annotations

import re

from vectorstore.segmentation import tagged, tokens

YEAR_NAMED = (
    r"(?<![\d.])((?:19|20)\d{2})"
    r"(?!\d|[.,]\d|[万亿千百元家户名个座亩米吨套台辆条项件次岁度%‰]|公[里顷斤]|平方|立方|人[次,。;])"
)
"""The pattern of a year in folded text, one group; 2094.4 and 2000元 are none."""
_YEARS = re.compile(rf"{YEAR_NAMED}|(?<![\d.])(1[0-3]\d)(?=年(?:度|\d{{1,2}}月))")
MINGUO = 1911
"""The year before the first of the Republic, which Taiwan counts from."""
_COUNT = r"[\d一二三四五六七八九十百千万亿两]"
_FIGURE = re.compile(rf"\d|{_COUNT}+(?:[个家项条年亩所人名成倍天周元种类只]|分之)")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_ROC = re.compile(r"1[0-3]\d年度?")
_DATE = re.compile(
    r"\d+月|\d+日|(?:19|20)\d{2}年|季度|\d+天|年[底末初]|之日|[一二三四五六七八九十]+[日天年月]"
)
_BODY = re.compile(r"[局委厅院部署长会]|大学|办公室|公司|集团|中心|政府|银行|部门|领导|小组|主任|书记")
_FORMS: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "number": (re.compile(r"多少|(?<!哪)几(?!乎)|多[大高长]|第几|占比|比例"), _FIGURE),
    "time": (
        re.compile(r"哪一?[年月天日]|何时|什么时[候间]|[几多]久|几[时月号]|期限|日期|截止|哪几年"),
        _DATE,
    ),
    "body": (re.compile(r"谁|哪一?[个家]?(?:部门|单位|机关|机构|企业|公司)|哪家"), _BODY),
    "person": (
        re.compile(
            r"姓[什甚]么|姓名|(?:长|主任|书记|主席|经理|委员|代表|领导|联系人|承办人|召集人|嫌疑人)[^,。?]{0,2}(?:谁|哪一?位|叫什么)"
        ),
        re.compile(r"[市县区镇乡省州局厅院校处科部组会]长|秘书长|主任|书记|主席|经理|董事|同志|先生|女士"),
    ),
    "list": (
        re.compile(r"哪[些几一二三四五六七八九十两]|包括|有什么|分别|组成|构成"),
        re.compile(r"[、;].*[、;]"),
    ),
    "goal": (
        re.compile(r"目标|力争|规划到|计划到|要达到"),
        re.compile(r"到(?:19|20)\d{2}年|力争|争取|目标|预期|末期?,|(?:19|20)\d{2}年\d"),
    ),
    "actual": (
        re.compile(r"实际|完成了|首次(?:突破|超过|达到)|已经?(?:达到|完成|实现)|现状|现有"),
        re.compile(r"完成|已|实现|达到了|首次|同比|末,|增长|无一|没有"),
    ),
    "contact": (re.compile(r"电话|邮箱|联系方式|网址"), re.compile(r"\d{7,}|\d{3,4}-\d{7,8}|@|www|http")),
    "money": (
        re.compile(r"多少(?:万|亿)*元|多少钱|(?:金额|奖励|补助|补贴|资助)[^,。]{0,6}多少"),
        re.compile(r"元|\d(?:万|亿)|%"),
    ),
    "share": (
        re.compile(r"(?:比例|比重|占比|增速|增长率|[^效]率)[^,。]{0,8}(?:多少|几)"),
        re.compile(r"%|百分之|成|倍|\d/\d|分之"),
    ),
}
_UNIT = re.compile(
    r"(?:多少|(?<!哪)几)(?:万|亿)?(个百分点|平方米|平方公里|公里|工作日|微克|[家户所人名位项个条件种届次张套座台场支天年月日元亩吨岁级类倍])"
)
# 个 counts anything; 家 and 户, 人 and 名 count the same; days may be working days.
_ALIKE = ("家个户所", "人名位个", "项个条件种", "届次", "座处个", "天日")
_FOCUS = re.compile(
    r"([一-鿿a-z&]{2,6})(?:的?(?:标准|目标|数量|总数|指标值?))?[是有为达到共要在会能]*(?:多少|几|什么|哪|如何|怎)"
)

_NUMBERED = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?(?:号线?|条|期|届|类|级|[a-z])?|[一二三四五六七八九十]+(?:类|级|期|号线|届|等)"
)
_ASKS_WHAT = re.compile(
    r"(?:具体|主要|分别|都|又)?(?:是|指|为|叫|在|由|包括|包含|有|分为)(?:的是)?(?:什么|哪|谁|啥|多少|几|怎|何)|什么意思|如何定义|的定义|怎么理解"
)
_DEFINING = re.compile(r"^[\"”')]*(?:主要|具体|分别|均|应当|应|的)*(?:[:：\-—]|是|指|为|即|包括|由|有|在|分)")
_TERM_CHARS = (2, 12)


def numbers_in(folded: str) -> tuple[str, ...]:
    """Return what a folded text numbers, years left out: 3号线, 4a, 二类."""
    return tuple(_NUMBERED.findall(_ROC.sub("", _YEAR.sub("", folded))))


def defined_in(folded: str) -> tuple[str, ...]:
    """Return what a folded question asks to be told of: 三基地 of 其中的三基地是哪三个."""
    clauses = (re.split(r"[,。?!;\"“”]", folded[: match.start()]) for match in _ASKS_WHAT.finditer(folded))
    before = (next((clause for clause in reversed(parts) if clause), "") for parts in clauses)
    return tuple(filter(None, before))


def defines(term: str, folded: str) -> bool:
    """Return whether a folded text goes on to say what a term, or the end of it, is: 三基地：, 三基地包括."""
    least, most = _TERM_CHARS
    return any(
        _DEFINING.match(folded[at + length :])
        for length in range(min(len(term), most), least - 1, -1)
        for at in [folded.find(term[-length:])]
        if at >= 0
    )


def answer_types_of(folded: str) -> frozenset[str]:
    """Return the names of the forms that a folded question wants: number, time, body, list …"""
    return frozenset(name for name, (asked, _) in _FORMS.items() if asked.search(folded))


def has_answer_type(name: str, folded: str) -> bool:
    """Return whether a folded text has a form; a year alone is no number."""
    read = _YEAR.sub("", folded) if name in ("number", "money") else folded
    # Names to the dictionary, which takes some words that it lacks for such; surnames alone are none.
    named = name == "person" and any(kind.startswith("nr") and len(word) > 1 for word, kind in tagged(folded))
    return named or _FORMS[name][1].search(read) is not None


def unit_pattern(folded: str) -> re.Pattern[str] | None:
    """Return what a figure in the unit asked for looks like: 多少家 wants 63家 or (家)."""
    asked = _UNIT.search(folded)
    if asked is None:
        return None
    unit = asked[1]
    alike = "".join(group for group in _ALIKE if unit in group)
    days = "(?:个?工作)?" if unit in "天日" else ""
    units = days + (f"[{alike}]" if alike else re.escape(unit))
    return re.compile(rf"{_COUNT}[余多]?(?:万|亿)?{units}|\([^()]*{units}[^()]*\)")


def focus_of(folded: str) -> frozenset[str]:
    """Return the tokens of the words right before what asks: 规模目标 of 产业规模目标是多少."""
    return frozenset(token for match in _FOCUS.finditer(folded) for token in tokens(match[1]))


def years_in(folded: str) -> frozenset[int]:
    """Return the years that a folded text names, 113年度 of the Republic too."""
    return frozenset(int(year) if year else MINGUO + int(roc) for year, roc in _YEARS.findall(folded))
