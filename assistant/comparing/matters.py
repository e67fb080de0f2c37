"""What matters among the changes of a document: its figures, days, duties bounds, what came and what went."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from assistant.comparing.alignment import Fate, Match
from assistant.comparing.duties import duties
from assistant.comparing.pairing import pairs
from assistant.comparing.stated import figures
from vectorstore.languages.language import own_words
from vectorstore.segmentation import fold

_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?]?")
# A shorter sentence says nothing by itself.
_LEAST_CHARS = 4


class Matter(StrEnum):
    """Why a change matters, the gravest first."""

    ADDED = "added"
    DROPPED = "dropped"
    DUTY = "duty"
    BOUND = "bound"
    FIGURE = "figure"
    DAY = "day"
    OPPOSITE = "opposite"
    ADDED_WORDS = "added_words"
    DROPPED_WORDS = "dropped_words"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"

    @property
    @own_words
    def label(self) -> str:
        """The words a reader sees."""
        return {
            "added": "新增条款",
            "dropped": "删去条款",
            "duty": "要求变化",
            "bound": "上下限变化",
            "figure": "数字变化",
            "day": "日期变化",
            "opposite": "用语相反",
            "added_words": "增加内容",
            "dropped_words": "删去内容",
            "split": "条款拆分",
            "merged": "条款合并",
            "moved": "条款移位",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Change:
    """A change that matters.

    Attributes:
        matter: why it does.
        before: the words of the first document, "" where it has none.
        after: the words of the second document, likewise.
        old_sentence, new_sentence: what they stand in.
        number: place of its match in the comparison, from 0.
    """

    matter: Matter
    before: str
    after: str
    old_sentence: str
    new_sentence: str
    number: int


_WHOLE = {
    Fate.ADDED: Matter.ADDED,
    Fate.DROPPED: Matter.DROPPED,
    Fate.SPLIT: Matter.SPLIT,
    Fate.MERGED: Matter.MERGED,
}


def changes(match: Match, number: int) -> Iterator[Change]:
    """Yield what matters of one match.

    Args:
        match: provisions that answer to each other.
        number: its place in the comparison, from 0.
    """
    old_name, new_name = ("、".join(one.name for one in pieces) for pieces in (match.before, match.after))
    if match.fate in _WHOLE:
        yield Change(_WHOLE[match.fate], old_name, new_name, match.old_text, match.new_text, number)
    if match.moved:
        yield Change(
            Matter.MOVED,
            _place(match.before[0].chapter, old_name),
            _place(match.after[0].chapter, new_name),
            match.old_text,
            match.new_text,
            number,
        )
    if match.fate in (Fate.CHANGED, Fate.SPLIT, Fate.MERGED):
        yield from _within(match.old_text, match.new_text, number)


def _place(chapter: str, name: str) -> str:
    return f"{chapter} › {name}" if chapter else name


def _within(before: str, after: str, number: int) -> Iterator[Change]:
    """Yield what matters between two texts, sentence by sentence."""
    ours, theirs = ([said.strip() for said in _SENTENCE.findall(text)] for text in (before, after))
    found = pairs(list(map(_plain, ours)), list(map(_plain, theirs)))
    if not found and len(ours) == len(theirs) == 1:
        found = {0: 0}
    for gone in _runs(ours, set(found)):
        yield Change(Matter.DROPPED_WORDS, gone, "", gone, "", number)
    for place, other in sorted(found.items()):
        if ours[place] != theirs[other]:
            for matter, was, becomes in _told(ours[place], theirs[other]):
                yield Change(matter, was, becomes, ours[place], theirs[other], number)
    for come in _runs(theirs, set(found.values())):
        yield Change(Matter.ADDED_WORDS, "", come, "", come, number)


def _runs(sentences: Sequence[str], paired: Collection[int]) -> Iterator[str]:
    """Yield the sentences without a counterpart, those in a row as one."""
    numbered = enumerate(sentences)
    for is_paired, run in groupby(numbered, lambda one: one[0] in paired):
        text = "".join(sentence for _, sentence in run)
        if not is_paired and len(text) >= _LEAST_CHARS:
            yield text


def _plain(sentence: str) -> str:
    return fold(sentence).rstrip(";。")


def _told(before: str, after: str) -> Iterator[tuple[Matter, str, str]]:
    for kind, was, becomes in figures(before, after):
        yield Matter(kind), was, becomes
    for kind, was, becomes in duties(before, after):
        yield Matter(kind), was, becomes
