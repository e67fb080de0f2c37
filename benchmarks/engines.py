"""Milvus beside the default engine: whether it ranks alike, and what it costs; run by hand.

    python -m benchmarks.engines SHARED [--folder KEPT] [--only NAME]... [--most N]
    python -m benchmarks.engines --sizes 1000 10000

The first asks the question sets of the gate of both engines, each made from the same catalogue, and prints
the reciprocal rank of the evidence and how much of it is found within ten passages: by keywords alone and
by the whole search. The second measures made-up documents, in processor time, which neighbours disturb
little; Milvus Lite works within the process, so that its share is counted too.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pydantic import SecretStr

from assistant.assistant import Assistant
from assistant.evaluation.outcome import SEARCHED, ranks_of
from assistant.evaluation.questions import GoldenQuestion
from assistant.settings import AssistantSettings
from assistant.types import Hit
from benchmarks.passages import PASSAGES, document_of, question_of
from benchmarks.question_sets import home_of, library_of, question_sets
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild
from vectorstore.settings import LibrarySettings

_QUERIES = 40
_CATALOGUE = "catalogue.sqlite"


def main() -> None:
    """Measure and print Markdown tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shared", nargs="?", type=Path)
    parser.add_argument("--folder", type=Path, default=Path("build") / "gate")
    parser.add_argument("--only", action="append", default=[], help="name of a set; may be given again")
    parser.add_argument("--most", type=int, default=0, help="questions of each set; 0: all")
    parser.add_argument("--sizes", nargs="+", type=int, default=[])
    options = parser.parse_args()
    if options.shared:
        print("| set | questions | by keywords: MRR, recall@10 | Milvus | whole search | Milvus |")
        print("|---|---:|---:|---:|---:|---:|")
        for line in _sets(options.shared, options.folder, options.only, options.most):
            print(line, flush=True)
    if options.sizes:
        print("| passages | engine | ingestion, passages/s | keywords, p50 / p95 | vectors, p50 / p95 | MB |")
        print("|---:|---|---:|---:|---:|---:|")
        for size in options.sizes:
            for milvus in (False, True):
                with tempfile.TemporaryDirectory() as folder:
                    print(_cost(size, Path(folder), milvus=milvus), flush=True)


def _sets(shared: Path, folder: Path, only: Sequence[str], most: int) -> Iterator[str]:
    for one in question_sets(shared):
        if only and one.name not in only:
            continue
        asked = [question for question in one.questions if question.answerable]
        asked = asked[:: max(1, len(asked) // most)] if most else asked
        if not asked:
            continue
        with library_of(one, folder) as library:
            default = _found(library, asked)
        with tempfile.TemporaryDirectory() as place:
            # What is measured is the engine: both hold the passages of one catalogue.
            shutil.copy(home_of(one, folder) / _CATALOGUE, Path(place) / _CATALOGUE)
            settings = _on_milvus(Path(place))
            rebuild(settings)
            with PolicyLibrary.open(settings) as library:
                other = _found(library, asked)
        figures = (default[0], other[0], default[1], other[1])
        yield f"| {one.name} | {len(asked)} | {' | '.join(figures)} |"


def _on_milvus(folder: Path) -> LibrarySettings:
    url = SecretStr(f"milvus://{folder.absolute()}/milvus.db")
    return LibrarySettings.in_folder(folder).model_copy(update={"policy_search_url": url})


def _found(library: PolicyLibrary, questions: Sequence[GoldenQuestion]) -> tuple[str, str]:
    assistant = Assistant(library, AssistantSettings.model_construct())

    def by_keywords(question: GoldenQuestion) -> list[Hit]:
        found = library.search_keywords(question.text, SEARCHED)
        passages = library.load([hit.passage_id for hit in found])
        return [Hit(passage, library.document(passage.document_id), 0.0) for passage in passages]

    def by_all(question: GoldenQuestion) -> list[Hit]:
        return assistant.search(question.text, SEARCHED, history=question.history)

    return _figures(by_keywords, questions), _figures(by_all, questions)


def _figures(search: Callable[[GoldenQuestion], list[Hit]], questions: Sequence[GoldenQuestion]) -> str:
    reciprocal, recall = rank_and_recall(search, questions)
    return f"{reciprocal:.4f}, {recall:.4f}"


def rank_and_recall(
    search: Callable[[GoldenQuestion], list[Hit]], questions: Sequence[GoldenQuestion]
) -> tuple[float, float]:
    """Return the mean reciprocal rank of all evidence, and the share of it that is found within ten."""
    ranks = [rank for question in questions for rank in ranks_of(question, search(question))]
    reciprocal = statistics.mean(1 / rank if rank else 0.0 for rank in ranks)
    return reciprocal, statistics.mean(rank > 0 for rank in ranks)


def _cost(size: int, folder: Path, *, milvus: bool) -> str:
    settings = _on_milvus(folder) if milvus else LibrarySettings.in_folder(folder)
    documents = [document_of(number) for number in range(size // PASSAGES)]
    with PolicyLibrary.open(settings) as library:
        began = time.process_time()
        with library.write() as writer:
            for document in documents:
                writer.put(document)
        rate = size / (time.process_time() - began)
        spent = [_spent(library, search) for search in (library.search_keywords, library.search_vectors)]
    parts = [file for file in folder.rglob("*") if file.is_file() and _CATALOGUE not in file.name]
    disk = sum(file.stat().st_size for file in parts) / 1_000_000
    name = "Milvus Lite" if milvus else "default"
    return f"| {size:,} | {name} | {rate:,.0f} | {' | '.join(spent)} | {disk:,.0f} |"


def _spent(library: PolicyLibrary, search: Callable[[str, int], object]) -> str:
    queries = [question_of(random.Random(number)) for number in range(_QUERIES)]  # noqa: S311
    search(queries[0], 50)
    taken = []
    for query in queries:
        began = time.process_time()
        search(query, 50)
        taken.append(1_000 * (time.process_time() - began))
    return f"{statistics.median(taken):.1f} / {statistics.quantiles(taken, n=20)[-1]:.1f} ms"


if __name__ == "__main__":
    main()
