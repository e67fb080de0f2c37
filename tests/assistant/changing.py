"""Sentences in which one thing was changed: a figure, a unit, a year, a bound or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import rjieba

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s*年|[—-])")
_FIGURE = re.compile(r"(?<![\d.A-Za-z〔（(])\d+(?:\.\d+)?(?![\d.A-Za-z])(?!\s*年|号|月|日|[—-]20|[)）])")
_UNITS = {
    "亿元": "万元",
    "万元": "亿元",
    "个百分点": "倍",
    "%": "个百分点",
    "平方公里": "平方米",
    "平方米": "平方公里",
    "万亩": "亩",
    "亩": "平方米",
    "公里": "米",
    "家": "万家",
    "个": "万个",
    "项": "万项",
    "人": "万人",
    "张": "万张",
}
_UNIT = re.compile(rf"(?<=\d)(?:\s*[余多])?\s*({'|'.join(_UNITS)})")
_BOUNDS = {
    "不低于": "不超过",
    "不少于": "不多于",
    "不超过": "不低于",
    "以上": "以下",
    "以内": "以上",
    "以下": "以上",
    "左右": "以上",
    "突破": "不足",
    "超过": "不足",
    "力争": "确保",
    "争取": "确保",
    "提高": "降低",
    "提升": "下降",
    "下降": "上升",
    "增长": "下降",
    "减少": "增加",
}
_QUOTED = re.compile(r"[“《]([^”》]{2,20})[”》]")
_OTHERS = ("广东", "江苏", "苏州", "青岛", "成都", "云岭")
_LISTED = re.compile(r"(?<=、)[一-鿿]{2,8}(?=、)")


def place_names(text: str) -> Iterator[tuple[int, str]]:
    """Yield the names of places in a text, each with where it begins."""
    start = 0
    for word, tag in rjieba.tag(text):
        if tag == "ns" and len(word) > 1:
            yield start, word
        start += len(word)


@dataclass(frozen=True)
class Pool:
    """Names to put in the place of others: places, what stands in quotation marks, what is listed."""

    places: Sequence[str]
    quoted: Sequence[str] = field(default=())
    listed: Sequence[str] = field(default=())

    @staticmethod
    def of(texts: Sequence[str]) -> Pool:
        """Return the names that stand in some texts, and some more places."""
        named = [name for text in texts for _, name in place_names(text)]
        return Pool(
            tuple(dict.fromkeys([*named, *_OTHERS])),
            tuple(dict.fromkeys(name for text in texts for name in _QUOTED.findall(text))),
            tuple(dict.fromkeys(name for text in texts for name in _LISTED.findall(text))),
        )


@dataclass(frozen=True)
class Changed:
    """A sentence that says something else than it did.

    Attributes:
        kind: what was changed.
        origin, text: the sentence as it was and as it is now.
        was, now: what was put in whose place.
    """

    kind: str
    origin: str
    text: str
    was: str
    now: str


def changes(sentence: str, pool: Pool) -> Iterator[Changed]:
    """Yield a sentence changed in one place, once for each place that can be changed."""
    for match in _FIGURE.finditer(sentence):
        yield _with(sentence, match.span(), "figure", _other_figure(match.group()))
    for match in _YEAR.finditer(sentence):
        yield _with(sentence, match.span(), "year", str(int(match.group()) + 1))
    for match in _UNIT.finditer(sentence):
        yield _with(sentence, match.span(1), "unit", _UNITS[match[1]])
    for match in re.finditer("|".join(_BOUNDS), sentence):
        yield _with(sentence, match.span(), "bound", _BOUNDS[match.group()])
    yield from _renamed(sentence, pool)


def _other_figure(figure: str) -> str:
    return str((int(figure[0]) + 3) % 9 + 1) + figure[1:]


def _renamed(sentence: str, pool: Pool) -> Iterator[Changed]:
    spans = [(start, start + len(name)) for start, name in place_names(sentence)]
    yield from _replaced(sentence, "name", spans, pool.places)
    quoted = [match.span(1) for match in _QUOTED.finditer(sentence)]
    yield from _replaced(sentence, "quoted", quoted, pool.quoted)
    listed = [match.span() for match in _LISTED.finditer(sentence)]
    yield from _replaced(sentence, "listed", listed, pool.listed)


def _replaced(
    sentence: str, kind: str, spans: Sequence[tuple[int, int]], names: Sequence[str]
) -> Iterator[Changed]:
    for start, end in spans:
        was = sentence[start:end]
        others = [name for name in names if name not in sentence and was not in name]
        if others:
            yield _with(sentence, (start, end), kind, others[(start * 7 + end) % len(others)])


def _with(sentence: str, span: tuple[int, int], kind: str, now: str) -> Changed:
    start, end = span
    return Changed(kind, sentence, sentence[:start] + now + sentence[end:], sentence[start:end], now)
