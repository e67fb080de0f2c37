"""What a person read in a document, kept as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vectorstore.facts import FactKind

ROOT = Path(__file__).parents[2]
ANNOTATED = Path(__file__).parent / "annotated"
ANY = "*"


@dataclass(frozen=True, slots=True)
class Field:
    """What one field of a fact may say.

    Attributes:
        name: the field's name in `vectorstore.facts`, or what stands for several of them.
        accepted: the values that are right; ANY takes all.
    """

    name: str
    accepted: tuple[str, ...]

    def takes(self, value: str) -> bool:
        """Whether a value is one of them to the letter."""
        return ANY in self.accepted or value in self.accepted


@dataclass(frozen=True, slots=True)
class Annotation:
    """One fact as a person wrote it down.

    Attributes:
        kind: what it is about.
        fields: what it says.
        optional: whether people may differ over it: it is neither missed nor wrong.
    """

    kind: FactKind
    fields: tuple[Field, ...]
    optional: bool = False

    def field(self, name: str) -> Field:
        """Return a field; one that was not written down says nothing."""
        return next((one for one in self.fields if one.name == name), Field(name, ("",)))

    def __str__(self) -> str:
        return "|".join("/".join(one.accepted) for one in self.fields)


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with all that it states of some kinds, in some of its parts.

    Attributes:
        path: of the document.
        half: tuning or held_out.
        kinds: those that were written down.
        parts: the words that each part begins with and those that end it; the whole document where empty.
        annotations: the facts.
    """

    path: Path
    half: str
    kinds: frozenset[FactKind]
    parts: tuple[tuple[str, str], ...]
    annotations: tuple[Annotation, ...]

    def covers(self, text: str) -> list[range]:
        """Return the places of a text that were read.

        Raises:
            ValueError: the words that mark a part do not stand in the text.
        """
        return [_part(text, *part) for part in self.parts] or [range(len(text) + 1)]


def annotated_in(folder: Path) -> Iterator[AnnotatedDocument]:
    """Yield the annotated documents of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.jsonl")):
        yield annotated(path)


def annotated(path: Path) -> AnnotatedDocument:
    """Read one file: a line about the document, then a line a fact."""
    head, *lines = map(json.loads, filter(None, path.read_text(encoding="utf-8").splitlines()))
    kinds = frozenset(map(FactKind, head.get("kinds", list(FactKind))))
    parts = tuple((begin, end) for begin, end in head.get("parts", ()))
    facts = tuple(_annotation(line.pop("kind"), line.pop("optional", False), line.items()) for line in lines)
    return AnnotatedDocument(ROOT / head["document"], head["half"], kinds, parts, facts)


def _annotation(kind: str, optional: bool, said: Iterable[tuple[str, str | list[str]]]) -> Annotation:
    fields = (Field(name, tuple(value) if isinstance(value, list) else (value,)) for name, value in said)
    return Annotation(FactKind(kind), tuple(fields), optional)


def _part(text: str, begin: str, end: str) -> range:
    start = text.index(begin)
    return range(start, text.index(end, start + len(begin)))
