"""What a collector of OpenTelemetry is told of files that are taken in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.collector import Collector, collecting

ROOT = Path(__file__).parents[2]
NAMES = ("云岭市产业规划.txt", "云岭市水库办法.txt")


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as running:
        yield running


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / name).write_text(f"{name[:-4]}\n\n到2030年，数量达到{number + 3}个。\n", encoding="utf-8")
    (folder / "空.txt").write_text("", encoding="utf-8")
    return folder


def commanded(environment: Mapping[str, str], *words: str) -> int:
    """Run a command with settings; return its exit code."""
    command = [sys.executable, str(ROOT / "cli.py"), *words]
    return subprocess.run(command, env={**os.environ, **environment}, check=False, cwd=ROOT).returncode


def told_of(collector: Collector) -> None:
    """Hold what came against what was ingested: two files, and one that cannot be read."""
    spans = collector.spans
    (ingestion,) = (span for span in spans if span.name == "ingest")
    assert {span.parent for span in spans if span is not ingestion} == {ingestion.id}
    outcomes = sorted(span.told["policy.outcome"] for span in spans if span.name == "file")
    assert outcomes == ["added", "added", "failed"]
    read = [span.told for span in spans if span.name == "file" and "policy.passages" in span.told]
    assert all(told["policy.reading_seconds"] > 0 and told["policy.format"] == "txt" for told in read)
    (publication,) = (span.told for span in spans if span.name == "publish")
    assert publication["policy.passages"] == sum(told["policy.passages"] for told in read)
    assert publication["policy.generation"] == 1
    sent = b"".join(collector.bodies)
    for said in (*NAMES, "产业规划", "数量"):
        assert said.encode() not in sent


def test_each_file_and_each_publication_is_a_step_of_its_ingestion(
    tmp_path: Path, files: Path, collector: Collector
) -> None:
    settings = {"POLICY_DATA_DIR": str(tmp_path / "data"), "POLICY_TRACES_URL": collector.url}
    assert commanded(settings, "ingest", str(files)) == 1
    told_of(collector)


def test_so_it_is_of_a_worker_that_takes_them_from_the_queue(
    tmp_path: Path, files: Path, collector: Collector, database_url: Callable[[], str]
) -> None:
    settings = {"POLICY_DATA_DIR": str(tmp_path / "data"), "POLICY_DATABASE_URL": database_url()}
    assert commanded(settings, "queue", "add", str(files)) == 0
    assert commanded({**settings, "POLICY_TRACES_URL": collector.url}, "work", "--until-empty") == 1
    told_of(collector)
