"""How fast files are read: each stage before the store by itself, and whole folders with more workers.

    python -m benchmarks.ingestion [--megabytes 8] [--workers 1 2] [--rounds 3]

The documents are made up (`benchmarks/corpus.py`), the same ones every time. Prints Markdown tables. The
clock tells how the work grows with the workers, where the machine has nothing else to do; processor time
tells what it costs, and the share of the process that ingests, which does not grow, how far it could grow.
All figures of a table come from one run, so that their ratios mean something. PDF and Word files are
written with the packages of the development extra.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import docx
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from benchmarks.corpus import MadeUpDocument, made_up_documents
from ingest.chunking import chunk
from ingest.cleaning import clean
from ingest.facts.reading import read_facts
from ingest.files import find_files
from ingest.lines import read_blocks
from ingest.loaders import load
from ingest.messages import Limits, Task, Wanted
from ingest.metadata import describe
from ingest.pipeline import ingest, parse
from ingest.structure import outline
from ingest.tokens import TokenBudget
from ingest.workers import read_files
from vectorstore.hashing import embedded_text
from vectorstore.library import PolicyLibrary
from vectorstore.preparing import words_of
from vectorstore.quantities import quantities
from vectorstore.settings import LibrarySettings
from vectorstore.word_vectors import text_vectors

_ASKED = 1.5
_PRINTED_DOCUMENTS = 6
# A Word file does not fix its pages; a printed one of plain text holds about so many characters.
_CHARACTERS_A_PAGE = 700
_FONT = "STSong-Light"
_LAYOUT = {"fontSize": 12, "leading": 20, "firstLineIndent": 24, "wordWrap": "CJK"}


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took, in seconds.

    Attributes:
        clock: by the clock.
        own: of processor time in this process.
        others: of processor time in the processes it started.
    """

    clock: float
    own: float
    others: float

    @property
    def processor(self) -> float:
        """All processor time."""
        return self.own + self.others


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=8.0)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    documents = _documents(options.megabytes)
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{len(documents)} documents, {size:.1f} MB of plain Chinese text in UTF-8, {cores} cores\n")
    print(_stage_table(documents, size))
    print(_worker_table(documents, size, options.workers, options.rounds))
    print(_page_table(documents[:_PRINTED_DOCUMENTS]))
    return 0


def _documents(megabytes: float) -> list[MadeUpDocument]:
    documents, left = [], megabytes * 1e6
    for document in made_up_documents(10**7):
        documents.append(document)
        left -= len(document.text.encode())
        if left <= 0:
            break
    return documents


def _stage_table(documents: Sequence[MadeUpDocument], size: float) -> str:
    """Megabytes that each stage takes a second of processor time, in one process."""
    _stages(documents[0])  # what is loaded once is not what is measured
    spent: dict[str, float] = defaultdict(float)
    for document in documents:
        for name, seconds in _stages(document).items():
            spent[name] += seconds
    whole = sum(spent.values())
    rows = [(name, f"{size / seconds:.1f}", f"{seconds / whole:.0%}") for name, seconds in spent.items()]
    rows.append((f"**all of them** (asked: {_ASKED})", f"**{size / whole:.2f}**", "100%"))
    return _table(("stage, before the store", "MB/s and core", "share"), rows)


def _stages(document: MadeUpDocument) -> dict[str, float]:
    """Do what a reading process does, stage by stage; seconds of processor time by stage."""
    data, spent = document.text.encode(), {}
    marks = [time.process_time()]

    def mark(name: str) -> None:
        marks.append(time.process_time())
        spent[name] = marks[-1] - marks[-2]

    loaded = load(data, document.source)
    mark("load")
    cleaned = clean(loaded.text)
    mark("clean")
    blocks = read_blocks(cleaned.text)
    mark("join lines")
    tree = outline(blocks)
    mark("structure")
    describe(tree, document.source, loaded.given, cleaned.running)
    mark("describe")
    chunk(tree, "0" * 16, TokenBudget())
    mark("cut into passages")
    parsed = parse(data, document.source)
    marks.append(time.process_time())  # the whole way once more is not counted
    quantities.cache_clear()
    read_facts(parsed)
    mark("read facts")
    words_of(parsed)
    mark("segmentation (words, bigrams)")
    text_vectors([embedded_text(parsed.document, passage) for passage in parsed.passages])
    mark("built-in embedding")
    return spent


def _worker_table(
    documents: Sequence[MadeUpDocument], size: float, workers: Sequence[int], rounds: int
) -> str:
    """How reading a folder, and ingesting it, grows with the workers; the best of rounds that take turns."""
    before: dict[int, list[Spent]] = defaultdict(list)
    whole: dict[int, list[Spent]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "documents"
        folder.mkdir()
        for document in documents:
            (folder / document.source).write_text(document.text, encoding="utf-8")
        for number in range(rounds):
            for count in workers:
                library = Path(name) / f"{number}-{count}"
                before[count].append(_spent(partial(_read, folder, count)))
                whole[count].append(_spent(partial(_ingest, folder, library, count)))
                print(f"round {number + 1}, {count} workers: done", file=sys.stderr)
    rows = _growth("load to embedding", size, [_best(spent) for spent in before.values()])
    rows += _growth("whole ingestion, with the store", size, [_best(spent) for spent in whole.values()])
    return _table(("", *(f"{count} worker{'s' * (count > 1)}" for count in workers)), rows)


def _growth(title: str, size: float, columns: Sequence[Spent]) -> list[tuple[str, ...]]:
    return [
        (f"{title}, MB/s by the clock", *(f"{size / spent.clock:.2f}" for spent in columns)),
        ("· times the first", *(f"{columns[0].clock / spent.clock:.2f}" for spent in columns)),
        ("· MB a second of processor time", *(f"{size / spent.processor:.2f}" for spent in columns)),
        ("· of it in the ingesting process", *(f"{spent.own / spent.processor:.0%}" for spent in columns)),
    ]


def _read(folder: Path, workers: int) -> None:
    """Everything up to the store, in processes of its own."""
    tasks = [Task(file) for file in find_files([folder])]
    for _ in read_files(tasks, workers, Limits(), Wanted(words=True, vectors=True)):
        pass


def _ingest(folder: Path, library: Path, workers: int) -> None:
    with PolicyLibrary.open(LibrarySettings.in_folder(library)) as opened:
        ingest([folder], opened, workers=workers)


def _page_table(documents: Sequence[MadeUpDocument]) -> str:
    rows = []
    for name, made in (("PDF", _printed), (f"Word ({_CHARACTERS_A_PAGE} characters a page)", _word)):
        files = [made(document) for document in documents]
        pages = sum(count for _, count in files)
        _parse_all(files[:1])  # what is loaded once is not what is measured
        spent = _spent(partial(_parse_all, files))
        rows.append((name, str(pages), f"{pages / spent.processor:.0f}"))
    return _table(("load to passages", "pages", "pages/s and core"), rows)


def _parse_all(files: Sequence[tuple[bytes, int]]) -> None:
    for data, _ in files:
        parse(data, "file")


def _printed(document: MadeUpDocument) -> tuple[bytes, int]:
    with suppress(KeyError):
        pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    style = ParagraphStyle("body", fontName=_FONT, **_LAYOUT)
    written = io.BytesIO()
    pages = SimpleDocTemplate(written)
    pages.build([Paragraph(line, style) for line in document.text.split("\n\n")])
    return written.getvalue(), int(pages.page)


def _word(document: MadeUpDocument) -> tuple[bytes, int]:
    written = io.BytesIO()
    file = docx.Document()
    for line in document.text.split("\n\n"):
        file.add_paragraph(line)
    file.save(written)
    return written.getvalue(), -(-len(document.text) // _CHARACTERS_A_PAGE)


def _spent(work: Callable[[], object]) -> Spent:
    began = _times()
    work()
    return Spent(*(after - before for before, after in zip(began, _times(), strict=True)))


def _times() -> tuple[float, float, float]:
    own, others = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return time.perf_counter(), own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime


def _best(spent: Sequence[Spent]) -> Spent:
    """The quickest round: what else the machine does only slows the others."""
    return min(spent, key=lambda each: each.clock)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(header)} |", "|---|" + "---:|" * (len(header) - 1)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
