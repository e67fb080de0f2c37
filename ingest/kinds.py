"""What form of writing a document has: by its own label, its title, its official head, its byline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.script import simplified
from ingest.standing import is_formal
from vectorstore.types import DocumentKind

NOT_POLICY = frozenset({DocumentKind.INTERPRETATION, DocumentKind.NEWS, DocumentKind.ARTICLE})
BYLINE = re.compile(
    r"文\s*[/／]|(?:本报|本報)?(?:记者|記者|通讯员|通訊員)[：:\s]|本报讯|本報訊|新华社.{2,12}电|"
    r"(?:作者|来源|來源|素材来源|素材來源|稿源)\s*[：:]"
)
# The word a title ends with; what stands in brackets behind it is of no account.
_ENDINGS = (
    (DocumentKind.PLAN, re.compile(r"(?:规划|纲要|计划|方案|要点|路线图)$")),
    (
        DocumentKind.MEASURE,
        re.compile(
            r"(?:措施|办法|意见|细则|规定|政策|规则|指引|指南|规程|准则|制度|章程|规范|[一二三四五六七八九十\d]条)$"
        ),
    ),
    (DocumentKind.NOTICE, re.compile(r"(?:通知|通告|公告|通报|公示)$")),
    (DocumentKind.LAW, re.compile(r"(?:条例|^中华人民共和国.{1,30}法|法规|规章|法律)$")),
    (
        DocumentKind.INTERPRETATION,
        re.compile(r"(?:解读|图解|一图读懂|问答|答记者问|解答|(?:政策|起草|编制|修订|[的》])说明)$"),
    ),
    (DocumentKind.NEWS, re.compile(r"(?:新闻|动态|要闻|报道|快讯|简讯)$")),
    (DocumentKind.ARTICLE, re.compile(r"(?:文章|评论|随笔|述评|综述)$")),
)
_BEHIND = re.compile(r"(?:\s*[（(〔\[][^（）()〔〕]{1,40}[）)〕\]])+$|[》”\"]+$")
_EXPLAINS = re.compile(r"解读|一图读懂|图解|答记者问|问答")
_EXPLAINS_FIRST = re.compile(r"^(?:一图读懂|图解|.{0,8}解读\s*(?:[丨|｜:：《—]|之|$))")
_ISSUES = re.compile(r"(?:印发|发布|公布|颁布|转发|批转)(.{4,})的(?:通知|公告|通告|决定)$")
_QUOTED = re.compile(r"《([^《》]+(?:《[^《》]+》[^《》]*)?)》")
_LABEL = re.compile(r"(?:体裁|文种|公文种类|公文类型|文件类型|文件种类|信息类型)\s*[:：]\s*(\S{2,12})")
# The head of an official letter of Taiwan.
_LETTER = re.compile(r"^\S{2,20}(?:政府|院|部|会|局|处|署|所)\S{0,10}\s*(?:函|书函|公告|令)$")
_LETTER_LINES = 3
_ORDER = re.compile(r"(?:人民政府|部|委员会|总局|国务院|主席)令(?:\s*第.{1,12}号)?$")
_CONGRESS = re.compile(r"[（(].{0,60}人民代表大会.{0,60}(?:通过|批准|修正|修订)|人民代表大会常务委员会公告")
_REPORTER = re.compile(r"(?:记者|通讯员)[：:\s]|本报讯|新华社.{2,12}电")
_AUTHOR = re.compile(r"文\s*[/／]|作者\s*[：:]\s*(?!来源)\S|[（(]\s*作者(?:系|为|单位|简介)")
_NEWSPAPER = re.compile(r"(?:来源|稿源)\s*[：:]\s*\S{0,12}(?:报|新闻网?|新华社|电视台|融媒体)")
_DATELINE = re.compile(
    r"(?:本[报報]|本[网網]|新[华華]社)|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[上下]午|晚上?)?，|(?:近日|日前|昨日|昨天|今天|今日)，?"
)
# No official title goes without 关于 where it tells what somebody did.
_HEADLINE = re.compile(r"(?!.*关于)[^《》]{2,14}(?:出台|印发|发布|公布|推出|启动|通过|获批)")
_HEARSAY = re.compile(r"[据據](?:介绍|介紹|悉|了解)|告诉记者|告訴記者")


def kind_of(title: str, front: Sequence[str], lines: Sequence[str], number: str) -> DocumentKind:
    """Tell the kind of a document.

    A notice that issues something counts as what it issues: 关于印发某规划的通知 is a plan. A reporter's
    byline or the opening of a report tells news, whatever the headline ends with, unless there is a number.

    Args:
        title: its title.
        front: the lines above its body.
        lines: all its lines.
        number: its document number, or "".

    Returns:
        The kind; UNKNOWN where it does not say.
    """
    title = simplified(title)
    head = [simplified(line) for line in front]
    for line in head:
        labelled = _LABEL.match(line)
        if labelled and (kind := kind_named(labelled.group(1))):
            return kind
    kind = _kind_of_title(title)
    if kind is DocumentKind.INTERPRETATION:
        return kind
    reported = _kind_of_report(title, [*head, *map(simplified, lines[-2:])], lines)
    if reported and not number:
        return reported
    if kind in (DocumentKind.MEASURE, DocumentKind.UNKNOWN) and _is_enacted(head):
        return DocumentKind.LAW
    if kind is DocumentKind.UNKNOWN and _any(_LETTER, head[:_LETTER_LINES]):
        return DocumentKind.NOTICE
    return kind


def kind_named(words: str) -> DocumentKind:
    """Return the kind that a label or a column of a record means: 政策解读, 地方性法规, notice."""
    words = simplified(words).strip()
    known = {kind.value: kind for kind in DocumentKind} | {kind.label: kind for kind in DocumentKind}
    return known.get(words.lower()) or _ending(words)


def _kind_of_title(title: str) -> DocumentKind:
    title = _BEHIND.sub("", title) if title.endswith(("）", ")", "〕", "]")) else title
    outer = _QUOTED.sub("", title)
    issued = _ISSUES.search(title)
    if issued:
        quoted = _QUOTED.findall(issued.group(1))
        return _ending(quoted[0] if quoted else issued.group(1)) or DocumentKind.NOTICE
    ending = _ending(title)
    explains = _EXPLAINS.search(outer) and not _ending(outer)
    if explains or _EXPLAINS_FIRST.search(outer):
        return DocumentKind.INTERPRETATION
    # A headline that ends with another document's title is none of its kind.
    return ending if not outer or not title.endswith("》") else _ending(outer)


def _ending(words: str) -> DocumentKind:
    previous = ""
    while words != previous:
        previous, words = words, _BEHIND.sub("", words).strip()
    return next((kind for kind, ending in _ENDINGS if ending.search(words)), DocumentKind.UNKNOWN)


def _kind_of_report(title: str, marks: Sequence[str], lines: Sequence[str]) -> DocumentKind:
    """News or an article by its byline, its opening and its way of telling; UNKNOWN where none says so."""
    if _any(_REPORTER, marks):
        return DocumentKind.NEWS
    if is_formal(title) and not _HEADLINE.match(title):
        return DocumentKind.UNKNOWN
    if _any(_AUTHOR, marks):
        return DocumentKind.ARTICLE
    signed = _any(BYLINE, marks)
    opening = next((line for line in lines if line.endswith("。")), "")
    if _any(_NEWSPAPER, marks) or _DATELINE.match(opening) or (signed and _any(_HEARSAY, lines)):
        return DocumentKind.NEWS
    return DocumentKind.ARTICLE if signed else DocumentKind.UNKNOWN


def _any(mark: re.Pattern[str], lines: Sequence[str]) -> bool:
    return any(mark.search(line) for line in lines)


def _is_enacted(head: Sequence[str]) -> bool:
    """Whether a congress adopted it, or an order of a government puts it into force."""
    return _any(_CONGRESS, head) or _any(_ORDER, head)
