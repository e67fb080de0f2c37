"""Processes that write and read one library at the same time; run as a program by the tests.

python -m tests.vectorstore.busy write FOLDER FIRST_SOURCE VERSIONS
python -m tests.vectorstore.busy read FOLDER SOURCES VERSIONS
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

from tests.vectorstore.samples import versioned
from vectorstore import session
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

SOURCES_EACH = 3


def write(library: PolicyLibrary, first: int, versions: int) -> None:
    """Write every version of some sources, one block each."""
    # On a machine with much to do, readers take longer than usual from finding a passage to loading it.
    session.GRACE_SECONDS = 600.0
    for version in range(1, versions + 1):
        with library.write(wait=120) as writer:
            for source in range(first, first + SOURCES_EACH):
                writer.put(versioned(source, version))


def read(library: PolicyLibrary, sources: int, versions: int) -> None:
    """Search until the last version of every source is there; end badly if one is ever missing or doubled."""
    os.nice(10)  # Who only looks, without a pause, gives way to those who write.
    final = {passage.text for source in range(sources) for passage in versioned(source, versions).passages}
    seen: set[str] = set()
    while True:
        for search in (library.search_keywords, library.search_vectors):
            found = library.load([hit.passage_id for hit in search("专项资金", 1_000)])
            held = Counter(passage.text.split("文件", 1)[0] for passage in found)
            assert set(held.values()) <= {20}, f"half a document: {held}"
            assert seen <= set(held), f"a document was gone: {seen - set(held)}"
            seen |= set(held)
        if {passage.text for passage in found} == final:
            return


def main(mode: str, folder: str, number: int, versions: int) -> None:
    with PolicyLibrary.open(LibrarySettings.in_folder(Path(folder))) as library:
        (write if mode == "write" else read)(library, number, versions)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
