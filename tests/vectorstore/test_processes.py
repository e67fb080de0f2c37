"""Several processes on one library."""

from __future__ import annotations

import signal
import subprocess
import sys
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from tests.vectorstore.busy import SOURCES_EACH
from tests.vectorstore.samples import parsed, versioned
from vectorstore.doctor import examine
from vectorstore.errors import LibraryBusyError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

ROOT = Path(__file__).parents[2]
VERSIONS = 4


def start(*words: object, module: str = "busy") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.vectorstore.{module}", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_writers_and_three_readers_get_along(settings: LibrarySettings) -> None:
    folder = settings.policy_data_dir
    writers = [start("write", folder, first, VERSIONS) for first in (0, SOURCES_EACH)]
    readers = [start("read", folder, 2 * SOURCES_EACH, VERSIONS) for _ in range(3)]
    for process in (*writers, *readers):
        _, complaint = process.communicate(timeout=240)
        assert process.returncode == 0, complaint
    with PolicyLibrary.open(settings) as library:
        expected = {versioned(source, VERSIONS).document.id for source in range(2 * SOURCES_EACH)}
        assert {document.id for document in library.documents()} == expected
    assert examine(settings).findings == ()


def test_a_second_writer_is_told_who_writes(library: PolicyLibrary, settings: LibrarySettings) -> None:
    with (
        library.write(),
        PolicyLibrary.open(settings) as second,
        pytest.raises(LibraryBusyError, match=r"进程 \d+"),
        second.write(wait=0.2),
    ):
        pass
    with library.write() as writer:
        assert writer.put(parsed("规划.txt")) == "added"


def write_and_stay(settings: LibrarySettings, stored: Event, killed: Event) -> None:
    """Store a document, say so, and stay until killed."""
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(versioned(1, 1))
        writer.flush()
        stored.set()
        killed.wait()


def test_a_reader_that_met_a_writer_finishes_its_work_once_it_is_killed(settings: LibrarySettings) -> None:
    context = get_context("spawn")
    stored, killed = context.Event(), context.Event()
    writer = context.Process(target=write_and_stay, args=(settings, stored, killed))
    writer.start()
    try:
        assert stored.wait(120)
        with PolicyLibrary.open(settings) as library:
            assert library.documents() == ()
            writer.kill()
            writer.join()
            assert [document.id for document in library.documents()] == [versioned(1, 1).document.id]
    finally:
        writer.kill()
        writer.join()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_at_a_safe_point_and_says_what_is_in(
    settings: LibrarySettings, number: signal.Signals
) -> None:
    process = start(settings.policy_data_dir, 1, "none", 0, module="killed_writer")
    assert process.stdout
    for line in process.stdout:
        if line.startswith("stored 5"):
            break
    process.send_signal(number)
    _, said = process.communicate(timeout=240)
    assert "已在安全点停止" in said
    assert examine(settings).findings == ()
    with PolicyLibrary.open(settings) as library:
        assert len(library.documents()) >= 6
