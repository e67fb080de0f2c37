"""Questions for what a name stands for: whether the passages tell its members, or only mention it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.question import Question
from vectorstore.segmentation import fold
from vectorstore.types import Passage

# 由哪几条组成, 具体是哪些, 分别叫什么: the members are asked for, not something else about the name.
_MEMBERS = re.compile(
    r"组成|构成|(?:具体|分别)(?:由|是|为|指|包括|叫)?(?:哪|什么)|是哪[几一二两三四五六七八九十些]|指的?(?:是)?(?:什么|哪)|包括哪"
)
_MARKS = re.compile(r"[“”\"'‘’「」『』]")
_EXPLAINS = r"[^。;]{0,16}(?::|——|即|指|包括|包含|分别|其中|由[^。;]+[组构]成)"
_CLAUSE = r"[^,。;]"


def bare_term(text: str) -> str:
    """Return a folded text without quotation marks: “三新工程” is “三新”工程 as well."""
    return _MARKS.sub("", fold(text))


def asks_members(question: Question) -> bool:
    """Tell whether a question asks what a name in quotation marks consists of."""
    return bool(question.quoted) and _MEMBERS.search(fold(question.query)) is not None


def tells_members(term: str, passages: Iterable[Passage]) -> bool:
    """Tell whether passages say what a name stands for.

    Args:
        term: the name, as the question quotes it.
        passages: where it may be explained.

    Returns:
        Whether a heading bears it, a sentence explains it, or a list in its own clause leads to it; a
        name that only goes by, as in 打造“三横两纵”路网, is not explained.
    """
    name = re.escape(bare_term(term))
    explained = re.compile(
        rf"{name}{_EXPLAINS}|、{_CLAUSE}*{name}|[和及与]{_CLAUSE}*的{_CLAUSE}*{name}|简称{name}"
    )
    return any(
        bare_term(term) in bare_term("".join(passage.section)) or explained.search(bare_term(passage.text))
        for passage in passages
    )
