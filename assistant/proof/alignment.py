"""A sentence laid beside the sentences of its sources that say most of it, character by character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from assistant.proof.substitutions import kind_of
from vectorstore.segmentation import tagged

_SENTENCE = re.compile(r"(?<=[。;；！？!?\n])")
_SIGN = re.compile(r"[^\w%]")
# Figures have a check of their own.
_DIGIT = re.compile(r"\d")
_BREAK = re.compile(r"[,，。;；、:：]|$")
_CLAUSE_BREAKS = ",，。;；:：\n"
_ITEM = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|\d{1,2}[.、．](?!\d)|[一二三四五六七八九]是)"
)
_LEAD_IN = re.compile(rf"[^\n]*?:(?=\s*$|{_ITEM.pattern})")
_MOST_SENTENCES = 6
_GAIN = 3
_ANCHOR = 2


class Standing(StrEnum):
    """Where a word of the sentence stands in its sources."""

    KEPT = "kept"
    MOVED = "moved"
    AROUND = "around"
    PARTLY = "partly"
    MISSING = "missing"


class Zone(StrEnum):
    """Where a word stands in the sentence: before, between or behind what the sources say too."""

    HEAD = "head"
    INSIDE = "inside"
    TAIL = "tail"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the sentence.

    Attributes:
        text: the word.
        kind: noun, verb, adjective, adverb, measure, name or function.
        start, end: its place in the sentence.
        standing, zone: where it stands.
    """

    text: str
    kind: str
    start: int
    end: int
    standing: Standing
    zone: Zone

    @property
    def new(self) -> bool:
        """Whether it says something that the sources do not say in this word."""
        return self.standing in (Standing.PARTLY, Standing.MISSING) and self.kind not in (
            "function",
            "measure",
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words that are not kept, and what the source has in their place.

    Attributes:
        said: the run.
        told: what stands in its place: between the same neighbours, or up to the end of the clause.
        before, behind: whether the words on that side are kept.
        ends: the source's clause ends where the run begins.
        words: the words of the run.
    """

    said: str
    told: str
    before: bool
    behind: bool
    ends: bool
    words: tuple[Word, ...]

    @property
    def fresh(self) -> int:
        """How many characters its new words have."""
        return sum(len(word.text) for word in self.words if word.new)


@dataclass(frozen=True, slots=True)
class Alignment:
    """A sentence beside its evidence.

    Attributes:
        plain: the folded sentence.
        evidence: the sentences of the sources that say most of it.
        span: the clauses of the evidence that the sentence touches.
        words: the sentence's words, figures included.
        stretches: its runs that are not kept.
        places: where in the evidence the kept runs of the sentence begin, in its order, with their lengths.
    """

    plain: str
    evidence: str
    span: str
    words: tuple[Word, ...]
    stretches: tuple[Stretch, ...]
    places: tuple[tuple[int, int], ...]


def align(plain: str, texts: Sequence[str], around: str) -> Alignment:
    """Lay a sentence beside its sources.

    Args:
        plain: the folded sentence.
        texts: the folded texts of its sources.
        around: their folded titles and headings.
    """
    evidence = evidence_of(plain, texts)
    matcher = SequenceMatcher(None, plain, evidence, autojunk=False)
    places: list[tuple[int, int]] = [(-1, 0)] * len(plain)
    firm = []
    for mine, theirs, size in matcher.get_matching_blocks():
        places[mine : mine + size] = [(theirs + step, size) for step in range(size)]
        if size >= _ANCHOR:
            firm.append((mine, theirs, size))
    begin = firm[0][0] if firm else len(plain)
    end = firm[-1][0] + firm[-1][2] if firm else 0
    said = "".join(texts)
    words = []
    at = 0
    for text, tag in tagged(plain):
        if not (_SIGN.match(text) or _DIGIT.search(text)):
            zone = Zone.HEAD if at < begin else Zone.TAIL if at >= end else Zone.INSIDE
            standing = _standing(text, places[at : at + len(text)], evidence, said, around)
            words.append(Word(text, kind_of(text, tag), at, at + len(text), standing, zone))
        at += len(text)
    runs = [list(run) for new, run in groupby(words, lambda word: word.standing is not Standing.KEPT) if new]
    return Alignment(
        plain,
        evidence,
        _touched(evidence, firm),
        tuple(words),
        tuple(_stretch(plain, evidence, places, run) for run in runs),
        tuple((theirs, size) for _, theirs, size in firm),
    )


def evidence_of(plain: str, texts: Sequence[str]) -> str:
    """Return the sentences of folded texts that say most of a folded sentence, in their order.

    An item brings the words that lead in its list: 有下列情形之一的,不予奖励.
    """
    sentences = [sentence for text in texts for sentence in _SENTENCE.split(text) if sentence.strip()]
    if len(sentences) < 2:
        return "".join(sentences)
    leads = _leads(sentences)
    wanted = _pairs(plain)
    offered = [_pairs(sentence) for sentence in sentences]
    picked: set[int] = set()
    while wanted and len(picked) < _MOST_SENTENCES:
        best = max(range(len(sentences)), key=lambda place: len(wanted & offered[place]))
        if picked and len(wanted & offered[best]) < _GAIN:
            break
        picked.add(best)
        wanted = wanted - offered[best]
    told: list[str] = []
    for place in sorted(picked):
        if leads[place] and not any(leads[place] in one for one in told):
            told.append(leads[place])
        told.append(sentences[place])
    return "".join(told)


def _leads(sentences: Sequence[str]) -> list[str]:
    """Return for each sentence that is an item what leads in its list, "" for the others."""
    leads: list[str] = []
    lead = ""
    for sentence in sentences:
        is_item = _ITEM.match(sentence) is not None
        leads.append(lead if is_item else "")
        opened = _LEAD_IN.match(sentence)
        lead = opened.group() if opened else lead if is_item else ""
    return leads


def _pairs(text: str) -> frozenset[str]:
    bare = _SIGN.sub("", text)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))


def _standing(
    text: str, places: Sequence[tuple[int, int]], evidence: str, said: str, around: str
) -> Standing:
    if all(size >= _ANCHOR or (size and len(text) == 1) for _, size in places):
        return Standing.KEPT
    if text in evidence:
        return Standing.MOVED
    if len(text) > 1 and (text in said or text in around):
        return Standing.AROUND
    known = sum(character in evidence for character in text)
    return Standing.PARTLY if len(text) > 1 and known * 2 >= len(text) else Standing.MISSING


def _touched(evidence: str, firm: Sequence[tuple[int, int, int]]) -> str:
    if not firm:
        return evidence
    low = min(theirs for _, theirs, _ in firm)
    high = max(theirs + size for _, theirs, size in firm)
    begin = max(evidence.rfind(sign, 0, low) for sign in _CLAUSE_BREAKS) + 1
    ends = [end for sign in _CLAUSE_BREAKS if (end := evidence.find(sign, high)) >= 0]
    return evidence[begin : min(ends, default=len(evidence))]


def _stretch(plain: str, evidence: str, places: Sequence[tuple[int, int]], run: Sequence[Word]) -> Stretch:
    start, end = run[0].start, run[-1].end
    left = places[start - 1] if start else (-1, 0)
    right = places[end] if end < len(plain) else (-1, 0)
    before, behind = left[1] >= _ANCHOR, right[1] >= _ANCHOR
    told, ends = "", False
    if before and behind and right[0] > left[0]:
        told = evidence[left[0] + 1 : right[0]]
    elif before:
        rest = evidence[left[0] + 1 :]
        ends = _BREAK.match(rest) is not None
        told = _BREAK.split(rest, maxsplit=1)[0]
    elif behind:
        told = re.split(r"[,，。;；、:：\n]", evidence[: right[0]])[-1]
    return Stretch(plain[start:end], told, before, behind, ends, tuple(run))
