"""Spelling before refusal: what was typed for something else, told by the library's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from vectorstore.gazetteer import find_places
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, simplified, word_breaks

_HAN_RUN = re.compile(r"[㐀-鿿]+")
# Documents hardly use the words of asking: their text says nothing about these.
_ASKING_WORDS = """
    什么 多少 哪些 哪个 哪里 哪儿 哪家 哪年 怎么 怎样 如何 是否 几个 几年 多久 多大 能否 请问
    有没有 几 谁 啥 吗 呢 一下 看看 说说 讲讲
"""
_ASKING = frozenset(_ASKING_WORDS.split())
_MOST_CHANGES = 2
_MOST_LOOKED_UP, _READ = 8, 5


@dataclass(frozen=True, slots=True)
class Change:
    """What was understood differently from how it was typed.

    Attributes:
        typed, understood: the word in Simplified characters, with its neighbours where it is only one.
    """

    typed: str
    understood: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A question as it was understood.

    Attributes:
        text: with the changes, otherwise as it was typed.
        changes: in the order they were made; empty where nothing was changed.
    """

    text: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class _Slip:
    """What may have been mistyped.

    Attributes:
        offset: where the run of Han characters begins in the question.
        run: the characters as they were typed.
        at: place in the run.
        typed, meant: what stands there, and what should.
        uses: how many passages use the rarest part of it.
        word: the word that it makes where none was; "" where it stands between its neighbours.
    """

    offset: int
    run: str
    at: int
    typed: str
    meant: str
    uses: int
    word: str = ""

    def is_meant(self, plain: str, library: PolicyLibrary) -> bool:
        """Return whether a passage holds it; a word of asking needs none."""
        end = self.at + len(self.typed)
        stretch = self.run[max(0, self.at - 1) : self.at] + self.meant + self.run[end : end + 1]
        if self.word:
            return self.word in _ASKING or _stands(self.word, plain, library)
        return _stands(stretch, stretch, library)

    def change(self) -> Change:
        """Return the words it makes beside what was typed for them."""
        start, end = self.at + len(self.typed), self.at + len(self.meant)
        new = self.run[: self.at] + self.meant + self.run[start:]
        cuts = word_breaks(new)
        first, last = _word(cuts, self.at)[0], _word(cuts, end - 1)[1]
        if last - first == len(self.meant):
            first, last = max(0, self.at - 1), end + 1
        return Change(self.run[first : last + start - end], new[first:last])


def correct(text: str, library: PolicyLibrary) -> Correction:
    """Put right what was mistyped, where the library's text says so: of like sound, swapped, doubled.

    A character is doubted where the library does not know the pair of it and a neighbour. Another takes its
    place where it stands in a passage between the same neighbours, or where it makes a word of characters
    that were none and the passages which the question finds use that word. Numbers, Latin letters and places
    are never changed.

    Args:
        text: a question, as it was typed.
        library: whose text is compared with.

    Returns:
        The question as understood, and what was changed.

    Raises:
        LibraryError: the library cannot be read.
    """
    plain = simplified(text).lower()
    changes: list[Change] = []
    while len(plain) == len(text) and len(changes) < _MOST_CHANGES and (slip := _likeliest(plain, library)):
        changes.append(slip.change())
        start, end = slip.offset + slip.at, slip.offset + slip.at + len(slip.typed)
        plain, text = (whole[:start] + slip.meant + whole[end:] for whole in (plain, text))
    return Correction(text, tuple(changes))


def same_sound(char: str) -> frozenset[str]:
    """Return the common characters that may be read like one, whatever the tone; not itself."""
    return frozenset().union(*(alike for alike in _by_sound() if char in alike)) - {char}


@lru_cache(maxsize=1)
def _by_sound() -> tuple[frozenset[str], ...]:
    """Return the lines of sounds.txt: the characters that share a syllable."""
    lines = files("assistant.understanding").joinpath("sounds.txt").read_text(encoding="utf-8").splitlines()
    return tuple(frozenset(line.split()[1]) for line in lines if not line.startswith("#"))


def _likeliest(plain: str, library: PolicyLibrary) -> _Slip | None:
    """The most used slip that stands between its neighbours, else the one that makes the most used word."""
    slips = sorted(_slips(plain, library), key=lambda slip: slip.uses, reverse=True)
    between = [slip for slip in slips if not slip.word][:_MOST_LOOKED_UP]
    words = [slip for slip in slips if slip.word][:_MOST_LOOKED_UP]
    return next((slip for slip in (*between, *words) if slip.is_meant(plain, library)), None)


def _slips(plain: str, library: PolicyLibrary) -> Iterator[_Slip]:
    """Give what may have been mistyped in a folded question, with the library's count of what is meant."""
    places = {at for place in find_places(plain) for at in range(place.start, place.end)}
    for found in _HAN_RUN.finditer(plain):
        run, breaks, offset = found.group(), word_breaks(found.group()), found.start()
        known = library.frequencies([run[at : at + 2] for at in range(len(run) - 1)])
        for at in range(len(run)):
            first, last = _word(breaks, at)
            beside = known[max(0, at - 1) : at + 1]
            # A word of the dictionary is doubted only if the library knows no part of it.
            is_sound = any(beside) if last - first > 1 else all(beside)
            if is_sound or offset + at in places or run[first:last] in _ASKING:
                continue
            for meant, uses, word in _sounding_like(run, at, breaks, library):
                yield _Slip(offset, run, at, run[at], meant, uses, word)
            if at + 1 in breaks and offset + at + 1 not in places:
                for meant, uses in _out_of_order(run, at, breaks, library):
                    yield _Slip(offset, run, at, run[at : at + 2], meant, uses)


def _sounding_like(
    run: str, at: int, breaks: frozenset[int], library: PolicyLibrary
) -> Iterator[tuple[str, int, str]]:
    """Give what one character may have been typed for, how many passages use it, and the word it makes."""
    before, after = run[max(0, at - 1) : at], run[at + 1 : at + 2]
    typed = run[slice(*_word(breaks, at))]
    alone = library.frequencies([typed])[0]
    chars = sorted(same_sound(run[at]))
    lefts = library.frequencies([before + char for char in chars])
    rights = library.frequencies([char + after for char in chars])
    for char, left, right in zip(chars, lefts, rights, strict=True):
        if before and after and left and right:
            yield char, min(left, right), ""
        if not (left or right or any(word in before + char + after for word in _ASKING)):
            continue
        new = run[:at] + char + run[at + 1 :]
        first, last = _word(word_breaks(new), at)
        word = new[first:last]
        if len(word) > 1 and {first, last} <= breaks:
            uses = library.frequencies([word])[0]
            # What is typed may be meant where it is used more often than the word.
            if uses > alone or (word in _ASKING and not alone and len(typed) == 1):
                yield char, uses, word


def _out_of_order(
    run: str, at: int, breaks: frozenset[int], library: PolicyLibrary
) -> Iterator[tuple[str, int]]:
    """Give two neighbours the other way round, or one of two that are the same, with its uses."""
    pair = run[at : at + 2]
    twice = pair == 2 * run[at]
    # 税收收入 is two words of which each is whole.
    if len(pair) == 2 and (not twice or not breaks.isdisjoint({at, at + 2})):
        meant = run[at] if twice else pair[::-1]
        stretch = run[max(0, at - 1) : at] + meant + run[at + 2 : at + 3]
        uses = min(library.frequencies([one + other for one, other in pairwise(stretch)]), default=0)
        if uses and len(stretch) > 2:
            yield meant, uses


def _word(breaks: frozenset[int], at: int) -> tuple[int, int]:
    """The word that a character stands in."""
    return max(cut for cut in breaks if cut <= at), min(cut for cut in breaks if cut > at)


def _stands(stretch: str, query: str, library: PolicyLibrary) -> bool:
    """Whether a stretch stands in a passage that a query finds, its headings or its document's title."""
    hits = library.search_keywords(query, _READ)
    passages = library.load([hit.passage_id for hit in hits])
    return any(
        stretch
        in fold("\n".join((library.document(passage.document_id).title, *passage.section, passage.text)))
        for passage in passages
    )
