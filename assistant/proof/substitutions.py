"""A sentence laid beside its evidence word by word: what was put in the place of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from vectorstore.segmentation import tagged

_SIGN = re.compile(r"[^\w%]+")
_FEW = 3
_KINDS = {"v": "verb", "a": "adjective", "b": "adjective", "z": "adjective", "d": "adverb"}
_NAMES = ("ns", "nt", "nr", "nz", "nrfg", "nrt")


class Kind(StrEnum):
    """What was done to the evidence's words."""

    REPLACED = "replaced"
    ADDED = "added"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its part of speech: noun, verb, adjective, adverb, measure, name, function or sign."""

    text: str
    kind: str

    @property
    def tells(self) -> bool:
        """Whether it carries meaning of its own; figures are checked elsewhere."""
        return self.kind not in ("function", "measure", "sign")


@dataclass(frozen=True, slots=True)
class Substitution:
    """A place where a sentence and its evidence part.

    Attributes:
        kind: what was done.
        place: head, middle or tail of the sentence.
        said, told: the words of the sentence and of the evidence, signs of the sentence left out.
        fresh: those said that tell something and stand nowhere in the evidence.
    """

    kind: Kind
    place: str
    said: tuple[Token, ...]
    told: tuple[Token, ...]
    fresh: tuple[Token, ...]

    @property
    def said_text(self) -> str:
        """What the sentence has."""
        return "".join(token.text for token in self.said)

    @property
    def told_text(self) -> str:
        """What the evidence has, up to its first sign; at the head from its last one."""
        pieces = _SIGN.split("".join(token.text for token in self.told))
        return pieces[-1] if self.place == "head" else pieces[0]

    @property
    def crosses_clauses(self) -> bool:
        """Whether what the evidence has holds a sign."""
        return any(token.kind == "sign" for token in self.told)

    @property
    def is_swap(self) -> bool:
        """Whether a few words stand in the place of a few others between the same neighbours."""
        short = len(self.said) <= _FEW and len(self.told) <= _FEW
        return self.kind is Kind.REPLACED and self.place == "middle" and short and not self.crosses_clauses

    @property
    def renames(self) -> bool:
        """Whether one name stands in the place of another."""
        return [token.kind for token in (*self.said, *self.told)] == ["name", "name"]


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Cut a folded text into words with their parts of speech."""
    return tuple(Token(word, kind_of(word, tag)) for word, tag in tagged(text))


def kind_of(word: str, tag: str) -> str:
    """Return what a part of speech is called here."""
    if _SIGN.fullmatch(word):
        return "sign"
    if tag in _NAMES:
        return "name"
    if tag[:1] in "njlis" or tag == "vn":
        return "noun"
    return _KINDS.get(tag[:1], "measure" if tag[:1] in "mqtx" else "function")


@lru_cache(maxsize=256)
def substitutions(plain: str, evidence: str) -> tuple[Substitution, ...]:
    """Find the places where a sentence parts from its evidence.

    Args:
        plain: the folded sentence.
        evidence: folded sentences of its sources.
    """
    mine, theirs = tokens_of(plain), tokens_of(evidence)
    steps = SequenceMatcher(
        None, [token.text for token in mine], [token.text for token in theirs], autojunk=False
    ).get_opcodes()
    found = []
    for number, (step, begin, end, low, high) in enumerate(steps):
        said, told = _plainly(mine[begin:end]), theirs[low:high]
        place = "head" if not number else "tail" if number == len(steps) - 1 else "middle"
        if step == "equal" or (not said and (step != "insert" or place != "middle")):
            continue
        kind = Kind.REPLACED if step == "replace" else Kind.ADDED if step == "delete" else Kind.LEFT_OUT
        fresh = tuple(token for token in said if token.tells and token.text not in evidence)
        found.append(Substitution(kind, place, said, told, fresh))
    return tuple(found)


def _plainly(tokens: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(
        token
        for token in tokens
        if token.kind != "sign" and not any(character.isdigit() for character in token.text)
    )
