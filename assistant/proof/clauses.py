"""The clauses of a text, each with the rest of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.proof.substitutions import Token, tokens_of

_SENTENCE = re.compile(r"(?<=[。;！？!?\n])")
_CLAUSE = re.compile(r"[^,，。;；:：！？!?\n]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NAMING = ("noun", "name")


@dataclass(frozen=True)
class Clause:
    """A clause of a text.

    Attributes:
        text: the clause.
        before, behind: the clauses of the same sentence on either side.
    """

    text: str
    before: str
    behind: str

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return self.before + self.text + self.behind

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words that tell something."""
        return tuple(token for token in tokens_of(self.text) if token.tells)

    @cached_property
    def subject(self) -> tuple[str, ...]:
        """The nouns and names before its first verb."""
        found: list[str] = []
        for token in tokens_of(self.text):
            if token.kind == "verb" and found:
                break
            if token.kind in _NAMING and not _FIGURE.search(token.text):
                found.append(token.text)
        return tuple(found)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names in it."""
        return tuple(token.text for token in self.tokens if token.kind == "name" and token.text[1:])

    @cached_property
    def names_around(self) -> bool:
        """Whether there are names in the rest of its sentence."""
        return any(token.kind == "name" for token in tokens_of(f"{self.before}，{self.behind}"))

    @cached_property
    def figures(self) -> frozenset[str]:
        """The figures in it."""
        return frozenset(_FIGURE.findall(self.text))

    def share(self, tokens: Sequence[Token]) -> float:
        """Return the share of some words, by their length, that stand in it."""
        total = sum(len(token.text) for token in tokens)
        return sum(len(token.text) for token in tokens if token.text in self.text) / max(1, total)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the sources say besides a clause, and what is written over it."""

    text: str
    title: str

    def place_of(self, word: str, clause: Clause) -> str:
        """Return where a word stands that a clause has not."""
        if word in clause.before:
            return "before"
        if word in clause.behind:
            return "behind"
        if word in self.text:
            return "elsewhere"
        return "title" if word in self.title else "nowhere"


@lru_cache(maxsize=1024)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """Cut a folded text into clauses."""
    return tuple(_clauses(text))


def _clauses(text: str) -> Iterator[Clause]:
    for sentence in _SENTENCE.split(text):
        for match in _CLAUSE.finditer(sentence):
            yield Clause(match.group(), sentence[: match.start()], sentence[match.end() :])
