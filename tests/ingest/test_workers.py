import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.files import Found
from ingest.messages import Limits, Read, Task, Wanted
from ingest.workers import read_files

TEXT = "云泽市实施方案\n一、目标\n到2030年，海洋生产总值突破1200亿元。"

WANTED = Wanted(words=True, vectors=True)


def tasks_of(folder: Path, *names: str) -> list[Task]:
    return [Task(Found(folder / name, name)) for name in names]


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
        ("\n        while True: pass", Limits(8, 3000), "超过 8 秒"),
        ("os._exit(11)", Limits(120, 3000), "意外退出"),
        ("raise KeyError(name)", Limits(120, 3000), "读取时出错，文件可能已损坏（KeyError）"),
    ],
)
def test_what_goes_wrong_with_a_file_costs_that_file_alone(
    folder: Path, rogue: Callable[[str], None], statement: str, limits: Limits, reason: str
) -> None:
    rogue(statement)
    answers = read(tasks_of(folder, "0.txt", "1.txt", "2.txt"), 1, limits)
    assert [answer.outcome for _, answer in answers] == ["read", "failed", "read"]
    assert reason in answers[1][1].reason


def test_stopping_in_the_middle_leaves_nothing_running(folder: Path) -> None:
    answers = read_files(tasks_of(folder, *(f"{number}.txt" for number in range(7))), 2, Limits(), WANTED)
    assert next(answers)[0] == 1
    answers.close()  # type: ignore[attr-defined]


def test_a_refused_file_is_answered_without_a_process(tmp_path: Path) -> None:
    (answer,) = read([Task(Found(tmp_path, "链接.txt", "是符号链接"))])
    assert answer[1] == Read("链接.txt", "failed", reason="是符号链接")
