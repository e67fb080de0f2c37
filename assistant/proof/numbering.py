"""Ordinals, document numbers and codes: 第35个, 第49号, 青政发〔2026〕3号, Z135050000024."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.proof.faults import Fault
from vectorstore.numerals import FIGURE, numeral

_UNITS = "个号次届批期条款章节项轮类名位档部步季"
_ORDINAL = re.compile(rf"第(\d+|{FIGURE})([{_UNITS}])")
# 位列第五: a place among others.
_RANK = re.compile(rf"(?:列|居|名|排)(?:在|为|全[国省市区]|[一-鿿]{{2}})?第(\d+|{FIGURE})(?![{_UNITS}])")
# The number of a paper, of whatever kind: 56号文件.
_PAPER = re.compile(r"(?<![\d〕）\])】第])(\d+)号(?=文|公告|通知|令)")
_FIRST = re.compile("首([个次届批期])")
# The brackets of document numbers are written in many ways.
_NUMBER = re.compile(r"([一-鿿]*)[〔\[(（【](\d{4})[〕\])）】]第?(\d+)号")
_THING = 3
_CODE = re.compile(r"(?<![a-z0-9])[a-z]+-?\d[a-z0-9-]*|(?<![a-z0-9.])\d+[ab](?![a-z0-9])")


def numbering_faults(plain: str, said: str) -> Iterator[Fault]:
    """Yield a fault for each ordinal, document number and code that the sources have otherwise or not at all.

    An ordinal that the sources do not speak of at all is no fault: passages seldom repeat the number of
    their article.

    Args:
        plain: the folded sentence.
        said: all that its sources say, folded and without blanks.
    """
    ours = _ordinals(plain)
    theirs = _ordinals(said) | {(Decimal(1), match[1]): match.group() for match in _FIRST.finditer(said)}
    for (value, unit), written in ours.items():
        rivals = [other for key, other in theirs.items() if key[1] == unit]
        if (value, unit) not in theirs and rivals:
            # What the sentence has besides, the sources do not have in this one's place.
            left = [other for other in rivals if other not in ours.values()] or rivals
            yield Fault(f"资料中为“{'、'.join(left)}”，不是“{written}”", contradicted=True)
    yield from _of_other_things(plain, said)
    for pattern in (_RANK, _PAPER):
        told = [match[1] for match in pattern.finditer(said)]
        for match in pattern.finditer(plain):
            if told and numeral(match[1]) not in map(numeral, told):
                yield Fault(f"资料中为“{told[0]}”，不是“{match[1]}”", contradicted=True)
    stated = _NUMBER.findall(said)
    for match in _NUMBER.finditer(plain):
        issuer, *number = match.groups()
        if not any(number == other and _same_issuer(issuer, one) for one, *other in stated):
            yield Fault(f"引用的资料中没有“{match.group()}”")
    yield from (Fault(f"引用的资料中没有“{code}”") for code in _CODE.findall(plain) if code not in said)


def _of_other_things(plain: str, said: str) -> Iterator[Fault]:
    """Yield a fault for each ordinal that the sources have of other things only: 第五届挑战赛, not 第三届."""
    for match in _ORDINAL.finditer(plain):
        thing = plain[match.end() : match.end() + _THING]
        if len(thing) < _THING or not thing.isalpha():
            continue
        others = [
            one for one in _ORDINAL.finditer(said) if one[2] == match[2] and said.startswith(thing, one.end())
        ]
        if others and all(numeral(one[1]) != numeral(match[1]) for one in others):
            yield Fault(
                f"资料中为“{others[0].group()}{thing}”，不是“{match.group()}{thing}”", contradicted=True
            )


def is_numbered(plain: str) -> bool:
    """Return whether a folded text holds an ordinal or the number of a document."""
    return bool(_ORDINAL.search(plain) or _NUMBER.search(plain))


def _ordinals(text: str) -> dict[tuple[Decimal, str], str]:
    return {(numeral(match[1]), match[2]): match.group() for match in _ORDINAL.finditer(text)}


def _same_issuer(one: str, other: str) -> bool:
    """Return whether the words before two document numbers name one issuer: 文号为青政发 and 青政发."""
    shorter, longer = sorted((one, other), key=len)
    return shorter in longer or (len(shorter) > 1 and longer[-2:] == shorter[-2:])
