"""One writer at a time on all machines that share a PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from tests.vectorstore.machines import cut, sharing
from tests.vectorstore.samples import parsed
from vectorstore.errors import LibraryBusyError, LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.locking import alone, exclusive
from vectorstore.settings import LibrarySettings

Machines = tuple[LibrarySettings, LibrarySettings]


@pytest.fixture
def machines(database_url: Callable[[], str], tmp_path: Path) -> Machines:
    return sharing(database_url(), tmp_path)


def test_a_second_machine_is_told_who_writes_and_where(machines: Machines) -> None:
    one, other = machines
    said = r"^政策库正在由\S+ 上的进程 \d+（.+，\d\d:\d\d 开始）写入"
    with exclusive(one, 0):
        with pytest.raises(LibraryBusyError, match=said), exclusive(other, 0):
            pass
        with alone(other, "embed") as free:
            assert free
    with exclusive(other, 0):
        pass


def hold(settings: LibrarySettings, held: Event) -> None:
    with exclusive(settings, 0):
        held.set()
        threading.Event().wait()


def test_the_lock_dies_with_its_process(machines: Machines) -> None:
    one, other = machines
    context = get_context("spawn")
    held = context.Event()
    holder = context.Process(target=hold, args=(one, held))
    holder.start()
    try:
        assert held.wait(120)
        with pytest.raises(LibraryBusyError), exclusive(other, 0.2):
            pass
        threading.Timer(0.3, holder.kill).start()
        with exclusive(other, 60):
            pass
    finally:
        holder.kill()
        holder.join()


def test_libraries_in_schemas_of_one_database_do_not_wait_for_each_other(
    machines: Machines,
) -> None:
    one, other = machines
    elsewhere = f"{one.policy_database_url}&options=-csearch_path%3Dpg_catalog"
    with exclusive(one, 0), exclusive(other.model_copy(update={"policy_database_url": elsewhere}), 0):
        pass


def test_a_writer_whose_connection_was_cut_stops_before_it_can_spoil_anything(machines: Machines) -> None:
    one, other = machines
    with PolicyLibrary.open(one) as library:
        with suppress(LibraryError), library.write() as writer:
            writer.put(parsed("规划.txt"))
            writer.flush()
            assert cut(one.policy_database_url)
            with exclusive(other, 10):
                writer.put(parsed("办法.txt", title="青岚市新办法"))
                with pytest.raises(LibraryError, match="与数据库的连接曾中断"):
                    writer.flush()
        # The next writer finishes what had been stored.
        with library.write():
            pass
        assert [document.source for document in library.documents()] == ["规划.txt"]
