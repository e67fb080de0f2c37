"""Whether a sentence stands in the passages it cites: its figures, names, titles, negations and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.figures import Fault, figure_faults
from assistant.proper_names import core_of, nouns, proper_names, titles
from assistant.sources import Source, source_of
from assistant.types import Hit
from vectorstore.segmentation import fold, words


class Verdict(StrEnum):
    """What the cited passages say of a sentence."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Grounding:
    """The verdict on a sentence.

    Attributes:
        verdict: what the cited passages say.
        reason: one Chinese line where they do not bear it out, else "".
    """

    verdict: Verdict
    reason: str = ""


_CLAUSE = re.compile(r"[，,。；;：:！？!?\n]")
_BLANK = re.compile(r"\s")
_FORBIDS = re.compile("不得|禁止|严禁|不予|不能|不可|不许|无需|不再|取消|暂停|停止")
_AIMS = re.compile("力争|争取|努力|预计|预期|有望")
_CERTAIN = re.compile("确保|保证|必须|已经|均已")
_HAN_WORD = re.compile("[一-鿿]{2,}")
_SAME_CLAUSE = 0.6
_FOREIGN = 0.6
_FEW = 4


def ground(statement: str, hits: Sequence[Hit]) -> Grounding:
    """Hold a sentence against the passages it cites.

    Args:
        statement: one sentence without its marks.
        hits: the cited passages with their documents.

    Returns:
        Supported where every figure, name and title stands in a cited passage or its surroundings and the
        words are its words; contradicted where a passage says otherwise; else unsupported.
    """
    if not hits:
        return Grounding(Verdict.UNSUPPORTED, "这句话没有注明出处")
    sources = [source_of(hit) for hit in hits]
    faults = list(_faults(statement, sources))
    worst = next((fault for fault in faults if fault.contradicted), faults[0] if faults else None)
    if worst is None:
        return Grounding(Verdict.SUPPORTED)
    verdict = Verdict.CONTRADICTED if worst.contradicted else Verdict.UNSUPPORTED
    return Grounding(verdict, worst.reason)


def _faults(statement: str, sources: Sequence[Source]) -> Iterator[Fault]:
    yield from figure_faults(statement, sources)
    said = _BLANK.sub("", fold("".join(source.text + source.context for source in sources)))
    around = _BLANK.sub("", fold("".join(source.context for source in sources)))
    plain = fold(statement)
    for title in titles(plain):
        if _BLANK.sub("", title) not in said:
            yield Fault(
                f"引用的资料中没有《{title}》" if title in statement else f"引用的资料中没有“{title}”"
            )
    for name in proper_names(plain):
        if name not in said and core_of(name) not in around:
            yield Fault(f"引用的资料中没有“{name}”")
    yield from _clause_faults(plain, sources)
    spoken = [word for word in words(plain) if _HAN_WORD.fullmatch(word)]
    foreign = [word for word in spoken if word not in said]
    if len(foreign) >= _FEW and len(foreign) > _FOREIGN * len(spoken):
        yield Fault("引用的资料说的不是这件事")


def _clause_faults(plain: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault where a clause reads like a source's, but turned round or about something else."""
    theirs = [clause for source in sources for clause in _clauses(source.text)]
    around = fold("".join(source.context for source in sources))
    for mine in _clauses(plain):
        if len(mine.words) < _FEW:
            continue
        enough = _SAME_CLAUSE * len(mine.words)
        alike = [other for other in theirs if len(mine.words & other.words) >= enough]
        if alike and all(other.forbids != mine.forbids for other in alike):
            yield Fault(f"与资料原文“{alike[0].text}”相反", contradicted=True)
        if alike and all(_hardened(mine.text, other.text) for other in alike):
            yield Fault(f"资料原文为“{alike[0].text}”，只是目标")
        exchanged = [_exchanged(mine, other, around) for other in alike]
        if exchanged and exchanged[0] and all(exchanged):
            told, said = exchanged[0]
            yield Fault(f"资料中为“{told}”，不是“{said}”", contradicted=True)


@dataclass(frozen=True, slots=True)
class _Clause:
    """What stands between two commas; its words without those that forbid."""

    text: str
    words: frozenset[str]
    nouns: tuple[str, ...]
    forbids: bool


@lru_cache(maxsize=1024)
def _clauses(text: str) -> tuple[_Clause, ...]:
    return tuple(
        _Clause(piece, frozenset(words(_FORBIDS.sub("", piece))), nouns(piece), bool(_FORBIDS.search(piece)))
        for piece in _CLAUSE.split(fold(text))
        if piece
    )


def _hardened(mine: str, other: str) -> bool:
    """Tell whether a claim makes a certainty of what its source only aims at."""
    certain = _CERTAIN.search(mine) and not _AIMS.search(mine)
    return bool(certain and _AIMS.search(other) and not _CERTAIN.search(other))


def _exchanged(mine: _Clause, other: _Clause, around: str) -> tuple[str, str] | None:
    """Return a noun of the source's clause and the one that a claim puts in its place."""
    for said in mine.nouns:
        if said in other.text or said in around:
            continue
        beside = _beside(mine.text, said)
        for told in other.nouns:
            if told not in mine.text and any(map(str.__eq__, beside, _beside(other.text, told))):
                return told, said
    return None


def _beside(text: str, noun: str) -> tuple[str, str]:
    """Return the characters before and after a noun; at the clause's end what is no one's neighbour."""
    start = text.index(noun)
    end = start + len(noun)
    return text[max(0, start - 2) : start] or f"{noun}-", text[end : end + 2] or f"-{noun}"
