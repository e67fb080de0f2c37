"""Puts documents into a library on Milvus and is killed on the way; run as a program by the tests.

python -m tests.vectorstore.milvus.killed_writer FOLDER URL MOMENT
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from tests.vectorstore.samples import versioned
from vectorstore.library import PolicyLibrary
from vectorstore.milvus.connection import Connection
from vectorstore.milvus.counts import Counts
from vectorstore.milvus.vectors import MilvusVectorWriter
from vectorstore.settings import LibrarySettings

MOMENTS: dict[str, tuple[type, str]] = {
    "before words are counted": (Counts, "add"),
    "between counts and totals": (Counts, "state"),
    "before all is settled": (Connection, "settle"),
    "before vectors are sealed": (MilvusVectorWriter, "seal"),
}


def killed(*arguments: Any, **options: Any) -> None:
    """End as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(folder: str, url: str, moment: str) -> None:
    """Put two documents, or what there is time for."""
    settings = LibrarySettings.in_folder(Path(folder)).model_copy(
        update={"policy_search_url": SecretStr(url)}
    )
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        owner, name = MOMENTS[moment]
        setattr(owner, name, killed)
        writer.put(versioned(0, 2))
        writer.put(versioned(1, 1))


if __name__ == "__main__":
    main(*sys.argv[1:4])
