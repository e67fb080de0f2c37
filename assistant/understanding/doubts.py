"""Characters of a question that the library does not know where they stand, and what may stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.understanding.sounds import near_sound, same_sound
from vectorstore.gazetteer import find_places
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import word_breaks

_HAN_RUN = re.compile(r"[㐀-鿿]+")
_ASKING_WORDS = """
    什么 多少 哪些 哪个 哪里 哪儿 哪家 哪年 怎么 怎样 如何 是否 几个 几年 多久 多大 能否 可以 请问 有没有 需要
"""
# Words of asking, which documents hardly use.
_ASKING = frozenset(_ASKING_WORDS.split())
_IS = re.compile(r"什么|多少|哪|否")
# These stand between any two words: that the library does not know them so says little.
_FUNCTION = frozenset(
    "一二三四五六七八九十百千万两的地得了着过是在有和与及或对为从到向比把被让给里中上下内外前后年月日省市区县"
    "第几多少大小还再也都就才又很更最想要会能可去来做办交领问我你他它这那哪谁啥吗呢吧各每个家项条名次元不没无"
    "其以所于由将使用等并但而且若如只先自应起需按时之此"
)
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of Han characters in a question.

    Attributes:
        start: its place in the question.
        text: the characters.
        known: for each pair of neighbours, how many passages hold it.
        breaks: where words begin or end.
        fixed: the characters that belong to a place.
    """

    start: int
    text: str
    known: list[int]
    breaks: frozenset[int]
    fixed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A character that the library does not know beside a neighbour.

    Attributes:
        at: its place in the question.
        run: the stretch of Han characters it stands in.
        offset: its place in the run.
        breaks: where words begin or end in the run.
        word: the word that it stands in, as typed.
        left, right: how many passages hold it with its neighbours; None where there is none.
    """

    at: int
    run: str
    offset: int
    breaks: frozenset[int]
    word: str
    left: int | None
    right: int | None

    @property
    def is_unknown(self) -> bool:
        """The library knows it beside none of its neighbours."""
        return not self.left and not self.right

    @property
    def is_function(self) -> bool:
        """It stands beside any word."""
        return self.run[self.offset] in _FUNCTION


@dataclass(frozen=True, slots=True)
class Fit:
    """How well another character fits in the place of a doubted one.

    Attributes:
        doubt: the place.
        run: the stretch with it.
        start, end: the word it makes, by place in the run.
        is_exact: it sounds the same, not only nearly.
        is_asking: it makes a word of asking.
        left, right: how many passages hold it with its neighbours; None where there is none.
        uses: how many passages use the word it makes; 0 for a word of one character.
    """

    doubt: Doubt
    run: str
    start: int
    end: int
    is_exact: bool
    is_asking: bool
    left: int | None
    right: int | None
    uses: int

    @property
    def word(self) -> str:
        """The word that it makes."""
        return self.run[self.start : self.end]

    @property
    def is_known(self) -> bool:
        """The library knows it beside all its neighbours."""
        return self.left != 0 and self.right != 0

    @property
    def is_whole(self) -> bool:
        """The word takes nothing away from the words beside it."""
        return self.start in self.doubt.breaks and self.end in self.doubt.breaks

    @property
    def is_word(self) -> bool:
        """It makes one word of characters that were none, nor known to the library side by side."""
        at = self.doubt.offset
        was_known = (self.start < at and self.doubt.left) or (self.end > at + 1 and self.doubt.right)
        is_longer = len(self.word) > max(1, len(self.doubt.word))
        return is_longer and self.is_whole and self.uses >= FEWEST and not was_known

    def has_function(self, text: str) -> bool:
        """Tell whether a text holds, beside the new character, one that stands beside any word."""
        return not _FUNCTION.isdisjoint(text.replace(self.run[self.doubt.offset], "", 1))

    def stretches(self) -> list[str]:
        """Return the stretches of the question, of which one must stand in a passage."""
        at = self.doubt.offset
        if self.is_word and len(self.word) > 2:
            return [self.word]
        spans = [(at - 1, at + 2), (at - 2, at + 1), (at, at + 3)]
        if self.is_word:
            spans = [(start, end) for start, end in spans if start <= self.start and end >= self.end]
        elif self.left is not None and self.right is not None:
            spans = spans[:1]
        return [self.run[start:end] for start, end in spans if start >= 0 and end <= len(self.run)]


def runs(plain: str, library: PolicyLibrary) -> Iterator[Run]:
    """Give the stretches of Han characters of a folded question."""
    fixed = {at for place in find_places(plain) for at in range(place.start, place.end)}
    for found in _HAN_RUN.finditer(plain):
        text, start = found.group(), found.start()
        known = library.frequencies([text[at : at + 2] for at in range(len(text) - 1)])
        within = frozenset(at - start for at in fixed if start <= at < found.end())
        yield Run(start, text, known, word_breaks(text), within)


def find_doubts(plain: str, library: PolicyLibrary) -> Iterator[Doubt]:
    """Give the characters of a folded question that the library does not know beside a neighbour.

    Places and words of asking are never doubted, a dictionary's word only if the library knows none of it.
    """
    for run in runs(plain, library):
        for offset in range(len(run.text)):
            left = run.known[offset - 1] if offset else None
            right = run.known[offset] if offset + 1 < len(run.text) else None
            start, end = _span(run.breaks, offset)
            word = run.text[start:end]
            doubt = Doubt(run.start + offset, run.text, offset, run.breaks, word, left, right)
            if offset in run.fixed or word in _ASKING or (left != 0 and right != 0):
                continue
            if len(word) == 1 or doubt.is_unknown:
                yield doubt


def fits(doubt: Doubt, library: PolicyLibrary) -> Iterator[Fit]:
    """Give the characters of like sound that the library knows beside a neighbour of the typed one."""
    typed, at = doubt.run[doubt.offset], doubt.offset
    before, after = doubt.run[max(0, at - 1) : at], doubt.run[at + 1 : at + 2]
    exact = sorted(same_sound(typed))
    chars = exact + sorted(near_sound(typed))
    none = [None] * len(chars)
    lefts = library.frequencies([before + char for char in chars]) if before else none
    rights = library.frequencies([char + after for char in chars]) if after else none
    for number, (char, left, right) in enumerate(zip(chars, lefts, rights, strict=True)):
        run = doubt.run[:at] + char + doubt.run[at + 1 :]
        is_exact = number < len(exact)
        is_asking = is_exact and len(doubt.word) == 1 and not doubt.is_function and _asks(run, at)
        if is_asking or (doubt.left == 0 and left) or (doubt.right == 0 and right):
            start, end = _span(word_breaks(run), at)
            word = run[start:end]
            uses = library.frequencies([word])[0] if len(word) > 1 else 0
            # 按什么 is not 干什么: words of asking are never made longer.
            if "什么" not in word or word == "什么":
                yield Fit(doubt, run, start, end, is_exact, is_asking, left, right, uses)


def _span(breaks: frozenset[int], at: int) -> tuple[int, int]:
    """The word that a character stands in."""
    return max(cut for cut in breaks if cut <= at), min(cut for cut in breaks if cut > at)


def _asks(run: str, at: int) -> bool:
    around = run[max(0, at - 2) : at + 3]
    if run[at] == "是" and _IS.match(run, at + 1):
        return True
    possible = [word for word in _ASKING if word in around]
    breaks = word_breaks(run) if possible else frozenset()
    return any(
        run.startswith(word, start) and {start, start + len(word)} <= breaks
        for word in possible
        for start in range(max(0, at - len(word) + 1), at + 1)
    )
