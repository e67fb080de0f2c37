"""The formats that made-up papers are written in, and the reading of one file."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks.office.comparing import Score, compare
from benchmarks.office.content import Paper, paper_of
from benchmarks.office.ofd_file import ofd_file
from benchmarks.office.printed_file import printed_file
from benchmarks.office.sheet_file import csv_file, workbook_file
from benchmarks.office.text_file import markdown_file, plain_file, web_page
from benchmarks.office.word_file import word_file
from ingest.pipeline import parse
from vectorstore.errors import PolicyError

_ALL = frozenset({"text", "headings", "rows", "title", "facts"})
_NO_ROWS = _ALL - {"rows"}

FORMATS: dict[str, tuple[Callable[[Paper, random.Random], bytes], frozenset[str]]] = {
    "docx": (word_file, _ALL),
    "html": (web_page, _ALL),
    "md": (markdown_file, _ALL),
    "txt": (plain_file, _NO_ROWS),
    "pdf": (printed_file, _ALL),
    "ofd": (ofd_file, _ALL),
    "xlsx": (workbook_file, frozenset({"rows", "title"})),
    "csv": (csv_file, frozenset({"rows"})),
}


@dataclass(frozen=True, slots=True)
class MadeUpFile:
    """A made-up file and its name."""

    name: str
    data: bytes


def read(seed: int, kind: str) -> tuple[MadeUpFile, Score]:
    """Write the paper of a number in a format, read it, compare.

    Args:
        seed: the paper; one with a table where the format holds nothing else.
        kind: one of `FORMATS`.

    Returns:
        The file and its counts; a file that is refused has lost everything.
    """
    write, keeps = FORMATS[kind]
    number = seed
    while kind in ("csv", "xlsx") and not any(True for _ in paper_of(number).grids()):
        number += 100_003
    paper = paper_of(number)
    if kind == "csv":
        paper = _first_grid_alone(paper)
    file = MadeUpFile(f"{seed}.{kind}", write(paper, random.Random(number)))  # noqa: S311
    if kind == "txt":
        paper = replace(
            paper,
            sections=tuple(
                replace(s, pieces=tuple(p for p in s.pieces if isinstance(p, str))) for s in paper.sections
            ),
        )
    try:
        return file, compare(paper, parse(file.data, file.name), keeps)
    except PolicyError as error:
        score = Score()
        score.add("text", right=False, what=f"refused: {error}", weight=1_000)
        return file, score


def _first_grid_alone(paper: Paper) -> Paper:
    section = next(
        section for section in paper.sections if any(not isinstance(piece, str) for piece in section.pieces)
    )
    grid = next(piece for piece in section.pieces if not isinstance(piece, str))
    return replace(paper, sections=(replace(section, pieces=(grid,)),))
