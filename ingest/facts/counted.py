"""What is counted or earned, where its name stands behind the figure: 形成1家产值超50亿元的企业."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts.figures import Figure
from ingest.facts.names import Name, name_in
from vectorstore.units import COUNT, MONEY, PEOPLE

_VERB = re.compile(
    r"(?:新增|新建|建成|建设|培育|引进|集聚|形成|拥有|打造|创建|新?获批|开通|布局|建立|推动|引育|设立|改造|完成|"
    r"实施|开展|举办|整治|治理|组织)$"
)
_BOUNDS = re.compile(r"(?:约|近|超过|不少于|至少|力争|累计|\s)+$")
# 实现60亿元销售收入.
_EARNS = re.compile(r"(?:实现|完成|创造|达成)\s*$")
_EARNED = re.compile(
    r"\s*(?:的)?([㐀-鿿]{0,10}(?:收入|产值|投资|利润|税收|增加值|销售额|总额))(?=[，,；;。、）)]|$)"
)
# 在两谷各建设1个: not how many there are.
_EACH = re.compile(r"(?:各|每[㐀-鿿]{0,4}?)(?:至少)?(?:新?建[设成]?|设立|布局|培育|打造|形成)\s*$")
_NOUN = re.compile(r"\s*(?:的)?(?![省市县区镇乡村](?!级))([^，,；;。、：:（）()！？]{2,30})")
_KEPT_VERB = re.compile("新增|新建|新获批|累计")
# 高新技术企业15家 研发机构20家: the blank that parted them is gone once the text is clean.
_PARTED = re.compile(r"\s*(?!的)[㐀-鿿]{2,12}\d[\d,.]*\s*万?[家个项户座处条人名]")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts.

    Attributes:
        name: as the words behind the figure say it.
        end: where they end, in characters of those words.
    """

    name: Name
    end: int


def parted(figure: Figure, words: str, tail: str) -> bool:
    """Whether what follows a figure is the name of the next one, as its own stands in front of it."""
    plain = figure.kind in (COUNT, PEOPLE) and not figure.comparator and len(words.strip()) > 1
    return bool(plain and _PARTED.match(tail) and not _VERB.search(_BOUNDS.sub("", words)))


def counted(figure: Figure, words: str, tail: str, *, follows: bool) -> Counted | None:
    """Read what a figure counts; None where the words behind it do not say.

    Args:
        figure: it.
        words: the clause in front of it.
        tail: the sentence behind it.
        follows: whether it may stand at the head of its clause, for one before it did.
    """
    if figure.kind == MONEY and (earned := _EARNED.match(tail)) and _EARNS.search(words):
        return Counted(Name(earned.group(1)), earned.end())
    verb = _VERB.search(_BOUNDS.sub("", words))
    if figure.kind not in (COUNT, PEOPLE) or figure.unit == "次" or _EACH.search(words):
        return None
    noun = _NOUN.match(tail) if verb or (follows and not words.strip()) else None
    if not noun:
        return None
    kept = _KEPT_VERB.search(verb.group(0)) if verb else None
    name = name_in(f"{kept.group(0) if kept else ''}{noun.group(1)}")
    return Counted(name, noun.end()) if name and name.written else None
