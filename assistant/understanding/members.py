"""The several things that a question asks the same of: A和B各是多少, “A、B”分别指什么."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.question import Question
from vectorstore.segmentation import fold, words

_EACH = re.compile(r"分别|各[是自占为有要市区县地家]|各多少|各达|分工")
_AND = re.compile(r"[和与及、]+")
_CLAUSE = re.compile(r"[,，。；;？?“”\"]+")
# A piece of a name in quotation marks, as 一核 of “一核、两翼”.
_PIECE_CHARS = 2


def asks_each(question: Question) -> bool:
    """Tell whether a question asks the same of several things, named or not: 各区分别主攻什么."""
    return _EACH.search(fold(question.query)) is not None


def members(question: Question) -> list[frozenset[str]]:
    """Return what tells the things apart that a question asks the same of.

    Args:
        question: what is asked.

    Returns:
        For each of them the words that only it has, as 开工 and 竣工 of 开工项目和竣工项目; none where one
        thing is asked about.
    """
    pieces = [
        frozenset(words(piece))
        for term in question.quoted
        for piece in re.split(r"[、,，]", fold(term))
        if "、" in term and len(piece) >= _PIECE_CHARS
    ]
    folded = fold(question.query)
    if pieces or not _EACH.search(folded):
        return pieces
    found: list[frozenset[str]] = []
    for clause in _CLAUSE.split(folded):
        parts = [words(part) for part in _AND.split(clause)]
        for left, right in pairwise(parts):
            if left and right:
                found.extend(_told_apart(left, right))
    return list(dict.fromkeys(member for member in found if member))


def _told_apart(left: list[str], right: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that two neighbours around an 和 do not share, back from the noun that both end in."""
    size = right.index(left[-1]) + 1 if left[-1] in right else 1
    ours, theirs = frozenset(left[-size:]), frozenset(right[:size])
    return ours - theirs, theirs - ours
