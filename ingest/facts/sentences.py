"""Indicators in running text: 2020年…达到404.79亿元，年均增长9.6%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.lines import Sentence
from ingest.facts.periods import Time, time_of_heading, times_in
from ingest.facts.sentence_reader import SentenceReader
from ingest.facts.telling import GRANTS
from vectorstore.facts import Fact
from vectorstore.types import ParsedDocument, PolicyDocument

# 其中，续建项目15个: of the time of the sentence before.
_GOES_ON = re.compile(r"\s*其中")
# 1. 轴承及精密传动。…: what the paragraph is about.
_TITLE = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)(?P<words>[㐀-鿿]{2,14})")
_ANEW = re.compile("预计|有望|力争|下一步|今后|未来|规划期")
_DIGIT = re.compile(r"\d")


def indicators_in_sentences(parsed: ParsedDocument, sentences: Sequence[Sentence]) -> Iterator[Fact]:
    """Yield the figures that sentences state for a year or a period."""
    walk = _Walk(parsed.document)
    for sentence in sentences:
        yield from walk.facts(sentence)


class _Walk:
    """Walks through sentences and keeps the times that those before give to the next one.

    Args:
        document: they are of.
    """

    def __init__(self, document: PolicyDocument) -> None:
        self._document = document
        self._of_headings: dict[tuple[str, ...], Time | None] = {}
        # What the line above gives to the list that it opens, under its heading.
        self._lead: Time | None = None
        self._section: tuple[str, ...] = ()
        # What the paragraph opened with, what was named last in it, and what it is about.
        self._opening: Time | None = None
        self._last: Time | None = None
        self._topic = ""
        self._begins = True

    def facts(self, sentence: Sentence) -> Iterator[Fact]:
        """Yield the facts of the next sentence."""
        path = sentence.passage.section
        if path[: len(self._section)] != self._section:
            self._lead = None
        if self._begins and (titled := _TITLE.fullmatch(sentence.text)):
            self._topic = titled["words"]
        elif _DIGIT.search(sentence.text):
            reader = SentenceReader(sentence, self._document, self._around(sentence), self._topic)
            yield from reader.facts()
            if reader.times:
                self._opening, self._last = reader.opening, reader.times[-1]
        self._begins = sentence.closes
        if sentence.closes:
            self._opening, self._last, self._topic = None, None, ""
            if sentence.text.rstrip().endswith(("：", ":")):
                times = times_in(sentence.text, self._document, path)
                self._lead, self._section = (times[-1] if times else None), path

    def _around(self, sentence: Sentence) -> Time | None:
        """The time of a sentence that names none: that of its paragraph, its list or its heading."""
        if self._last and _GOES_ON.match(sentence.text):
            return self._last
        around = self._lead if self._opening is None or _ANEW.search(sentence.text) else self._opening
        if around is not None or GRANTS.search(sentence.text):
            return around
        path = sentence.passage.section
        if path not in self._of_headings:
            self._of_headings[path] = time_of_heading(path, self._document)
        return self._of_headings[path]
