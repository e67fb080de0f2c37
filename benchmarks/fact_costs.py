"""What facts add to ingestion: the same files taken in with them and without, by turns; run by hand.

    python -m benchmarks.fact_costs [--rounds 5] [--megabytes 2] [folder …]

The folders are those of real documents; without any the examples and the documents of `benchmarks/facts` are
taken. Made-up plans, which state a figure in every other sentence, come beside them. It prints a Markdown
table of processor time, medians of rounds that take turns, so that their ratio means something on a loaded
machine too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

from benchmarks.corpus import made_up_documents
from ingest import parsing
from ingest.facts.reading import read_facts
from ingest.files import find_files
from vectorstore.errors import UnreadableFileError
from vectorstore.facts import FactReading
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary
from vectorstore.quantities import quantities
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument

Files = Sequence[tuple[str, bytes]]
Reader = Callable[[ParsedDocument], FactReading]
_OWN = (Path("examples"), Path("benchmarks/facts/documents"))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--megabytes", type=float, default=2.0)
    options = parser.parse_args()
    print("| documents | facts | without facts, s | with facts, s | facts add |")
    print("|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        made_up = Path(name) / "made-up"
        _write(made_up, options.megabytes)
        for title, folders in (("real", options.folders or _OWN), ("made-up plans", [made_up])):
            print(f"| {title} | {_told(folders, options.rounds)} |")
    return 0


def _told(folders: Sequence[Path], rounds: int) -> str:
    files = [(file.path.name, file.path.read_bytes()) for file in find_files(folders)]
    _spent(files, read_facts)  # what is loaded once is not what is measured
    without, whole, count = [], [], 0
    for _ in range(rounds):
        without.append(_spent(files, _unread)[0])
        spent, count = _spent(files, read_facts)
        whole.append(spent)
    added = median(after / before for before, after in zip(without, whole, strict=True)) - 1
    return f"{count:,} | {median(without):.2f} | {median(whole):.2f} | {added:.0%}"


def _spent(files: Files, reader: Reader) -> tuple[float, int]:
    """Seconds of processor time from bytes to a stored library, and how many facts it holds."""
    quantities.cache_clear()
    with (
        tempfile.TemporaryDirectory() as name,
        _reading(reader),
        PolicyLibrary.open(LibrarySettings.in_folder(Path(name))) as library,
    ):
        began = time.process_time()
        with library.write() as writer:
            for number, (source, data) in enumerate(files):
                with suppress(UnreadableFileError):
                    writer.put(parsing.parse(data, f"{number}-{source}"))
        spent = time.process_time() - began
        return spent, library.ledger.count(FactFilter(rejected=True))


def _unread(_: ParsedDocument) -> FactReading:
    return FactReading()


@contextmanager
def _reading(reader: Reader) -> Iterator[None]:
    vars(parsing)["read_facts"] = reader
    try:
        yield
    finally:
        vars(parsing)["read_facts"] = read_facts


def _write(folder: Path, megabytes: float) -> None:
    folder.mkdir()
    left = megabytes * 1e6
    for document in made_up_documents(10**7):
        (folder / document.source).write_text(document.text, encoding="utf-8")
        left -= len(document.text.encode())
        if left <= 0:
            return


if __name__ == "__main__":
    sys.exit(main())
