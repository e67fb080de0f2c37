"""Sentences: the smallest verbatim pieces an answer is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from math import fsum

from vectorstore.types import Passage, PassageKind

_END = re.compile(r"[。！？!?；;]+[”’」』）)】》]*|\n+")
_RUN_IN_HEAD_CHARS = 24
_ITEM = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|\d{1,2}[.、．]|——|[一二三四五六七八九]是|[一二三四五六七八九十]+、|[●·]|第[一二三四五六七八九十百\d]+条)"
)
LEADS_IN, GOES_ON = ("：", ":"), ("；", ";")
"""How a sentence ends that leads others in, and one that goes on in the next."""
# Quoted and bracketed words stay in one clause.
# A time at the head belongs to what follows: 到2030年，产值达到800亿元 is one clause.
_CLAUSE = re.compile(
    r"(?:[到至在自从截]?(?:19|20)\d{2}年(?:\d{1,2}月)?[底末前初起]?，)?(?:“[^”]*”|（[^）]*）|[^，；：。])+[，；：。]?"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A verbatim span of a passage.

    Attributes:
        passage: the passage it stands in.
        text: what is read; of a table row the whole row as a sentence.
        start, end: its place in the document's clean text, in characters.
        paragraph: number of the paragraph in the passage, from 0.
        index: number of the sentence in the passage, from 0.
    """

    passage: Passage
    text: str
    start: int
    end: int
    paragraph: int
    index: int


def split_sentences(passage: Passage) -> list[Sentence]:
    """Split a passage into sentences at 。！？； and line ends.

    Args:
        passage: any passage; a table row is one sentence.

    Returns:
        The sentences in order. A short opening such as “康复疗养。” stays with the sentence it heads.
    """
    if passage.kind is PassageKind.TABLE_ROW:
        return [Sentence(passage, passage.text, passage.start, passage.end, 0, 0)]
    sentences: list[Sentence] = []
    paragraph = 0
    begin = 0
    opens_paragraph = True
    for cut, end, line_ends in _cuts(passage.text):
        piece = passage.text[begin:cut]
        run_in = opens_paragraph and not line_ends and len(piece.strip()) <= _RUN_IN_HEAD_CHARS
        if run_in and passage.text[cut:].lstrip(" ")[:1] not in ("", "\n"):
            opens_paragraph = False
            continue
        stripped = piece.strip()
        if stripped:
            start = passage.start + begin + piece.index(stripped)
            sentences.append(
                Sentence(passage, stripped, start, start + len(stripped), paragraph, len(sentences))
            )
        if line_ends:
            paragraph += 1
        opens_paragraph = line_ends
        begin = end
    return sentences


def is_item(text: str) -> bool:
    """Return whether a sentence opens with the mark of an item: （一）, 2., ——, 第三条."""
    return _ITEM.match(text) is not None


def _cuts(text: str) -> list[tuple[int, int, bool]]:
    """Return (end of sentence, start of the next, whether a line ends there) for each sentence."""
    cuts: list[tuple[int, int, bool]] = []
    for match in _END.finditer(text):
        if match.group().startswith("\n"):
            cuts.append((match.start(), match.end(), True))
        else:
            cuts.append((match.end(), match.end(), False))
    if not cuts or cuts[-1][1] < len(text):
        cuts.append((len(text), len(text), True))
    return cuts


def clip(
    sentence: Sentence,
    features: Callable[[str], Set[str]],
    values: Mapping[str, float],
    limit: int,
    *,
    fullest: bool = False,
) -> Sentence:
    """Cut a long sentence down to the clauses that matter most.

    Args:
        sentence: any sentence; a table row stays whole.
        features: what a clause has that may matter, such as its words.
        values: worth of each feature; others are worth nothing.
        limit: most characters to keep.
        fullest: of runs worth the same take the longest, else the shortest.

    Returns:
        The run of neighbouring clauses of highest worth within the limit, still verbatim; the
        sentence itself where it is short enough or no run of clauses fits.
    """
    if len(sentence.text) <= limit or sentence.passage.kind is PassageKind.TABLE_ROW:
        return sentence
    clauses = [match.span() for match in _CLAUSE.finditer(sentence.text)]
    held = [features(sentence.text[start:end]) & values.keys() for start, end in clauses]
    best, chosen = (0.0, -limit - 1), (0, 0)
    for first, (start, _) in enumerate(clauses):
        gathered: set[str] = set()
        for (_, end), own in zip(clauses[first:], held[first:], strict=True):
            gathered |= own
            # Rounding must not tell runs apart that are worth the same: sets have no order.
            total = fsum(values[feature] for feature in gathered)
            worth = (total, (end - start) * (1 if fullest else -1))
            if end - start <= limit and worth > best:
                best, chosen = worth, (start, end)
    if chosen == (0, 0):
        return sentence
    text = sentence.text[slice(*chosen)].rstrip("，；：")
    start = sentence.start + chosen[0]
    return replace(sentence, text=text, start=start, end=start + len(text))
