import hashlib
import os
import resource
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import worker
from ingest.files import Found
from ingest.messages import Limits, PageDone, Read, Task, Wanted
from ingest.worker import read_file
from ingest.workers import read_files

TEXT = "云泽市实施方案\n一、目标\n到2030年，海洋生产总值突破1200亿元。"

WANTED = Wanted(words=True, vectors=True)
_MOST_OF_SELECT = 1024


def tasks_of(folder: Path, *names: str) -> list[Task]:
    return [Task(Found(folder / name, name)) for name in names]


def patient(folder: Path, name: str) -> Task:
    """A file that may take long, as the first one does, which starts the process."""
    return Task(Found(folder / name, name, size=100_000_000))


def read(tasks: list[Task], workers: int = 2, limits: Limits | None = None) -> list[tuple[int, Read]]:
    return list(read_files(tasks, workers, limits or Limits(), WANTED))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(7):
        (tmp_path / f"{number}.txt").write_text(
            f"{TEXT}\n二、第{number}项。" * (8 - number), encoding="utf-8"
        )
    return tmp_path


def test_order_and_result_do_not_depend_on_the_number_of_workers(folder: Path) -> None:
    tasks = tasks_of(folder, *(f"{number}.txt" for number in range(7)))
    alone, together = read(tasks, 1), read(tasks, 3)
    assert alone == together
    assert [place for place, _ in alone] == [1, 2, 3, 4, 5, 6, 7]
    assert all(answer.parsed and answer.parsed.document.source == answer.source for _, answer in alone)


def test_an_unchanged_file_is_not_read_again(folder: Path) -> None:
    known = {"1.txt": hashlib.sha256((folder / "1.txt").read_bytes()).hexdigest()}
    (answer,) = read([Task(Found(folder / "1.txt", "1.txt"), known)])
    assert answer[1] == Read("1.txt", "unchanged")


@pytest.fixture
def rogue(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the workers' text loader do something else with the file 1.txt, as a broken library would."""

    def install(statement: str) -> None:
        (folder / "rogue").mkdir()
        (folder / "rogue" / "sitecustomize.py").write_text(
            "import os, ingest.loaders.text as text\n"
            "real = text.load\n"
            "def load(data, name):\n"
            "    if name == '1.txt':\n"
            f"        {statement}\n"
            "    return real(data, name)\n"
            "text.load = load\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("PYTHONPATH", str(folder / "rogue"))

    return install


@pytest.mark.parametrize(
    ("statement", "limits", "reason"),
    [
        ("bytearray(20_000_000_000)", Limits(120, 1500), "内存超过 1500 MB"),
        ("\n        while True: pass", Limits(2, 3000), "超过 2 秒"),
        ("os._exit(11)", Limits(120, 3000), "意外退出"),
        ("raise KeyError(name)", Limits(120, 3000), "读取时出错，文件可能已损坏（KeyError）"),
    ],
)
def test_what_goes_wrong_with_a_file_costs_that_file_alone(
    folder: Path, rogue: Callable[[str], None], statement: str, limits: Limits, reason: str
) -> None:
    rogue(statement)
    answers = read(
        [patient(folder, "0.txt"), *tasks_of(folder, "1.txt"), patient(folder, "2.txt")], 1, limits
    )
    assert [answer.outcome for _, answer in answers] == ["read", "failed", "read"]
    assert reason in answers[1][1].reason


def test_a_document_of_many_pages_may_take_longer_than_each_of_them(
    folder: Path, rogue: Callable[[str], None]
) -> None:
    rogue(
        "import time; from ingest.pagewise import page_done\n"
        "        for number in range(5): time.sleep(0.8); page_done(number + 1, 5)"
    )
    pages: list[PageDone] = []
    tasks = [patient(folder, "0.txt"), *tasks_of(folder, "1.txt")]
    answers = list(read_files(tasks, 1, Limits(3), WANTED, pages.append))
    assert [answer.outcome for _, answer in answers] == ["read", "read"]
    assert pages == [PageDone("1.txt", number, 5) for number in (1, 2, 3, 4, 5)]


def test_what_storing_a_very_large_document_needs_is_left_to_the_library(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (task,) = tasks_of(folder, "1.txt")
    (small,) = read_file(task, WANTED)
    assert small.prepared
    assert small.prepared.vectors
    monkeypatch.setattr(worker, "_PREPARED_MAX", 1)
    (large,) = read_file(task, WANTED)
    assert (large.parsed, large.prepared) == (small.parsed, None)


def test_a_large_file_has_more_time() -> None:
    limits = Limits(600)
    assert limits.seconds_for(0) == 600
    assert limits.seconds_for(200_000_000) >= 1_000


def test_a_container_without_documents_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "空.zip", "w") as archive:
        archive.writestr("图标.ico", b"\x00")
    ((done, answer),) = read(tasks_of(tmp_path, "空.zip"))
    assert (done, answer.outcome, answer.reason) == (1, "failed", "其中没有可收录的文件")


def test_a_file_is_finished_with_the_last_document_in_it(folder: Path) -> None:
    with zipfile.ZipFile(folder / "全部.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", f"{TEXT}{number}")
    answers = read(tasks_of(folder, "0.txt", "全部.zip", "1.txt"))
    assert [done for done, _ in answers] == [1, 1, 1, 2, 3]


def test_large_files_are_read_though_they_take_all_the_room(folder: Path) -> None:
    tasks = [Task(Found(folder / name, name, size=10**9)) for name in ("0.txt", "1.txt")]
    answers = read([*tasks, *tasks_of(folder, "2.txt", "3.txt")])
    assert [answer.source for _, answer in answers] == ["0.txt", "1.txt", "2.txt", "3.txt"]


def test_stopping_in_the_middle_leaves_nothing_running(folder: Path) -> None:
    answers = read_files(tasks_of(folder, *(f"{number}.txt" for number in range(7))), 2, Limits(), WANTED)
    assert next(answers)[0] == 1
    answers.close()


def test_a_refused_file_is_answered_without_a_process(tmp_path: Path) -> None:
    (answer,) = read([Task(Found(tmp_path, "链接.txt", "是符号链接"))])
    assert answer[1] == Read("链接.txt", "failed", reason="是符号链接")


def test_all_processes_together_stay_within_the_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[threading.Thread] = []
    start = threading.Thread.start

    def counted(thread: threading.Thread) -> None:
        begun.append(thread)
        start(thread)

    monkeypatch.setattr("ingest.workers.memory", lambda: 7_000_000_000)
    monkeypatch.setattr(threading.Thread, "start", counted)
    answers = list(
        read_files(tasks_of(folder, *(f"{n}.txt" for n in range(7))), 7, Limits(600, 3_000), WANTED)
    )
    assert len(answers) == 7
    assert len(begun) == 2


@pytest.fixture
def many_files_open() -> Iterator[None]:
    """More files open than `select` knows, as in a server of many readers."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * _MOST_OF_SELECT
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip(f"a process may have {hard} files open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    taken = [os.open(os.devnull, os.O_RDONLY) for _ in range(_MOST_OF_SELECT)]
    yield
    for descriptor in taken:
        os.close(descriptor)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_files_open")
def test_a_process_that_has_many_files_open_reads_too(folder: Path) -> None:
    ((_, answer),) = read(tasks_of(folder, "1.txt"))
    assert answer.parsed


def test_an_error_that_nobody_expected_reaches_who_waits_for_answers(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(task: Task) -> bool:
        raise ValueError(task.file.source)

    monkeypatch.setattr("ingest.workers._is_unchanged", broken)
    with pytest.raises(ValueError, match=r"0\.txt"):
        read(tasks_of(folder, "0.txt", "1.txt", "2.txt"))
