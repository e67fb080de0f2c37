"""Works on a queue and is killed on the way; run as a program by the tests, with the settings of its machine.

python -m tests.ingest.killed_worker MOMENT
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import cli
from ingest import queue_worker
from vectorstore.catalogue import Catalogue
from vectorstore.library import PolicyLibrary
from vectorstore.milvus.counts import Counts

MOMENTS: dict[str, tuple[object, str]] = {
    "read, not written": (PolicyLibrary, "write"),
    "before the batch is stored": (Catalogue, "store"),
    "stored, not counted": (Counts, "add"),
    "before it is published": (Catalogue, "state"),
    "published, still in the queue": (queue_worker, "_settle"),
}


def killed(*arguments: Any, **options: Any) -> None:
    """End as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(moment: str) -> None:
    """Work until the moment comes."""
    owner, name = MOMENTS[moment]
    setattr(owner, name, killed)
    cli.main(["work", "--until-empty", "--workers", "1"])


if __name__ == "__main__":
    main(sys.argv[1])
