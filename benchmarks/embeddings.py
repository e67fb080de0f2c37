"""What each way to embed costs: passages a second while filling, and the time that a question takes.

    python -m benchmarks.embeddings [FOLDER] [--models builtin:e5 local:/srv/models/bge-small-zh-v1.5]

Embeds the same passages by the built-in embedding and by each model, fills a library by it and asks the same
queries. A model of an endpoint takes its address from OPENAI_BASE_URL; its cores are not
counted. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import AssistantSettings
from ingest.pipeline import ingest
from vectorstore.embeddings import embedding_model
from vectorstore.filling import fill
from vectorstore.hashing import embedded_text
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings, library_settings

_EXAMPLES = Path(__file__).parents[1] / "examples"
_TEXTS, _QUERIES = 60, 20
# As long as questions are.
_CHARS = 20


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=_EXAMPLES, help="documents to embed")
    parser.add_argument("--models", nargs="*", default=["builtin:e5"], help="as POLICY_EMBEDDING_MODEL")
    options = parser.parse_args()
    print("| embedding | passages a second | … and core | a question's vector, ms | search, ms |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name in ("", *options.models):
        with tempfile.TemporaryDirectory() as folder:
            changed = {"policy_data_dir": Path(folder), "policy_embedding_model": name}
            print(_row(library_settings().model_copy(update=changed), options.folder), flush=True)


def _row(settings: LibrarySettings, documents: Path) -> str:
    model = embedding_model(settings)
    model.embed(["载入模型"])
    with PolicyLibrary.open(settings) as library:
        ingest([documents], library)
        fill(settings)
        passages = list(library.passages())
        texts = _spread([embedded_text(library.document(one.document_id), one) for one in passages], _TEXTS)
        started, worked = time.perf_counter(), time.process_time()
        model.embed(texts)
        speed = len(texts) / (time.perf_counter() - started)
        # What else the machine does makes the clock run, but not this one.
        each_core = len(texts) / (time.process_time() - worked)
        queries = [text[:_CHARS] for text in _spread([one.text for one in passages], _QUERIES)]
        assistant = Assistant(library, AssistantSettings(policy_chat_model=""))
        assistant.search("载入索引")
        vectors = _milliseconds(model.embed_query, queries)
        found = _milliseconds(assistant.search, queries)
    return f"| {model.name} | {speed:.1f} | {each_core:.1f} | {vectors:.1f} | {found:.1f} |"


def _spread(texts: list[str], most: int) -> list[str]:
    """Choose some of texts, evenly."""
    return texts[:: max(1, len(texts) // most)][:most]


def _milliseconds(ask: Callable[[str], object], queries: Sequence[str]) -> float:
    """Return the median of the time that queries take, each asked once."""
    times = []
    for query in queries:
        started = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - started) * 1_000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
