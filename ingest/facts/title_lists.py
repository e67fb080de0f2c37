"""Lists of documents under words that hold for all of them: 决定废止下列文件：1.《…》 2.《…》."""

from __future__ import annotations

import re

from ingest.facts.lines import Sentence
from ingest.standing import TITLE_IN_TEXT

_LISTED = "下列|以下|如下"
_ENDED = "废止|失效|停止执行"
_CHANGED = "修改|修订|修正"
_HEADS = (
    (
        "repeals",
        re.compile(
            rf"(?:{_ENDED})[^，。；]{{0,12}}(?:{_LISTED}|文件|目录|清单)|(?:{_LISTED})[^，。；]{{0,16}}(?:{_ENDED})"
        ),
    ),
    (
        "revises",
        re.compile(
            rf"(?:{_CHANGED})[^，。；]{{0,4}}(?:{_LISTED})|(?:{_LISTED})[^，。；]{{0,16}}(?:{_CHANGED})"
        ),
    ),
    ("basis", re.compile(r"依据(?:是什么|有哪些|主要[是有]|包括|[是有为])?[？?：:]?$")),
)
# 继续有效的文件, 废止和修改的文件: of neither, or of both.
_OTHERWISE = re.compile(rf"继续有效|保留|不(?:予|再)?(?:{_ENDED}|{_CHANGED})|替代|起草|草案")
_ITEM = re.compile(r"\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．]|[-—•·])?\s*(?=《)")
_ALONE = re.compile(rf"(?:{TITLE_IN_TEXT.pattern}\s*(?:[（(][^（()）]*[）)])?[；;、，,和及\s]*)+等?[；;]?$")


class TitleList:
    """The list of documents that is open while one reads sentence by sentence; none at first."""

    def __init__(self) -> None:
        self._lead = ""
        self._begins = True

    def relation(self, sentence: Sentence) -> str:
        """Return what the list says of the document that a sentence begins with; "" outside of one."""
        begins, self._begins = self._begins, sentence.closes
        item = _ITEM.match(sentence.text) if begins else None
        if item is None:
            if begins:
                self._lead = _said(sentence.text) if sentence.text.rstrip().endswith(("：", ":")) else ""
            return ""
        told = self._lead or _said("".join(sentence.passage.section[-1:]))
        # Below 依据 stands what one was made by, and no sentence about it.
        return told if told != "basis" or _ALONE.fullmatch(sentence.text, item.end()) else ""


def _said(head: str) -> str:
    plain = TITLE_IN_TEXT.sub("", head).strip()
    told = [relation for relation, pattern in _HEADS if pattern.search(plain)]
    return told[0] if len(told) == 1 and not _OTHERWISE.search(plain) else ""
