"""What a question asks of documents themselves: standing, period, issuer, date, number, first day."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.understanding.endings import ending_asked

_ISSUES = r"(?:发布|印发|制定|编制?|起草|出台|发)"
# The kinds of official papers (党政机关公文处理工作条例, 2012), and what regulations and plans are called.
_DOCUMENT = (
    r"(?:规划|纲要|办法|措施|意见|通知|通告|通报|公报|公告|条例|细则|方案|政策|文件|规定|决定|决议|批复|纪要|"
    r"\d号(?!线)|》)"
)
_VERB = r"(?:出台|公布|通过|批准|批复|印发|发布|施行|实施|生效|执行)"
_WHEN = r"(?:[什啥]么?时候|何时|哪一?[年天]|几时|几月几?[日号]?)"
PERIOD = re.compile(r"哪几年|期限|规划期|管到|什么时候到期|多久|起止")
ISSUER = re.compile(
    rf"谁{_ISSUES}|哪个(?:部门|单位|机关){_ISSUES}|发文(?:机关|单位)|发布(?:机构|单位|机关)|落款单位"
)
DATE = re.compile(
    rf"(?:{_WHEN}|日期).{{0,6}}(?:发布|印发|出台|成文)|(?:发布|印发|出台|成文|落款|发文).{{0,4}}(?:时间|日期)"
)
NUMBER = re.compile(r"(?<!批准)文号(?!有?多少)|发文字号|几号文")
EFFECTIVE = re.compile(
    rf"{_DOCUMENT}[自从]?{_WHEN}[^,，。?]{{0,4}}(?:施行|生效|实施|执行)|{_DOCUMENT}的?(?:施行|生效)(?:日期|时间)"
)
UNTIL = re.compile(
    rf"{_DOCUMENT}(?:的?有效期|管(?:到|哪几年)|[会将]?{_WHEN}[会才就]?(?:到期|失效|作废|期满|届满))"
)
STANDING = re.compile(
    rf"{_DOCUMENT}.{{0,3}}(?:正式|已经?)?{_VERB}了(?:吗|没有?|么)|"
    rf"{_DOCUMENT}.{{0,3}}(?:有没有|是否|是不是)(?:正式|已经?)?{_VERB}|"
    r"[能可].{0,6}(?:当成?|作为|用作|做).{0,6}(?:依据|引用|参考)|(?:能不能|能|可以)(?:被|直接)?引用|"
    r"当.{0,6}(?:政策|依据).{0,4}引用|还(?:能|可以)用|(?:能|可以)用吗|管用|正式(?:印发|发布|出台|文件)|"
    r"(?:还|仍|是否|是不是|现行)有效|有效[吗么]|(?:废止|失效|作废|过期|到期)(?:了|[吗么]|没有?)|什么性质|"
    r"是(?:不是)?.{0,4}(?:政策文件|正式文件)|[是算]不?[是算]?(?:政策|文件|新闻|文章|现行|草案|征求意见稿?)[吗么的?]"
)
_TERM = re.compile(r"管哪几年|规划期(?![末间内初中])|管到哪|哪一?年(?:到期|期满|届满|结束|为止)|期限是")
WHICH = re.compile(
    r"哪[些几](?:[份个]?(?:资料|文件|文档|规划|政策))?[^,，。?]{0,6}"
    r"(?:(?P<over>过期|失效|到期|期满|届满)|(?P<repealed>废止|被替代|作废)|(?P<draft>征求意见稿?|草案|没有?(?:正式)?印发)|"
    r"(?P<valid>现行|有效|能用|管用)|(?P<news>新闻|文章|不是政策))"
    # 哪些有效措施 asks for measures, not for documents.
    r"(?=的?(?:文件|资料|文档|规划|政策)?[了吗呢的]*(?:[,，。?]|$))"
)


# What a person or a firm holds runs out by itself: 许可证快到期了.
_HELD = re.compile(
    rf"(?:证书?|许可|执照|牌照|合同|资格|资质|保险)(?:(?!{_DOCUMENT})[^,，。?]){{0,4}}(?:过期|到期|失效|作废|期满|届满)"
)
_TITLE = re.compile(r"《[^?？]*》")
_ASKED = (WHICH, ISSUER, DATE, STANDING, _TERM, EFFECTIVE, UNTIL)


def untitled(folded: str, titles: Iterable[str] = ()) -> str:
    """Return a folded question with bare marks in place of titles: what these say is not asked.

    Args:
        folded: the question.
        titles: those of documents that it names, with marks or without.
    """
    for title in titles:
        folded = folded.replace(title, "《》")
    return _TITLE.sub("《》", folded)


def words_of_documents(folded: str) -> str:
    """Return the words of a folded question by which it asks what documents are: 还有效吗."""
    found = (found.group() for pattern in (*_ASKED, NUMBER) for found in pattern.finditer(folded))
    return " ".join((ending_asked(folded), *found))


def asks_of_documents(folded: str) -> bool:
    """Return whether a folded question asks what documents are, not what they say."""
    folded = _HELD.sub("", folded)
    return (
        bool(ending_asked(folded))
        or any(pattern.search(folded) for pattern in _ASKED)
        or _asked_of_document(NUMBER, folded)
    )


def asks_origin(folded: str) -> bool:
    """Return whether a folded question asks a document's issuer, days or number; 谁发布预警 asks of none.

    From when one applies is asked of it alone where it is named: other sentences may tell of a measure's.
    """
    of_document = _asked_of_document(ISSUER, folded) or _asked_of_document(NUMBER, folded)
    named = "》" in folded and EFFECTIVE.search(folded) is not None
    return of_document or named or DATE.search(folded) is not None


def _asked_of_document(pattern: re.Pattern[str], folded: str) -> bool:
    """Return whether something is asked in a folded question that speaks of a document."""
    return pattern.search(folded) is not None and re.search(_DOCUMENT, folded) is not None
