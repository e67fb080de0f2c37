"""A writer that is killed at any moment loses nothing that it acknowledged, and doubles nothing.

FAULT_KILLS sets the number of kills (60 for the long form); the moments take turns.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests.vectorstore.killed_writer import MOMENTS, SOURCES
from tests.vectorstore.samples import FIELDS, PLACES, versioned
from vectorstore import session
from vectorstore.doctor import examine
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

KILLS = int(os.environ.get("FAULT_KILLS", "5"))
ROOT = Path(__file__).parents[2]
PROBES = [f"{place}{field}专项资金" for place in PLACES for field in FIELDS]

Versions = dict[int, int]


@pytest.mark.timeout(120 + 60 * KILLS)
def test_a_killed_writer_loses_and_doubles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(20260101)  # noqa: S311
    settings = LibrarySettings.in_folder(tmp_path / "data")
    stored: Versions = {}
    moments = [*MOMENTS, "chroma index sync", "any"]
    if len(moments) > KILLS:
        moments = ["catalogue commit", "keyword commit", "chroma add", "chroma index sync", "any"]
    for number, moment in enumerate(islice(cycle(moments), KILLS)):
        stored |= _kill(settings.policy_data_dir, 1 + 100 * number, moment, chance)
        held = _check(settings, stored, f"kill {number}, {moment}")
        stored = held
    monkeypatch.setattr(session, "GRACE_SECONDS", 0.0)
    _compare(settings, stored, tmp_path / "reference")


def _kill(folder: Path, first: int, moment: str, chance: random.Random) -> Versions:
    """Run a writer, kill it, and return what it had acknowledged."""
    stored: Versions = {}
    call = chance.randint(2, 9)
    with _writer(folder, first, moment, call) as process:
        assert process.stdout
        for line in process.stdout:
            words = line.split()
            if words[0] == "stored":
                stored[int(words[1])] = int(words[2])
            if words[0] == "now" or (len(stored) > 2 and moment not in MOMENTS):
                break
        if moment == "chroma index sync":
            _await_change(folder / "chroma", process)
        time.sleep(chance.uniform(0, 0.5 if moment == "any" else 0.02))
        process.send_signal(signal.SIGKILL)
        for line in process.stdout:
            words = line.split()
            if words[0] == "stored" and line.endswith("\n"):
                stored[int(words[1])] = int(words[2])
    return stored


@contextmanager
def _writer(folder: Path, first: int, moment: str, call: int) -> Iterator[subprocess.Popen[str]]:
    words = ["-m", "tests.vectorstore.killed_writer", str(folder), str(first), moment, str(call)]
    with subprocess.Popen([sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _await_change(folder: Path, process: subprocess.Popen[str]) -> None:
    """Return as soon as Chroma writes the files of its index."""

    def state() -> set[tuple[str, int]]:
        found = set()
        for file in folder.glob("*/*/*.bin"):
            try:
                found.add((str(file), file.stat().st_mtime_ns))
            except FileNotFoundError:
                # A retired copy has just been thrown away.
                continue
        return found

    before = state()
    while process.poll() is None and not state() - before:
        pass


def _check(settings: LibrarySettings, stored: Versions, when: str) -> Versions:
    """Open the library as its next user would, and see that it is whole; return what it holds."""
    held: Versions = {}
    with PolicyLibrary.open(settings) as library:
        for document in library.documents():
            passages = list(library.passages(document.id))
            source = int(document.source.removesuffix(".txt"))
            version = int(passages[0].text.split("第")[2].split("版")[0])
            assert source not in held, f"{when}: two versions of {source} at once"
            held[source] = version
            expected = versioned(source, version)
            assert tuple(passages) == expected.passages, when
            assert library.text(document.id) == expected.text, when
        for source, version in stored.items():
            assert held.get(source, 0) >= version, f"{when}: {source} had version {version} acknowledged"
        for search in (library.search_keywords, library.search_vectors):
            hits = [hit.passage_id for hit in search("专项资金", 400)]
            assert len(hits) == len(set(hits)) == 20 * len(held), when
    assert examine(settings).findings == (), when
    return held


def _compare(settings: LibrarySettings, held: Versions, folder: Path) -> None:
    """See that searches find what they find in a library that was built in one go."""
    reference = LibrarySettings.in_folder(folder)
    with PolicyLibrary.open(reference) as built, PolicyLibrary.open(settings) as survived:
        with built.write() as writer:
            for source, version in held.items():
                writer.put(versioned(source, version))
        with survived.write():
            # Once nobody can be using it any more, the next writer deletes for good what was replaced.
            pass
        for probe in PROBES:
            for name in ("search_keywords", "search_vectors"):
                found, expected = (
                    {hit.passage_id: hit.score for hit in getattr(library, name)(probe, 400)}
                    for library in (survived, built)
                )
                assert found == pytest.approx(expected, rel=1e-4, abs=1e-4), f"{name} {probe}"
    assert len(held) <= SOURCES
