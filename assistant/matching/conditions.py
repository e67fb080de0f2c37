"""What a measure asks of whoever applies, one condition for each clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from vectorstore.facts import Measure
from vectorstore.quantities import Bound, Quantity, quantities
from vectorstore.segmentation import fold
from vectorstore.units import YEAR

_LEADING = re.compile(r"^(?:其中|凡是?|对于?)+[,，]?")
_BELONGS = re.compile("^(?:属于)+")
# 在本市转化的1类创新药，完成Ⅱ期临床试验的: what is asked besides stands behind who is meant.
_BESIDES = re.compile(r"(?P<who>.*的[^的，,]+)(?P<asked>[，,].+)的")
_JOINTS = re.compile(r"且|并且?(?!购)|同时|，|,|；")
# 上一年度的研发费用, 企业的年产值: whose a number is or of when, and no condition of its own.
_ATTRIBUTE = re.compile(r"^.{0,3}$|(?:年|年度|季度|月|时|期|企业|单位|机构|项目|平台|人才|个人)$")
# 年产值首次突破: the name of what is measured, without the verb before its figure.
_VERB = re.compile(r"(?:首次|累计|年度)?(?:突破|超过|达到|不低于|不少于|不超过|高于|低于|在|为)?$")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound on a number that an applicant has.

    Attributes:
        name: what is measured, such as 年产值.
        most: whether it is the most allowed, not the least wanted.
        value: in the base unit.
        unit: the base unit.
        told: the bound as written, such as 10亿元.
    """

    name: str
    most: bool
    value: Decimal
    unit: str
    told: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause that must hold, or must not.

    Attributes:
        text: as written.
        threshold: the bound where it is one on a number.
        excludes: whether whoever meets it gets nothing.
        is_subject: whether it says who or what qualifies, as 高新技术企业.
        of: who or what it is said of where its own words may be of many: 首次通过认定 of a 高新技术企业.
    """

    text: str
    threshold: Threshold | None = None
    excludes: bool = False
    is_subject: bool = False
    of: str = ""

    @property
    def asked(self) -> str:
        """The words that ask for it."""
        if self.threshold:
            return f"{self.of}：{self.threshold.name}" if self.of else self.threshold.name
        return f"{self.text}的{self.of}" if self.of else self.text

    @property
    def key(self) -> str:
        """What is asked of the applicant: one for one wording, and for all bounds of a number."""
        return _folded(_BELONGS.sub("", self.asked))


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    # The same clauses are held against every applicant anew.
    return fold(text)


def conditions_of(measure: Measure) -> tuple[Condition, ...]:
    """Return the conditions of a measure, those of its clauses first, then who or what qualifies."""
    who = _LEADING.sub("", measure.who.strip())
    if measure.excluded:
        return (Condition(who.removesuffix("的"), excludes=True),) if who else ()
    besides = _BESIDES.fullmatch(who)
    clauses, joint, subject = (besides["who"] if besides else who).rpartition("的")
    if not joint:
        clauses, subject = "", who
    clauses += besides["asked"] if besides else ""
    found = [_condition(part.strip(), subject) for part in _JOINTS.split(clauses) if part.strip()]
    if subject:
        found.append(Condition(_BELONGS.sub("", subject), is_subject=True))
    return tuple(found)


def _condition(clause: str, subject: str) -> Condition:
    bounds = [one for one in quantities(clause) if one.kind != YEAR and one.unit and _is_bound(clause, one)]
    if not bounds:
        return Condition(clause, of=subject)
    # Of 10亿元、30亿元、50亿元 the first step is what qualifies.
    first = bounds[0]
    name = _VERB.sub("", clause[: first.start]).rstrip("（(")
    if len(name) < 2:
        return Condition(clause, of=subject)
    # 企业引进的年薪50万元以上的人才: the number is asked of 企业引进的人才.
    before, _, measured = name.rpartition("的")
    of = ""
    if subject and before and len(measured) > 1 and not _ATTRIBUTE.search(before):
        name, of = measured, f"{before}的{subject}"
    most = first.bound is Bound.AT_MOST
    told = clause[first.start : first.end]
    return Condition(clause, Threshold(name, most, first.value, first.unit, told), of=of)


def _is_bound(clause: str, quantity: Quantity) -> bool:
    before = clause[: quantity.start]
    verb = _VERB.search(before)
    return quantity.bound in (Bound.AT_LEAST, Bound.AT_MOST) or bool(verb and verb.group())
