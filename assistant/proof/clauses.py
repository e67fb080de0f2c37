"""The clauses of a sentence against those of its sources: turned round, hardened, or about something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.proof.faults import Fault
from assistant.proof.proper_names import nouns
from assistant.proof.sources import Source
from assistant.proof.stated import SENTENCE_BREAK
from assistant.proof.substitution import substituted_names
from assistant.proof.trends import FALL, RISE, TREND
from assistant.understanding.short_names import is_known_body
from vectorstore.segmentation import fold, words

_CLAUSE = re.compile(r"[，,。；;：:！？!?\n]")
_SEGMENT = re.compile(r"[，,。；;：:！？!?\n、]")
_FORBIDS = re.compile("不得|禁止|严禁|不予|不能|不可|不许|无需|不再|取消|暂停|停止")
_AIMS = re.compile("力争|争取|努力|预计|预期|有望")
_CERTAIN = re.compile("确保|保证|必须|已经|均已")
_SAME_CLAUSE = 0.6
_FEW = 4


def clause_faults(plain: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault where a clause reads like a source's, but turned round or about something else.

    Args:
        plain: the folded sentence.
        sources: what it cites.
    """
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
    yield from _reversed(plain, sources)
    yield from substituted_names(plain, sources)


@dataclass(frozen=True, slots=True)
class _Clause:
    """What stands between two commas, in which sentence; its words without those that forbid."""

    text: str
    sentence: str
    words: frozenset[str]
    nouns: tuple[str, ...]
    forbids: bool


@lru_cache(maxsize=1024)
def _clauses(text: str) -> tuple[_Clause, ...]:
    return tuple(
        _Clause(
            piece,
            sentence,
            frozenset(words(_FORBIDS.sub("", piece))),
            nouns(piece),
            bool(_FORBIDS.search(piece)),
        )
        for sentence in SENTENCE_BREAK.split(fold(text))
        for piece in _CLAUSE.split(sentence)
        if piece
    )


def _hardened(mine: str, other: str) -> bool:
    """Tell whether a claim makes a certainty of what its source only aims at."""
    certain = _CERTAIN.search(mine) and not _AIMS.search(mine)
    return bool(certain and _AIMS.search(other) and not _CERTAIN.search(other))


def _exchanged(mine: _Clause, other: _Clause, around: str) -> tuple[str, str] | None:
    """Return a noun of the source's clause and the one that a claim puts in its place."""
    for said in mine.nouns:
        # What the sentence has named before need not be said again.
        if said in other.sentence or said in around or is_known_body(said, mine.text, other.sentence):
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


@dataclass(frozen=True, slots=True)
class _Segment:
    """A clause, or an item of a list, that says what rises or falls."""

    text: str
    words: frozenset[str]
    rises: bool


@lru_cache(maxsize=1024)
def _segments(text: str) -> tuple[_Segment, ...]:
    found = []
    for piece in _SEGMENT.split(fold(text)):
        told = set(TREND.findall(piece))
        if told and (told <= RISE or told <= FALL):
            found.append(_Segment(piece, frozenset(words(TREND.sub("", piece))), told <= RISE))
    return tuple(found)


def _reversed(plain: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault where what rises in a source falls in the sentence, or the other way round."""
    for mine in _segments(plain):
        enough = _SAME_CLAUSE * len(mine.words)
        theirs = [other for source in sources for other in _segments(source.text)]
        alike = [other for other in theirs if len(mine.words & other.words) >= enough]
        if alike and all(other.rises != mine.rises for other in alike):
            yield Fault(f"资料原文为“{alike[0].text}”", contradicted=True)
