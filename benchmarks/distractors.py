"""Whether the evidence is still found among a million other passages, and how long answers take there.

    python -m benchmarks.distractors SHARED LIBRARY [--folder KEPT] [--only NAME]...

LIBRARY is the folder of one that `benchmarks.library` or `benchmarks.answering` has made with `--folder`; the
documents of the sets are ingested into it. Prints a Markdown table: how much of the evidence is found within
ten passages, and its reciprocal rank, in a set's own library and in the large one; and how long the answers
take there.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant
from assistant.evaluation.outcome import SEARCHED
from assistant.evaluation.questions import GoldenQuestion
from assistant.settings import AssistantSettings
from assistant.types import Hit
from benchmarks.engines import rank_and_recall
from benchmarks.question_sets import QuestionSet, library_of, sets_parser, wanted_sets
from ingest.pipeline import ingest
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

_SETS = ("policy-qa", "cross-script", "golden", "golden-2")


def main() -> None:
    """Measure and print."""
    parser = sets_parser(__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    sets = [one for one in wanted_sets(options) if options.only or one.name in _SETS]
    if options.fill:
        _fill(options.library, sets)
        return
    # In a process of its own: what writes takes more memory than what reads.
    subprocess.run([sys.executable, "-m", "benchmarks.distractors", *sys.argv[1:], "--fill"], check=True)  # noqa: S603
    print("| set | questions | alone: recall@10, MRR | among all | answers, median / p95, ms |")
    print("|---|---:|---:|---:|---:|")
    for line in _lines(sets, options.library, options.folder):
        print(line, flush=True)


def _fill(large: Path, sets: Sequence[QuestionSet]) -> None:
    """Ingest the documents of the sets, one file under the name of its set: files may share names."""
    with PolicyLibrary.open(LibrarySettings.in_folder(large)) as library, TemporaryDirectory() as passing:
        for one in sets:
            documents = one.documents
            if documents.is_file():
                documents = Path(passing) / f"{one.name}{documents.suffix}"
                copyfile(one.documents, documents)
            ingest([documents], library)


def _lines(sets: Sequence[QuestionSet], large: Path, folder: Path) -> Iterator[str]:
    began = time.perf_counter()
    with PolicyLibrary.open(LibrarySettings.in_folder(large)) as library:
        assistant = Assistant(library, AssistantSettings.model_construct())
        first = assistant.ask(sets[0].questions[0].text, mode="extractive").answer
        opened = time.perf_counter() - began
        for one in sets:
            asked = [question for question in one.questions if question.answerable]
            with library_of(one, folder) as own:
                alone = _found(Assistant(own, AssistantSettings.model_construct()), asked)
            among, spent = _found(assistant, asked), _spent(assistant, asked)
            yield f"| {one.name} | {len(asked)} | {alone} | {among} | {spent} |"
    status = Path("/proc/self/status").read_text()
    memory = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    yield f"\nFirst answer after {opened:.1f} s ({first.seconds:.2f} s of its own), memory {memory:,.0f} MB"


def _found(assistant: Assistant, questions: Sequence[GoldenQuestion]) -> str:
    def search(question: GoldenQuestion) -> list[Hit]:
        return assistant.search(question.text, SEARCHED, history=question.history)

    reciprocal, recall = rank_and_recall(search, questions)
    return f"{recall:.3f}, {reciprocal:.3f}"


def _spent(assistant: Assistant, questions: Sequence[GoldenQuestion]) -> str:
    taken = [
        1_000 * assistant.ask(question.text, question.history, mode="extractive").answer.seconds
        for question in questions
    ]
    return f"{statistics.median(taken):.0f} / {statistics.quantiles(taken, n=20)[-1]:.0f}"


if __name__ == "__main__":
    main()
