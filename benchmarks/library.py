"""How fast the library is, beside LangChain's stock recipe on the same vectors; run by hand.

    python -m benchmarks.library [--sizes 1000 10000 100000] [--without-stock] [--folder KEPT]

It prints Markdown tables; a folder keeps the libraries for `benchmarks.distractors`. All sizes are measured
in one run, so that their ratios mean something.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_core.documents import Document

from benchmarks.passages import PASSAGES, document_of, question_of
from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import EmbeddingModel, embedding_model
from vectorstore.hashing import embedded_text
from vectorstore.keywords import KeywordWriter
from vectorstore.langchain_store import LangChainEmbeddings
from vectorstore.library import PolicyLibrary
from vectorstore.session import Session
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument, PassageHit
from vectorstore.vector_writer import VectorWriter
from vectorstore.vectors import VectorStore

_QUERIES = 100
_FURTHER = 100
# langchain-chroma does not split its calls, and Chroma takes no larger ones.
_STOCK_BATCH = 5_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--without-stock", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the libraries are made and kept")
    parser.add_argument("--reader", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.reader:
        print(json.dumps(_read(options.reader)))
        return
    kept = [options.folder / str(size) for size in options.sizes] if options.folder else []
    if there := [str(folder) for folder in kept if folder.exists()]:
        parser.error(f"already there, and would be measured as if it were empty: {', '.join(there)}")
    rows, shares = [], []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as passing:
            folder = options.folder / str(size) if options.folder else Path(passing)
            row, share = _measure(size, folder, not options.without_stock)
        rows.append(row)
        shares.append(share)
        print(f"{size}: done", file=sys.stderr)
    _print_table(options.sizes, rows)
    _print_table(options.sizes, shares)


def _measure(size: int, folder: Path, stock: bool) -> tuple[dict[str, str], dict[str, str]]:
    documents = [document_of(number) for number in range(size // PASSAGES)]
    settings = LibrarySettings.in_folder(folder / "library")
    with PolicyLibrary.open(settings) as library, _stopwatch() as spent:
        whole = _seconds(lambda: _write(library, documents))
        stages = dict(spent)
    rate = size / whole
    disk = sum(file.stat().st_size for file in (folder / "library").rglob("*") if file.is_file())
    row = {"bulk ingestion, passages/s": f"{rate:,.0f}"}
    if stock:
        stock_rate = size / _stock(documents, folder / "stock")
        row["stock LangChain recipe, passages/s"] = f"{stock_rate:,.0f}"
        row["ratio to the stock recipe"] = f"{rate / stock_rate:.2f}"
    further = [document_of(size + number) for number in range(_FURTHER // PASSAGES)]
    reading = [sys.executable, "-m", "benchmarks.library", "--reader", str(folder / "library")]
    figures = json.loads(subprocess.run(reading, check=True, capture_output=True).stdout)  # noqa: S603
    row["opening for reading, s"] = f"{figures['open']:.2f}"
    for kind, name in (("keywords", "keyword search"), ("vectors", "vector search")):
        row[f"{name} + load, median / p95, ms"] = f"{figures[kind][0]:.1f} / {figures[kind][1]:.1f}"
    row["memory of the reader, MB"] = f"{figures['memory']:,.0f}"
    row["disk, MB"] = f"{disk / 1_000_000:,.0f}"
    with PolicyLibrary.open(settings) as library:
        row["100 further passages, s"] = f"{_seconds(lambda: _write(library, further)):.2f}"
    shares = {f"share of {name}": f"{100 * seconds / whole:.0f} %" for name, seconds in stages.items()}
    return row, shares


def _write(library: PolicyLibrary, documents: list[ParsedDocument]) -> None:
    with library.write() as writer:
        for document in documents:
            writer.put(document)


def _stock(documents: list[ParsedDocument], folder: Path) -> float:
    """Return the seconds that `Chroma.from_documents` takes with the same vectors, made beforehand."""
    passages = [(parsed.document, passage) for parsed in documents for passage in parsed.passages]
    texts = [embedded_text(document, passage) for document, passage in passages]
    built_in = embedding_model(LibrarySettings.in_folder(folder))
    vectors = dict(zip(texts, built_in.embed(texts), strict=True))

    class Ready(LangChainEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [vectors[text].tolist() for text in texts]

    ready = [
        Document(text, id=passage.id, metadata={"document": document.id})
        for text, (document, passage) in zip(texts, passages, strict=True)
    ]

    def fill() -> None:
        for start in range(0, len(ready), _STOCK_BATCH):
            Chroma.from_documents(
                ready[start : start + _STOCK_BATCH],
                Ready(built_in),
                persist_directory=str(folder),
                collection_configuration={"hnsw": {"space": "cosine"}},
            )

    return _seconds(fill)


def _read(folder: Path) -> dict[str, Any]:
    """Measure in a process of its own, as a reader starts."""
    settings = LibrarySettings.in_folder(folder)
    library = PolicyLibrary.open(settings)
    figures: dict[str, Any] = {}
    figures["open"] = _seconds(lambda: (library.documents(), library.search_keywords("产业", 10)))
    queries = [question_of(random.Random(number)) for number in range(_QUERIES)]  # noqa: S311
    for name, search in (("keywords", library.search_keywords), ("vectors", library.search_vectors)):
        taken = [_answer(library, search, query) for query in (queries[0], *queries)][1:]
        figures[name] = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    status = Path("/proc/self/status").read_text()
    figures["memory"] = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return figures


def _answer(library: PolicyLibrary, search: Callable[[str, int], list[PassageHit]], query: str) -> float:
    """Return the milliseconds that one question takes with the passages it finds."""
    return 1_000 * _seconds(lambda: library.load([hit.passage_id for hit in search(query, 50)]))


@contextmanager
def _stopwatch() -> Iterator[dict[str, float]]:
    """Time the stages of writing by wrapping their methods."""
    spent: dict[str, float] = defaultdict(float)
    stages: list[tuple[str, type, str]] = [
        ("embedding", EmbeddingModel, "embed"),
        ("catalogue", Catalogue, "store"),
        ("keyword index", KeywordWriter, "add"),
        ("keyword index", KeywordWriter, "commit"),
        ("Chroma inserts", VectorStore, "add"),
        ("Chroma copy and sync", VectorWriter, "open"),
        ("Chroma copy and sync", VectorWriter, "seal"),
        ("publication", Session, "publish"),
    ]
    originals = [(owner, name, getattr(owner, name)) for _, owner, name in stages]

    def timed(stage: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            began = time.perf_counter()
            try:
                return original(*arguments, **options)
            finally:
                spent[stage] += time.perf_counter() - began

        return call

    for stage, owner, name in stages:
        setattr(owner, name, timed(stage, getattr(owner, name)))
    try:
        yield spent
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _print_table(sizes: list[int], columns: list[dict[str, str]]) -> None:
    print("| | " + " | ".join(f"{size:,} passages" for size in sizes) + " |")
    print("|---|" + "---:|" * len(sizes))
    for name in dict.fromkeys(name for column in columns for name in column):
        print(f"| {name} | " + " | ".join(column.get(name, "") for column in columns) + " |")
    print()


if __name__ == "__main__":
    main()
