"""Files that workers on several machines take from one queue; none is lost, none is double."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from cli import main
from ingest.messages import Wanted
from ingest.queue_worker import QueueWorker
from ingest.queueing import enqueue
from tests.ingest.killed_worker import MOMENTS
from tests.ingest.plans import FILES, write
from tests.vectorstore.machines import away, cut, environment, sharing, worker_on
from vectorstore.doctor import examine
from vectorstore.errors import LibraryError, SettingsError
from vectorstore.file_queue import FileQueue
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

KILLS = int(os.environ.get("FAULT_KILLS", "3"))
Machines = tuple[LibrarySettings, LibrarySettings]


@pytest.fixture
def machines(database_url: Callable[[], str], milvus_url: str, tmp_path: Path) -> Machines:
    return sharing(database_url(), tmp_path, milvus_url)


def worker(settings: LibrarySettings, queue: FileQueue, stack: ExitStack) -> QueueWorker:
    library = stack.enter_context(PolicyLibrary.open(settings))
    return QueueWorker(queue, library, Wanted(words=True, vectors=True), 1)


def figures(settings: LibrarySettings) -> dict[str, str]:
    """Return what the library says of each plan, and see that each is found once in all its parts."""
    with PolicyLibrary.open(settings) as library:
        documents = library.documents()
        found = {
            one.source: library.text(one.id).partition("达到")[2].partition("亿")[0] for one in documents
        }
        assert len(found) == len(documents), "a file is there twice"
        passages = {passage.id for passage in library.passages()}
        for search in (library.search_keywords, library.search_vectors):
            hits = [hit.passage_id for hit in search("园区产值达到多少亿元", 400)]
            assert len(hits) == len(set(hits))
            assert set(hits) <= passages
        for document in documents:
            assert library.original(document) is not None
    assert examine(settings).findings == ()
    return found


def all_of_them() -> dict[str, str]:
    return {f"{number}.txt": str(number * 100) for number in range(1, FILES + 1)}


def test_two_workers_share_a_queue_and_publish_one_after_the_other(
    machines: Machines, queue: FileQueue, folder: Path
) -> None:
    (folder / "空.txt").write_bytes(b"")
    assert enqueue([folder], queue).count("queued") == FILES + 1
    workers = [worker_on(settings) for settings in machines]
    said = [process.communicate(timeout=300) for process in workers]
    added = [line for out, _ in said for line in out.splitlines() if line.startswith("新增：")]
    assert sorted(added) == sorted(f"新增：{number}.txt" for number in range(1, FILES + 1)), said
    assert [(file.source, file.reason) for file in queue.failed()] == [
        ("空.txt", "文件是空的，没有可收录的文字")
    ]
    assert queue.waiting() == 0
    assert figures(machines[0]) == figures(machines[1]) == all_of_them()
    # What failed keeps its copy, so that it can be tried once more; of the others none is left.
    assert len(list(machines[0].queued.glob("*"))) == 1


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_files_of_a_killed_worker_are_taken_by_another(
    machines: Machines, queue: FileQueue, folder: Path, moment: str
) -> None:
    enqueue([folder], queue)
    killed = worker_on(machines[0], "-m", "tests.ingest.killed_worker", moment)
    complaint = killed.communicate(timeout=300)[1]
    assert killed.returncode < 0, complaint
    assert queue.waiting() == FILES
    with ExitStack() as stack:
        assert worker(machines[1], queue, stack).work() == FILES
    assert queue.waiting() == 0
    assert queue.failed() == ()
    assert figures(machines[0]) == figures(machines[1]) == all_of_them()


@pytest.mark.timeout(300 + 100 * KILLS)
def test_workers_killed_at_any_moment_lose_and_double_nothing(
    machines: Machines, queue: FileQueue, folder: Path
) -> None:
    for number in range(FILES + 1, 3 * FILES + 1):
        write(folder, number, number * 100)
    enqueue([folder], queue)
    running = [worker_on(settings) for settings in machines]
    for place in range(KILLS):
        process = running[place % 2]
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.1 * place)
        process.kill()
        process.communicate()
        running[place % 2] = worker_on(machines[place % 2])
    for process in running:
        complaint = process.communicate(timeout=300)[1]
        assert process.returncode == 0, complaint
    # The second may have ended while the first one, killed afterwards or not, held the last files.
    with ExitStack() as stack:
        worker(machines[0], queue, stack).work()
    assert queue.waiting() == 0
    assert len(figures(machines[0])) == 3 * FILES


def test_versions_of_a_file_follow_each_other(machines: Machines, queue: FileQueue, folder: Path) -> None:
    enqueue([folder / "1.txt"], queue)
    with queue.taking(5) as taken:
        assert [file.source for file in taken.files] == ["1.txt"]
        write(folder, 1, 111)
        enqueue([folder / "1.txt"], queue)
        with closing(FileQueue(machines[1])) as elsewhere, elsewhere.taking(5) as others:
            assert others.files == ()
    write(folder, 1, 112)
    assert enqueue([folder / "1.txt"], queue).count("queued") == 1
    assert enqueue([folder / "1.txt"], queue).count("unchanged") == 1
    assert queue.waiting() == 1
    with ExitStack() as stack:
        assert worker(machines[0], queue, stack).work() == 1
    assert figures(machines[1]) == {"1.txt": "112"}
    assert enqueue([folder / "1.txt"], queue).count("unchanged") == 1


def test_a_file_that_cannot_be_stored_holds_up_no_other(
    machines: Machines, queue: FileQueue, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueue([folder], queue)
    real = QueueWorker._publish

    def refuse(self: QueueWorker, files: tuple[object, ...]) -> object:
        if any("3.txt" in str(file) for file in files):
            raise ValueError("a lone surrogate")
        return real(self, files)  # type: ignore[arg-type]

    with ExitStack() as stack:
        broken = worker(machines[0], queue, stack)
        with monkeypatch.context() as patch:
            patch.setattr(QueueWorker, "_publish", refuse)
            broken.work()
        assert [(file.source, file.reason) for file in queue.failed()] == [
            ("3.txt", "收录时出错（ValueError）")
        ]
        assert len(figures(machines[0])) == FILES - 1
        assert queue.retry() == 1
        assert broken.work() == 1
    assert figures(machines[0]) == all_of_them()


def test_a_worker_that_loses_the_database_goes_on_when_it_is_back(
    machines: Machines, queue: FileQueue, folder: Path
) -> None:
    enqueue([folder], queue)
    with ExitStack() as stack:
        steady = worker(machines[0], queue, stack)
        with suppress(LibraryError), queue.taking(3) as taken:
            cut(machines[0].policy_database_url)
            taken.finish(taken.files[0])
        assert queue.waiting() == FILES
        steady.work()
    assert figures(machines[0]) == all_of_them()


def test_a_worker_that_finds_no_database_says_so_once_and_begins_when_it_is_there(
    machines: Machines, queue: FileQueue, folder: Path
) -> None:
    enqueue([folder / "1.txt"], queue)
    with away(machines[0].policy_database_url):
        process = worker_on(machines[1], "-c", "import cli; raise SystemExit(cli.main(['work']))")
        try:
            assert process.stderr
            assert "POLICY_DATABASE_URL" in process.stderr.readline()
        except BaseException:
            process.kill()
            raise
    try:
        assert process.stdout
        assert process.stdout.readline() == "新增：1.txt\n"
    finally:
        process.kill()
        complaint = process.communicate()[1]
    assert "POLICY_DATABASE_URL" not in complaint


def test_copies_on_another_disk_are_named_and_nothing_is_given_up(
    machines: Machines, queue: FileQueue, folder: Path, tmp_path: Path
) -> None:
    enqueue([folder], queue)
    apart = machines[1].model_copy(update={"policy_files_dir": tmp_path / "elsewhere"})
    with ExitStack() as stack:
        own = stack.enter_context(closing(FileQueue(apart)))
        with pytest.raises(LibraryError, match="POLICY_FILES_DIR"):
            worker(apart, own, stack).work()
    assert queue.waiting() == FILES
    assert queue.failed() == ()


def test_a_library_in_a_folder_has_no_queue(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="policy-assistant ingest"):
        FileQueue(LibrarySettings.in_folder(tmp_path))


def test_the_commands_tell_what_waits_and_what_failed(
    machines: Machines,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment(machines[0]).items():
        monkeypatch.setenv(name, value)
    (folder / "空.txt").write_bytes(b"")
    assert main(["queue", "add", str(folder), str(folder / "没有.txt"), "--group", "财政局"]) == 1
    told = capsys.readouterr()
    assert told.out == f"已加入 {FILES + 1} 个文件，0 个未变\n"
    assert told.err == "失败：没有.txt：文件或文件夹不存在，请检查路径\n"
    assert main(["work", "--until-empty"]) == 1
    capsys.readouterr()
    with PolicyLibrary.open(machines[0]) as library:
        assert len(library.documents()) == FILES
        assert {library.file_groups()[one.source] for one in library.documents()} == {frozenset({"财政局"})}
    assert main(["queue"]) == 1
    assert capsys.readouterr().out == (
        "失败：空.txt：文件是空的，没有可收录的文字\n0 个文件等待收录，1 个未能收录\n"
    )
    assert main(["queue", "retry"]) == 0
    assert main(["queue", "--json"]) == 0
    assert capsys.readouterr().out.endswith('{"waiting": 1, "failed": []}\n')
