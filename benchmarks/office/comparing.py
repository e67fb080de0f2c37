"""What was read of a made-up paper, held against what was written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from benchmarks.office.content import Grid, Paper
from vectorstore.types import ParsedDocument, Passage, PassageKind, Status

# The day on which the standing of all papers is asked.
_DAY = date(2026, 6, 30)
_MARGIN_DAYS = 3
_LABEL = re.compile(r"第[^条]{1,5}条")


@dataclass(slots=True)
class Score:
    """How many of what was written came out right, by kind, and what did not.

    Attributes:
        right, all: counts by kind: text (characters), order, headings, rows, title, number, date, issuer.
        faults: what was wrong, for people.
    """

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, kind: str, *, right: bool, what: str, weight: int = 1) -> None:
        """Count one thing."""
        self.all[kind] += weight
        self.right[kind] += weight if right else 0
        if not right:
            self.faults.append(f"{kind}: {what}")

    def merge(self, other: Score) -> None:
        """Take in another file's counts."""
        self.right += other.right
        self.all += other.all

    def share(self, kind: str) -> float:
        """The share that is right, 1 where there was nothing of the kind."""
        return self.right[kind] / self.all[kind] if self.all[kind] else 1.0


def flat(words: str) -> str:
    """Words without width, blanks and marks that a format may change."""
    return re.sub(r"[\s|｜\u200b*]+", "", unicodedata.normalize("NFKC", words))


def compare(paper: Paper, parsed: ParsedDocument, keeps: frozenset[str]) -> Score:
    """Hold what was read against the paper.

    Args:
        paper: what was written.
        parsed: what was read.
        keeps: what the file holds at all: "text", "headings", "rows", "title", "facts".

    Returns:
        The counts.
    """
    score = Score()
    document = parsed.document
    if "text" in keeps:
        _texts(score, paper, flat(parsed.text))
    if "headings" in keeps:
        _headings(score, paper, parsed.passages)
    if "rows" in keeps:
        rows = [passage.text for passage in parsed.passages if passage.kind == PassageKind.TABLE_ROW]
        for grid in paper.grids():
            _rows(score, grid, rows)
    if "title" in keeps:
        score.add(
            "title", right=flat(document.title) == flat(paper.title), what=f"{document.title} ≠ {paper.title}"
        )
    if "facts" in keeps:
        score.add(
            "number",
            right=document.document_number == paper.number,
            what=f"{document.document_number} ≠ {paper.number}",
        )
        score.add(
            "date",
            right=document.issued_on == paper.issued_on,
            what=f"{document.issued_on} ≠ {paper.issued_on}",
        )
        score.add("issuer", right=document.issuer == paper.issuer, what=f"{document.issuer} ≠ {paper.issuer}")
    if "facts" in keeps:
        _standing(score, paper, document.standing(_DAY))
    return score


def _standing(score: Score, paper: Paper, standing: Status) -> None:
    """Whether a paper that is over is never called in force, and none is over for the end of a permit."""
    if paper.last_day is None:
        score.add("validity", right=standing != Status.EXPIRED, what=f"{standing} without an end")
    elif abs((paper.last_day - _DAY).days) > _MARGIN_DAYS:
        over = paper.last_day < _DAY
        right = standing == (Status.EXPIRED if over else Status.IN_FORCE)
        score.add("validity", right=right, what=f"{standing} on {_DAY}, last day {paper.last_day}")


def _texts(score: Score, paper: Paper, text: str) -> None:
    place = 0
    for words in _written(paper):
        plain = flat(words)
        found = text.find(plain, place)
        anywhere = found >= 0 or plain in text
        score.add("text", right=anywhere, what=words, weight=len(plain))
        if anywhere:
            score.add("order", right=found >= 0, what=words)
        place = found + len(plain) if found >= 0 else place


def _written(paper: Paper) -> Iterator[str]:
    yield paper.title
    yield paper.lead
    for section in paper.sections:
        if section.heading and not _LABEL.fullmatch(section.heading):
            yield section.heading
        for piece in section.pieces:
            if isinstance(piece, str):
                yield piece
            else:
                yield from (cell for row in piece.rows for cell in row[piece.labels :])


def _headings(score: Score, paper: Paper, passages: tuple[Passage, ...]) -> None:
    """Whether each paragraph stands under its headings."""
    upper = ""
    for section in paper.sections:
        if section.level == 1:
            upper = section.heading
        path = [flat(heading) for heading in {upper, section.heading} if heading]
        for piece in section.pieces:
            if isinstance(piece, str):
                plain = flat(piece)
                holders = [passage for passage in passages if plain in flat(passage.text)]
                right = any({flat(name) for name in passage.section} >= set(path) for passage in holders)
                said = holders[0].section if holders else ()
                score.add("headings", right=right, what=f"{piece} under {said} instead of {path}")


def _rows(score: Score, grid: Grid, rows: list[str]) -> None:
    """Whether each row was read with the names of its columns."""
    names = ["".join(name) for name in grid.names]
    for row in grid.rows:
        wanted = [flat(f"{name}:{cell}") for name, cell in zip(names[1:], row[1:], strict=False)] or [
            *map(flat, row)
        ]
        loose = [words.replace(":", "") for words in wanted]
        right = any(
            flat(row[0]) in flat(said)
            and all(a in flat(said) or b in flat(said) for a, b in zip(wanted, loose, strict=True))
            for said in rows
        )
        near = next((said for said in rows if flat(row[0]) in flat(said)), "")
        score.add("rows", right=right, what=f"{row} as {near}")
