"""A queue whose copies are in a storage that speaks S3."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from ingest.queueing import enqueue
from tests.ingest.plans import FILES
from tests.ingest.test_queue import Machines, all_of_them, figures, worker
from tests.s3_server import BUCKET, S3Server
from tests.vectorstore.machines import sharing, worker_on
from vectorstore.bucket_address import BucketAddress
from vectorstore.errors import LibraryError
from vectorstore.file_queue import FileQueue

PLACE = BucketAddress(BUCKET, "library")


@pytest.fixture
def machines(database_url: Callable[[], str], milvus_url: str, tmp_path: Path, s3: S3Server) -> Machines:
    one, other = sharing(database_url(), tmp_path, milvus_url)
    place = {"policy_files_dir": PLACE}
    return one.model_copy(update=place), other.model_copy(update=place)


def waiting(s3: S3Server) -> list[str]:
    return [key for key in s3.objects if key.startswith("library/queued/")]


def test_two_workers_share_a_queue_in_a_bucket(
    machines: Machines, queue: FileQueue, folder: Path, s3: S3Server
) -> None:
    (folder / "空.txt").write_bytes(b"")
    assert enqueue([folder], queue).count("queued") == FILES + 1
    assert len(waiting(s3)) == FILES + 1
    workers = [worker_on(settings) for settings in machines]
    said = [process.communicate(timeout=300) for process in workers]
    added = [line for out, _ in said for line in out.splitlines() if line.startswith("新增：")]
    assert sorted(added) == sorted(f"新增：{number}.txt" for number in range(1, FILES + 1)), said
    assert [file.source for file in queue.failed()] == ["空.txt"]
    assert figures(machines[0]) == figures(machines[1]) == all_of_them()
    # What failed keeps its copy, so that it can be tried once more; of the others none is left anywhere.
    assert len(waiting(s3)) == 1
    assert not [file for one in machines for file in one.queued.glob("*")]


def test_a_storage_that_is_away_or_another_one_gives_nothing_up(
    machines: Machines, queue: FileQueue, folder: Path, s3: S3Server
) -> None:
    enqueue([folder], queue)
    apart = machines[1].model_copy(update={"policy_files_dir": BucketAddress(BUCKET, "elsewhere")})
    with ExitStack() as stack:
        own = stack.enter_context(closing(FileQueue(apart)))
        with pytest.raises(LibraryError, match="POLICY_FILES_DIR"):
            worker(apart, own, stack).work()
        steady = worker(machines[0], queue, stack)
        with s3.away():
            with pytest.raises(LibraryError, match="POLICY_FILES_DIR"):
                steady.work()
            with pytest.raises(LibraryError, match="未能加入队列") as told:
                queue.put("另一份.txt", b"!")
            assert "\n" not in str(told.value)
        assert queue.waiting() == FILES
        assert queue.failed() == ()
        assert steady.work() == FILES
    assert figures(machines[1]) == all_of_them()


def test_a_copy_that_is_not_whole_is_not_read(
    machines: Machines, queue: FileQueue, folder: Path, s3: S3Server
) -> None:
    enqueue([folder], queue)
    for key in waiting(s3)[:1]:
        s3.put(key, s3.objects[key][:30])
    with ExitStack() as stack:
        worker(machines[0], queue, stack).work()
    assert [file.source for file in queue.failed()] == ["1.txt"]
    assert len(figures(machines[0])) == FILES - 1
    assert enqueue([folder], queue).count("queued") == 1
    with ExitStack() as stack:
        worker(machines[1], queue, stack).work()
    assert figures(machines[0]) == all_of_them()
