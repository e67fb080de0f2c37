"""Fills a library with vectors until it is killed; run as a program by the tests of filling.

    python -m tests.vectorstore.killed_filler FOLDER MODEL

It announces on standard output how many passages are done, and after some of them waits to be killed.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from vectorstore.filling import fill
from vectorstore.settings import LibrarySettings

_STEPS = 4


def main(folder: str, model: str) -> None:
    """Fill, and stand still after a few steps."""
    settings = LibrarySettings.in_folder(Path(folder))
    steps = iter(range(1, 1_000_000))

    def told(done: int, total: int) -> None:
        print(done, flush=True)  # noqa: T201
        if next(steps) == _STEPS:
            threading.Event().wait()

    fill(settings.model_copy(update={"policy_embedding_model": model}), told)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
