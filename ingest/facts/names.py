"""What an indicator is called, and whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.table_units import is_unit
from vectorstore.gazetteer import looks_like_place, place_at_head

_REACHES = (
    r"力争|争取|力求|确保|预计|预期|有望|达到了|达到|突破了|突破|超过了|超过|超|达|为|是|实现|完成|占到|占|增长到|提高到|提高至|提升到|提升至|上升到|上升至|"
    r"增加到|增加至|增长至|增至|升至|降至|降到|下降到|下降至|减少到|压缩到|压缩至|缩短到|缩短至|扩大到|扩大至|发展到|控制在|保持在|稳定在|维持在|"
    r"不低于|不少于|不超过|不高于|不小于|不大于|至少|最高|最低|已接近|接近|将近|将|已经|已|约|近|逾|仅为|仅有|仅|只有|共有|共|合计|总计|"
    r"由|从|累计|首次|基本|分别|均|各|人民币|每立方米|每人(?:每[月年次])?|每[月年户]|每|刚过?|不足|不到|不满|有|在|到|至|的|约为|安排|需要?|[≥≧＞>≤≦＜<≈±:：\s]"
)
_LONGEST_END = 24
_END = re.compile(rf"(?:{_REACHES})+$")
# 保有率达到: only the last of the words that end so belongs to the name.
_KEPT_ENDS = re.compile(r"(?:享有|占有|拥有|保有|持有|国有|所有|私有)$")
_START = re.compile(
    r"^(?:\d{1,2}[.、．](?!\d)|[\s”\"—\-–·•●*①-⑳]|[（(][一二三四五六七八九十\d]{1,3}[）)]|其中[，：:]?|同时|并且?|且|使得?|力争|争取|确保|预计|预期|有望|[到至](?=\s)|截至|截止|末|底|年(?![度初均产轻龄])|前|"
    r"基本(?=建成|形成|实现)|努力|积极|大力|带动|推动|促进|加快|着力|约|近|共有|共|拥有|现有|已有|实现|完成|达到|目前|当年|当期|全年|需要?|\d{1,2}月(?:[至—-]\d{1,2}月)?|时|后|了|以来|期间|我们|要|将|和|与|及|以及|由|从|的)+"
)
_OWN_REGION = re.compile(
    r"^(?:(?P<whole>[全我本][国省市区县州镇]))(?:的|内)?(?!性|民|面|产|局|体|部|重点|文明|百强|示范|一流|先进|优秀|科普)"
)
_OTHER_REGION = re.compile(r"^其他[县区市州镇街道（）、]{1,8}")
_PLACE = re.compile(
    r"^(?!新增|累计|引|获|建|培|支持|城|乡|占)[㐀-鿿]{2,8}?"
    r"(?:自治[区州县旗]|省|市|州|县|旗|街道|镇|高新区|经开区|开发区|新区|保税区|区)(?![域间别分位块级部属内外])"
)
_NO_ZONE = re.compile("[的全各家级类型]|国家|省|高新|技术|经济")
_BRACKETS = re.compile(r"[（(]([^（()）]*)[）)]")
_NORMAL = re.compile(r"[\s“”\"‘’「」《》]|[（(][^（()）]*[）)]")
# 第一产业实现增加值.
_INSIDE = re.compile(
    r"(?<=.)(?:实现|完成)(?:了)?(?=增加值|总?产值|营业收入|主营业务收入|销售|利润|税收|收入|投资)"
)
_SPANS = frozenset(("累计", "年均", "当年"))
_FOOT = re.compile(r"[①-⑳*※]|\[\d+\]$|^\d{1,2}[.、．]\s*")
# A name that says nothing without its heading.
_GENERIC = re.compile(r"^(?:产业|总|行业)?(?:规模|产值|总产值|总规模|营业收入|收入|增加值|企业)$")
_HEADING = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?\s*)+|^第[一二三四五六七八九十百\d]+[章节条编]\s*"
)
_NO_SUBJECT = re.compile(
    "目标|基础|现状|形势|要求|成就|问题|思路|任务|指标|保障|总则|附则|定位|原则|措施|概况|背景"
)


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name.

    Attributes:
        written: as the document says it, without region, verb and unit.
        region: the region as it is named, such as 望汀区 or 全市; "" where none is.
    """

    written: str
    region: str = ""

    def normal(self, section: tuple[str, ...], topic: str = "") -> str:
        """The name for comparing; one that says nothing by itself takes its topic or that of its heading."""
        plain = _INSIDE.sub("", _NORMAL.sub("", self.written))
        if not _GENERIC.match(plain):
            return plain
        if topic:
            return topic + (plain.removeprefix("产业") if topic.endswith("产业") else plain)
        if not section:
            return plain
        subject = _HEADING.sub("", _NORMAL.sub("", section[-1]))
        return subject + plain if 2 <= len(subject) <= 12 and not _NO_SUBJECT.search(subject) else plain


def name_in(words: str) -> Name | None:
    """Read the name out of the words in front of a figure; None where they hold none.

    Args:
        words: the clause up to the figure, years left out.
    """
    end = _END.search(words, max(0, len(words) - _LONGEST_END))
    if end and not _KEPT_ENDS.search(words):
        words = words[: end.start()]
    words = words.strip()
    while (stripped := _START.sub("", words)) != words:
        words = stripped
    region, words = _region(words)
    words = _START.sub("", words).strip("，,；;。、：: ")
    return Name(words, region) if words or region else None


def name_of_row(cell: str) -> tuple[Name, str]:
    """Read the name and the unit out of the cell that names a row or a column: 产业规模（亿元）."""
    words = _FOOT.sub("", re.sub(r"\s+", "", cell))
    unit = ""
    for found in _BRACKETS.finditer(words):
        # （户，累计）.
        inside, *beside = re.split("[，,、]", found.group(1))
        if is_unit(inside) and _SPANS.issuperset(beside):
            unit = inside
            words = words[: found.start()] + words[found.end() :]
            break
    region, rest = _region(words)
    return Name(rest or words, region if rest else ""), unit


def _region(words: str) -> tuple[str, str]:
    """The region that words open with, "" for the document's own, and what follows it."""
    own = _OWN_REGION.match(words)
    if own:
        return own["whole"], words[own.end() :]
    other = _OTHER_REGION.match(words)
    if other:
        return other.group(0), words[other.end() :]
    place = _PLACE.match(words)
    if place and (_is_place(place.group(0))):
        return place.group(0), words[place.end() :].removeprefix("的")
    return "", words


@lru_cache(maxsize=4096)
def _is_place(words: str) -> bool:
    if looks_like_place(words):
        return True
    head = place_at_head(words)
    if head and head.end == len(words):
        return True
    # 海岬高新区: what stands before the kind of zone is a name and not an everyday word.
    zone = re.fullmatch(r"([㐀-鿿]{2,6})(?:高新区|经开区|开发区|新区|保税区)", words)
    return zone is not None and not _NO_ZONE.search(zone.group(1))
