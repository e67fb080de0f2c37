"""How long a question takes, stage by stage, and how that grows with the library.

    python -m benchmarks.answering [--passages 1000 10000 100000] [--without-langchain] [--folder KEPT]

The documents are made up (`benchmarks/corpus.py`), the same ones every time. Prints a Markdown table of
medians and 95th percentiles of processor time in milliseconds, which other work on the machine does not
blur, and each stage's share of the main stages; the whole question also by the clock. Stages are timed on
other documents than whole questions, so that neither finds its words in the cache. Beside it LangChain's
stock recipe on the same documents in the same run.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.assistant import Assistant
from assistant.drafting.drafting import draft
from assistant.drafting.inquiry import Inquiry
from assistant.question import understand
from assistant.reading import sentence_probabilities
from assistant.retriever import find, term_weights
from assistant.selecting.candidates import candidates_of
from assistant.selecting.fitted_models import fitted
from assistant.selecting.query_profile import profile_of
from assistant.settings import AssistantSettings
from assistant.understanding.names import Names, learn_names
from benchmarks.corpus import MadeUpDocument, made_up_documents, questions_on
from benchmarks.langchain_recipe import Search, bm25_search, split, vector_search
from ingest.pipeline import parse
from vectorstore.embeddings import embedding_model
from vectorstore.langchain_store import LangChainEmbeddings
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

_ASKED_DOCUMENTS, _OTHER_QUESTIONS = 48, 8
_WHOLE, _BY_THE_CLOCK = "整个问题", "整个问题（按时钟）"
_MAIN_STAGES = ("理解问题", "查找", "词语权重", "作答")
_PART = "· "
_TODAY = date(2026, 11, 1)
_HITS, _CANDIDATES = 10, 60


@dataclass
class Times:
    """Seconds of processor time by stage, in the order in which the stages were first timed."""

    of: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens within the block."""
        started = time.process_time()
        yield
        self.of[name].append(time.process_time() - started)

    def cell(self, name: str) -> str:
        """Return median and 95th percentile in milliseconds."""
        ordered = sorted(self.of.get(name, ()))
        if not ordered:
            return "—"
        worst = ordered[math.ceil(0.95 * len(ordered)) - 1]
        return f"{statistics.median(ordered) * 1000:.1f} / {worst * 1000:.1f}{self._share(name)}"

    def _share(self, name: str) -> str:
        """Return the share of a stage, or of a part of one, in the time of the main stages."""
        if name not in _MAIN_STAGES and not name.startswith(_PART):
            return ""
        whole = sum(sum(self.of.get(stage, ())) for stage in _MAIN_STAGES)
        return f"（{100 * sum(self.of[name]) / whole:.0f}%）" if whole else ""


@dataclass
class Column:
    """What was measured at one size."""

    title: str
    times: Times
    facts: dict[str, str]


def main() -> int:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--passages", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--without-langchain", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the libraries are made and kept for the next run")
    options = parser.parse_args()
    columns = []
    with tempfile.TemporaryDirectory() as passing:
        for size in options.passages:
            folder = (options.folder or Path(passing)) / str(size)
            columns.append(_measure(size, folder, Path(passing), beside=not options.without_langchain))
            sys.stderr.write(_table(columns))
    sys.stdout.write(_table(columns))
    return 0


def _measure(size: int, folder: Path, passing: Path, *, beside: bool) -> Column:
    documents = list(made_up_documents(size))
    asked = documents[:: max(1, len(documents) // _ASKED_DOCUMENTS)][:_ASKED_DOCUMENTS]
    times, facts = Times(), {}
    with PolicyLibrary.open(LibrarySettings.in_folder(folder)) as library:
        if not library.documents():
            facts["收录，秒"] = _fill(library, documents)
        passages = sum(1 for _ in library.passages())
        started = time.process_time()
        assistant = Assistant(library, AssistantSettings.model_construct())
        assistant.ask(questions_on(documents[0])[0], mode="extractive").answer.text  # noqa: B018
        facts["首个问题，秒"] = f"{time.process_time() - started:.1f}"
        _time_questions(library, assistant, asked, times)
        facts["目标句在前10段"] = _share_found(
            asked, lambda query, limit: [hit.passage.text for hit in assistant.search(query, limit)]
        )
    if beside:
        _time_langchain(documents, asked, passing / f"langchain-{size}", times, facts)
    return Column(f"{passages:,}", times, facts)


def _fill(library: PolicyLibrary, documents: Sequence[MadeUpDocument]) -> str:
    started = time.process_time()
    with library.write() as writer:
        for document in documents:
            writer.put(parse(document.text.encode(), document.source))
    return f"{time.process_time() - started:.0f}"


def _time_questions(
    library: PolicyLibrary, assistant: Assistant, asked: Sequence[MadeUpDocument], times: Times
) -> None:
    for document in asked[::2]:
        for text in questions_on(document):
            with times.stage(_WHOLE):
                answer = assistant.ask(text, mode="extractive").answer
            times.of[_BY_THE_CLOCK].append(answer.seconds)
    names = learn_names(library.documents())
    for document in asked[1::2]:
        for text in questions_on(document):
            _time_stages(library.pinned(), names, text, times)
    for one, other in zip(asked[:_OTHER_QUESTIONS], asked[_OTHER_QUESTIONS:], strict=False):
        with times.stage("“哪些文件”类问题"):
            assistant.ask(f"哪些文件提到了{one.field}？", mode="extractive").answer.text  # noqa: B018
        with times.stage("两地比较"):
            question = f"{one.place}和{other.place}2030年{one.field}{one.measured}目标哪个高？"
            assistant.ask(question, mode="extractive").answer.text  # noqa: B018


def _time_stages(library: PolicyLibrary, names: Names, text: str, times: Times) -> None:
    with times.stage("理解问题"):
        question = understand(text, (), names)
    with times.stage("查找"):
        hits = find(library, question, _HITS)
    with times.stage("词语权重"):
        weights = term_weights(library, question)
    with times.stage("作答"):
        draft(Inquiry(library, question, hits, weights, _TODAY))
    with times.stage(f"{_PART}关键词检索"):
        found = library.search_keywords(question.search, _CANDIDATES)
    with times.stage(f"{_PART}整篇得分"):
        library.score_documents(question.search)
    with times.stage(f"{_PART}读取段落"):
        library.load([hit.passage_id for hit in found[:_HITS]])
    with times.stage(f"{_PART}分句"):
        passages = candidates_of(hits, weights)
    with times.stage(f"{_PART}句子评分"):
        asked = profile_of(question, weights, library.rarity(question.search), passages)
        sentence_probabilities(fitted(library.has_embedding), asked, passages)


def _time_langchain(
    documents: Sequence[MadeUpDocument],
    asked: Sequence[MadeUpDocument],
    folder: Path,
    times: Times,
    facts: dict[str, str],
) -> None:
    chunks = split(documents)
    facts["LangChain 切分段数"] = f"{len(chunks):,}"
    built_in = LangChainEmbeddings(embedding_model(LibrarySettings.in_folder(folder)))
    ways: dict[str, Callable[[], Search]] = {
        "LangChain BM25 查找": lambda: bm25_search(chunks),
        "LangChain Chroma 查找": lambda: vector_search(chunks, built_in, folder),
    }
    for name, build in ways.items():
        started = time.process_time()
        search = build()
        facts[f"{name}：建库，秒"] = f"{time.process_time() - started:.0f}"
        search(questions_on(asked[0])[0], _HITS)
        for document in asked:
            for text in questions_on(document):
                with times.stage(name):
                    search(text, _HITS)
        facts[f"{name}：目标句在前10段"] = _share_found(asked, search)


def _share_found(asked: Sequence[MadeUpDocument], search: Search) -> str:
    """Return the share of the questions for a goal whose sentence stands in the first ten passages."""
    found = sum(
        any(document.goal in text for text in search(questions_on(document)[0], _HITS)) for document in asked
    )
    return f"{found / len(asked):.2f}"


def _table(columns: Sequence[Column]) -> str:
    stages = list(dict.fromkeys(name for column in columns for name in column.times.of))
    facts = list(dict.fromkeys(name for column in columns for name in column.facts))
    lines = [
        f"| 毫秒，中位 / 95% | {' | '.join(f'{column.title} 段' for column in columns)} |",
        f"| --- |{' ---: |' * len(columns)}",
        *(f"| {name} | {' | '.join(column.times.cell(name) for column in columns)} |" for name in stages),
        *(f"| {name} | {' | '.join(column.facts.get(name, '—') for column in columns)} |" for name in facts),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
