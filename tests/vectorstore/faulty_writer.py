"""Writes to libraries on failing disks, one for each seed, and looks at what is left; run by the tests.

    LD_PRELOAD=faulty_disk.so python -m tests.vectorstore.faulty_writer FOLDER FIRST COUNT

For each seed it prints one line of JSON: what failed, what the writer said, and what was wrong afterwards.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.vectorstore.samples import versioned
from vectorstore import session
from vectorstore.doctor import examine
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

KINDS = {1: "short write", 2: "EIO", 3: "no room", 4: "power cut", 5: "power cut, fsync did nothing"}
_LIARS = 5
_CALLS = 1200
_SOURCES = 4
_ROUNDS = 4


def write(data: Path, seed: int, notes: Path) -> None:
    """Write rounds of documents; note what was acknowledged, and what was said where it was not."""
    session.GRACE_SECONDS = 0.0
    chance = random.Random(seed)  # noqa: S311
    with PolicyLibrary.open(LibrarySettings.in_folder(data)) as library:
        for version in range(1, _ROUNDS + 1):
            chosen = chance.sample(range(_SOURCES), 2)
            if version == 2:
                arm = ctypes.CDLL(None).fault_arm
                arm.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_long, ctypes.c_uint]
                arm(str(data).encode(), 1 + seed % len(KINDS), chance.randrange(_CALLS), seed)
            try:
                with library.write() as writer:
                    for source in chosen:
                        writer.put(versioned(source, version))
            except LibraryError as error:
                note(notes, ["said", str(error)])
            else:
                note(notes, ["stored", version, chosen])


def note(notes: Path, words: list[object]) -> None:
    with notes.open("a", encoding="utf-8") as opened:
        opened.write(json.dumps(words, ensure_ascii=False) + "\n")


def check(data: Path, seed: int, notes: Path) -> None:
    """Open what is left as its next user would, and note what is lost or wrong."""
    acknowledged: dict[int, int] = {}
    for line in notes.read_text(encoding="utf-8").splitlines():
        words = json.loads(line)
        if words[0] == "stored":
            acknowledged |= dict.fromkeys(words[2], words[1])
    settings = LibrarySettings.in_folder(data)
    held: dict[int, int] = {}
    liar = 1 + seed % len(KINDS) == _LIARS
    try:
        with PolicyLibrary.open(settings) as library:
            for document in library.documents():
                source = int(document.source.removesuffix(".txt"))
                text = library.text(document.id)
                held[source] = next(
                    (n for n in range(1, _ROUNDS + 1) if versioned(source, n).text == text), 0
                )
                known = {passage.text for passage in versioned(source, held[source]).passages}
                if not held[source] or {one.text for one in library.passages(document.id)} != known:
                    note(notes, ["silent", document.source])
        findings = examine(settings).findings
    except LibraryError as error:
        # A disk whose fsync lies may leave anything; it has to show.
        note(notes, ["noticed" if liar else "lost", str(error)])
        return
    if findings:
        note(notes, ["noticed" if liar else "unsound", *(finding.problem for finding in findings)])
    if any(held.get(source, 0) < version for source, version in acknowledged.items()):
        note(notes, ["lost to a lying disk" if liar else "lost", str(acknowledged), str(held)])


def apart(work: Callable[[Path, int, Path], None], data: Path, seed: int, notes: Path) -> None:
    """Do something in a process of its own, which may die of it."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        work(data, seed, notes)
    except BaseException:
        note(notes, ["traceback", traceback.format_exc()[-1500:]])
    os._exit(0)


def main(folder: Path, first: int, count: int) -> None:
    for seed in range(first, first + count):
        data, notes = folder / f"data-{seed}", folder / f"notes-{seed}"
        notes.touch()
        apart(write, data, seed, notes)
        apart(check, data, seed, notes)
        told = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
        wrong = [words for words in told if words[0] in ("silent", "lost", "unsound", "traceback")]
        told_of = [words[0] for words in told]
        line = {"seed": seed, "kind": KINDS[1 + seed % len(KINDS)], "wrong": wrong, "told": told_of}
        print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
