"""What a question wants a number of, and whether a sentence speaks of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from decimal import Decimal
from itertools import pairwise

from assistant.choosing.forms import asks_when, lacks_form
from assistant.choosing.scoring import ScoredSentence
from assistant.choosing.thresholds import CALIBRATED, Thresholds
from assistant.proof.proper_names import may_be_name
from assistant.question import AnswerKind, Question, kind_of, unasked
from assistant.understanding.numerals import numeral
from assistant.understanding.wording import wordings
from vectorstore.segmentation import fold, tokens, words
from vectorstore.types import PassageKind

# Words that a question about any figure may have.
_EMPTY = frozenset(
    words(
        "标准 目标 数量 总数 指标 指标值 情况 水平 规划 计划 提出 达到 "
        "实现 具体 大约 预计 要求 文件 资料 一共 总共 分别 百分点 我们 你们 这里"
    )
)
# Words that a question about many a figure has: they tell little of which figure is meant.
_GENERAL = frozenset(
    words("产业 产值 规模 企业 奖励 补助 补贴 资金 项目 发展 建设 获得 新增 累计 增加 全市 全区")
)
_GENERAL_SHARE = 0.3
# A word that nothing found knows is often just the user's own; the rarest must not outweigh all others.
_NAME_CHARS = 3
_MOST_WEIGHT, _UNKNOWN_WEIGHT = 5.0, 2.0
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年?(?!\d)")
# Of 上升还是下降 a source says one at most.
_ALTERNATIVES = re.compile(r"(?<=是)[^,。?是]{1,12}还是[^,。?]{1,12}")
# How much of what must be said at all must be said beside the figure.
_NEAR = 0.8
_HOW_MANY = re.compile(r"多少|几")
_CLAUSE = re.compile(r"[,;。:!?]")
_FIGURE = re.compile(r"[\d一二三四五六七八九十两]")
# 3号线, 二类 and Ⅲ期 are names: another number is another thing. 哪四类 only counts.
_NAMED = re.compile(
    r"(?<![哪这那几共分a-z\d一二三四五六七八九十])(i{1,3}|iv|\d+|[一二三四五六七八九十]+)"
    r"(号线|类(?!似)|期(?!间|末|内|限|满)|号楼|号院|标段)"
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def measures(
    question: Question,
    part: str,
    item: ScoredSentence,
    weights: Mapping[str, float],
    known: Set[str],
    thresholds: Thresholds = CALIBRATED,
) -> bool:
    """Tell whether a sentence speaks of the very thing that a part of a question asks about.

    Args:
        question: what is asked.
        part: one of its parts, folded.
        item: a sentence with its passage and document.
        weights: weight of each token of the question.
        known: tokens of all passages found.
        thresholds: how many of the words are enough, where a number is asked for and elsewhere.

    Returns:
        Whether enough of the words that tell which figure is meant stand in the sentence, its
        headings or its title, an official word for an everyday one counting as the same.
    """
    number = kind_of(part) is AnswerKind.NUMBER
    least = thresholds.measured if number else thresholds.named
    above = fold("\n".join((item.hit.document.title, *item.hit.passage.section)))
    text = fold(item.sentence.text)
    if not _numbered(part) <= _numbered(f"{above}\n{text}"):
        return False
    asked = _bare(question, part)
    if not _tells(asked, f"{above}\n{text}", weights, known, least, foreign=not number):
        return False
    row = item.sentence.passage.kind is PassageKind.TABLE_ROW
    # A date opens a sentence, and of several figures each has a clause of its own.
    if not number or row or asks_when(part) or len(_HOW_MANY.findall(part)) > 1:
        return True
    near = _near_figure(part, asked, text)
    return _tells(asked, f"{above}\n{near}", weights, known, _NEAR * least, foreign=True)


def _bare(question: Question, part: str) -> str:
    """Return a part of a question without the years, places and alternatives that it names."""
    asked = _ALTERNATIVES.sub(",", _YEAR.sub(",", part))
    for mention in question.mentions:
        asked = asked.replace(mention.text, ",")
    return asked


def _tells(
    asked: str, heard: str, weights: Mapping[str, float], known: Set[str], least: float, *, foreign: bool
) -> bool:
    """Tell whether a text holds a share of the words asked about, and, unless allowed, none is foreign."""
    spoken = set(tokens(heard))
    credit = 0.0
    for said, written in wordings(asked):
        if not spoken.isdisjoint(words(written)):
            asked = asked.replace(said, ",")
            credit += _UNKNOWN_WEIGHT
    measured = {
        word: _worth(word, weights.get(word, _UNKNOWN_WEIGHT), known)
        for word in words(unasked(asked))
        if len(word) > 1 and word not in _EMPTY
    }
    if not foreign and any(_is_foreign(word, known) for word in measured):
        return False
    held = credit + sum(weight for word, weight in measured.items() if word in spoken)
    return held >= least * (credit + sum(measured.values()))


def _near_figure(part: str, asked: str, text: str) -> str:
    """Return the clauses of a text that have the figure asked for, with its first; the text where none has.

    A clause without a word of the question, as 总量突破9亿元, brings the one before it.
    """
    clauses = _CLAUSE.split(text)
    own = [word for word in words(unasked(asked)) if len(word) > 1]
    near: list[str] = []
    for before, clause in pairwise(["", *clauses]):
        if _FIGURE.search(_YEAR.sub("", clause)) and not lacks_form(part, clause):
            near += [clause] if any(word in clause for word in own) else [before, clause]
    return "\n".join([clauses[0], *near]) if near else text


def _numbered(folded: str) -> set[tuple[Decimal, str]]:
    """Return the names that a number tells apart, 三期 and Ⅲ期 as the same."""
    return {(numeral(_ROMAN.get(number, number)), noun) for number, noun in _NAMED.findall(folded)}


def _is_foreign(word: str, known: Set[str]) -> bool:
    """Tell whether a word long enough to name a thing stands, even in part, in nothing that was found."""
    pieces = {word, *(word[at : at + 2] for at in range(len(word) - 1))}
    return len(word) >= _NAME_CHARS and pieces.isdisjoint(known) and may_be_name(word)


def _worth(word: str, weight: float, known: Set[str]) -> float:
    if word not in known:
        return min(weight, _UNKNOWN_WEIGHT)
    return min(weight, _MOST_WEIGHT) * (_GENERAL_SHARE if word in _GENERAL else 1.0)
