"""Reads broken files: `python -m tests.ingest.fuzzing FIRST INPUTS LOG`; goes on where LOG ends.

Each input is a small file of some format with bytes or characters turned, cut, doubled or taken from another
one; of zipped formats a part inside is changed. It is read as ingestion reads it.
`python -m tests.ingest.fuzzing NUMBER` writes the file of a number and says what comes of it.
"""

from __future__ import annotations

import gc
import logging
import random
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.files import Found
from ingest.loaders import load, members
from ingest.messages import Read, Task, Wanted
from ingest.worker import read_file
from tests import fuzz_runs
from tests.ingest.broken_files import broken, corpus, written
from vectorstore.errors import UnreadableFileError

# Texts are cheap to read; packed formats cost ten times as much.
_WRITTEN = 0.9
# Most are loaded only; some go the whole way into a document, a few as far as the words of the index.
_WHOLE, _DEEP = 0.1, 0.2


def reader(folder: Path) -> Callable[[int], str]:
    """Return what reads the file of a number and names what came of it."""
    seeds = corpus()
    weights = [seed.weight for seed in seeds]

    def read(number: int) -> str:
        chance = random.Random(number)  # noqa: S311
        seed = written(chance) if chance.random() < _WRITTEN else chance.choices(seeds, weights)[0]
        kind = seed.name.rpartition(".")[2]
        path = folder / f"current.{kind}"
        data = broken(seed, written(chance) if chance.random() < 0.7 else chance.choice(seeds), chance)
        if chance.random() > _WHOLE:
            return f"{kind} {_loaded(data, path.name)}"
        path.write_bytes(data)
        deep = chance.random() < _DEEP
        wanted = Wanted(review=deep, words=deep, vectors=deep)
        outcomes = {_checked(answer) for answer in read_file(Task(Found(path, path.name)), wanted)}
        return f"{kind} {'read' if 'read' in outcomes else 'refused'}"

    return read


def _loaded(data: bytes, name: str) -> str:
    """Load a file and what is in it, as `ingest.worker` does; what is no refusal is a finding."""
    try:
        inside = members(data, name)
        if inside is None:
            load(data, name)
            return "loaded"
        told = "loader refused"
        for member in inside:
            with suppress(UnreadableFileError):
                if not member.refused:
                    load(member.data, f"{name}#{member.name}")
                    told = "loaded"
        return told
    except UnreadableFileError as error:
        if "\n" in str(error):
            raise
        return "loader refused"


def _checked(answer: Read) -> str:
    """Hold an answer to what the library expects of it."""
    assert "\n" not in answer.reason, answer.reason
    assert "读取时出错" not in answer.reason, answer.reason
    assert "需要的内存超过" not in answer.reason, answer.reason
    assert answer.outcome in ("read", "failed"), answer.outcome
    if answer.parsed is not None:
        parsed = answer.parsed
        # What has half a character in it can neither be stored nor shown.
        for words in (parsed.text, str(parsed.document), *parsed.left_out):
            words.encode()
        for passage in parsed.passages:
            assert parsed.text[passage.start : passage.end].strip(), "a passage without a place"
    return answer.outcome


def main(arguments: list[str]) -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with TemporaryDirectory(prefix="fuzz-") as folder:
        read = reader(Path(folder))
        if len(arguments) == 1:
            print(read(int(arguments[0])))
            return
        gc.freeze()
        fuzz_runs.run(read, int(arguments[0]), int(arguments[1]), Path(arguments[2]))
        print(fuzz_runs.told(Path(arguments[2])))


if __name__ == "__main__":
    main(sys.argv[1:])
