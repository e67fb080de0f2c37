"""What an answer by a model costs beside the model's own time.

    python -m benchmarks.endpoint [FOLDER] [--rounds 30] [--think 0.2]

A scripted server in a process of its own takes the part of the model: it thinks for a while, then streams the
first words of the first passage. Every question is asked of the assistant and, right after, a request of the
same size of a bare client; what lies between their first visible characters is the assistant's own time. Then
twenty questions are asked at once, of both. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

import openai

from assistant.assistant import Assistant
from assistant.settings import AssistantSettings
from assistant.suggesting.suggestions import example_questions, showcase
from ingest.pipeline import ingest
from tests.openai_server import OpenAIServer, Reply, Request
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

_EXAMPLES = Path(__file__).parents[1] / "examples"
_AT_ONCE = 20
_TEXT = re.compile(r"正文：([^\n。]{10,})")
_BARE_PROMPT_CHARS = 9_000


def main() -> int:
    """Measure and print the table; 1 where a question was left without an answer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=_EXAMPLES, help="documents to ask about")
    parser.add_argument("--rounds", type=int, default=30, help="questions asked one after another")
    parser.add_argument("--think", type=float, default=0.2, help="seconds before the model's first token")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _server(options.think) as url:
        settings = LibrarySettings.in_folder(Path(folder))
        with PolicyLibrary.open(settings) as library:
            ingest([options.folder], library)
            return _measure(library, url, options.rounds)


def _measure(library: PolicyLibrary, url: str, rounds: int) -> int:
    assistant = Assistant(
        library, AssistantSettings(policy_chat_model="scripted", openai_base_url=url, policy_retries=0)
    )
    documents = showcase(library.documents(), datetime.now().astimezone().date())
    questions = [example.question for example in example_questions(documents, library.passages)]
    questions = (questions * rounds)[:rounds]
    client = openai.OpenAI(base_url=url, api_key="none", max_retries=0)
    first: tuple[Callable[[str], str], ...] = (
        lambda text: _first(iter(assistant.ask(text))),
        lambda text: _bare(client, text),
    )
    for ask in first:
        ask(questions[0])
    ours, bare = zip(*([_timed(ask, text) for ask in first] for text in questions), strict=True)
    overhead = [(one - other) * 1000 for one, other in zip(ours, bare, strict=True)]
    together = (questions * _AT_ONCE)[:_AT_ONCE]
    ours_at_once, answered = _at_once(lambda text: bool(assistant.ask(text).answer.text), together)
    bare_at_once, _ = _at_once(lambda text: bool(_bare(client, text)), together)
    print("| | assistant | bare client | between |")
    print("| --- | ---: | ---: | ---: |")
    print(
        _row("first visible character, ms, median", *map(_median, (ours, bare)), statistics.median(overhead))
    )
    print(_row("… 95th percentile", *map(_worst, (ours, bare)), _worst([ms / 1000 for ms in overhead])))
    print(_row(f"{_AT_ONCE} at once, all done, ms", ours_at_once * 1000, bare_at_once * 1000))
    print(f"\n{answered} of {_AT_ONCE} answered; {len(library.documents())} documents")
    return 0 if answered == _AT_ONCE else 1


def _first(pieces: Iterator[str]) -> str:
    return next((piece for piece in pieces if piece.strip()), "")


def _bare(client: openai.OpenAI, text: str) -> str:
    """Ask without the assistant: a prompt of the same size, the same protocol."""
    prompt = f"正文：{text * (_BARE_PROMPT_CHARS // len(text))}"
    stream = client.chat.completions.create(
        model="scripted", messages=[{"role": "user", "content": prompt}], stream=True
    )
    return next(
        (chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices[0].delta.content), ""
    )


def _timed(ask: Callable[[str], object], text: str) -> float:
    started = time.perf_counter()
    ask(text)
    return time.perf_counter() - started


def _at_once(ask: Callable[[str], bool], questions: Sequence[str]) -> tuple[float, int]:
    started = time.perf_counter()
    with ThreadPoolExecutor(len(questions)) as pool:
        answered = sum(pool.map(ask, questions))
    return time.perf_counter() - started, answered


def _median(seconds: Sequence[float]) -> float:
    return statistics.median(seconds) * 1000


def _worst(seconds: Sequence[float]) -> float:
    return sorted(seconds)[math.ceil(0.95 * len(seconds)) - 1] * 1000


def _row(name: str, *figures: float) -> str:
    return f"| {name} | {' | '.join(f'{figure:.1f}' for figure in figures)} |"


@contextmanager
def _server(think: float) -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, think), daemon=True)
    process.start()
    yield str(ours.recv())
    ours.send("stop")
    process.join()


def _serve(told: Connection, think: float) -> None:
    def script(request: Request) -> Reply:
        time.sleep(think)
        found = _TEXT.search(request.prompt)
        return Reply(f"{found[1] if found else '好的'}[1]。")

    server = OpenAIServer()
    server.script = script
    told.send(server.url)
    told.recv()
    server.close()


if __name__ == "__main__":
    sys.exit(main())
