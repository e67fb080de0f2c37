"""The commands of the queue: put files in, list what failed, work on it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ingest.cli import add_groups, add_limits
from ingest.messages import Limits, Wanted
from ingest.queue_worker import QueueWorker
from ingest.queueing import enqueue
from ingest.report import FileResult
from ingest.settings import ingest_settings
from vectorstore.background import begin
from vectorstore.embeddings import embedding_model
from vectorstore.errors import LibraryError
from vectorstore.file_queue import FileQueue
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings
from vectorstore.tracing import wanted_traces
from vectorstore.viewers import group_names

Subparsers = argparse._SubParsersAction
_IDLE = 2.0
_OUTCOMES = own_words(
    {"added": "新增", "updated": "更新", "unchanged": "未变", "duplicate": "内容重复", "failed": "失败"}
)
_EXAMPLES = own_words(
    """示例：
  policy-assistant queue add 政策文件/         把文件夹加入队列，任一台机器上的 work 都会收录
  policy-assistant queue                      还有多少在等待，哪些未能收录
  policy-assistant queue retry                未能收录的再试一次
  policy-assistant work                       收录队列中的文件，直到被停止"""
)


def add_commands(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands of this file to the console script."""
    command = subparsers.add_parser(
        "queue",
        description="几台机器共用的收录队列：列出等待和未能收录的文件；add 加入，retry 再试。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--json", action="store_true", help="以JSON输出")
    command.set_defaults(run=run_queue)
    actions = command.add_subparsers(title="操作", metavar="add | retry")
    add = actions.add_parser(
        "add", help="加入文件和文件夹", description="把文件和文件夹加入队列；未变的文件按内容跳过。"
    )
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或文件夹")
    add.add_argument("--again", action="store_true", help="未变的文件也重新读取（程序升级后用）")
    add_groups(add)
    add.set_defaults(run=run_add)
    retry = actions.add_parser("retry", help="未能收录的再试一次", description="让未能收录的文件重新排队。")
    retry.set_defaults(run=run_retry)

    command = subparsers.add_parser(
        "work",
        description="收录队列中的文件；可在几台机器上同时运行，中途停止的由别的接着做。",
    )
    command.add_argument(
        "--until-empty", action="store_true", help="没有文件可收录时结束；有失败的退出码为 1"
    )
    add_limits(command)
    command.set_defaults(run=run_work)


def run_queue(options: argparse.Namespace) -> int:
    """Tell how many files wait, and which failed why; 1 where some failed."""
    with _queue() as queue:
        waiting, failed = queue.waiting(), queue.failed()
    if options.json:
        listed = [{"document": file.source, "reason": file.reason} for file in failed]
        print(json.dumps({"waiting": waiting, "failed": listed}, ensure_ascii=False))
    else:
        for file in failed:
            print(say("失败：{source}：{reason}", source=file.source, reason=tell(file.reason)))
        print(say("{waiting} 个文件等待收录，{failed} 个未能收录", waiting=waiting, failed=len(failed)))
    return 1 if failed else 0


def run_add(options: argparse.Namespace) -> int:
    """Put files in; 1 where some could not be, 2 where there are none."""
    with _queue() as queue:
        report = enqueue(options.paths, queue, again=options.again, groups=group_names(options.group))
    if not report.files:
        raise LibraryError("没有找到可收录的文件，请检查路径和文件格式")
    for result in report.failed:
        _tell_failure(result)
    print(
        say(
            "已加入 {queued} 个文件，{unchanged} 个未变",
            queued=report.count("queued"),
            unchanged=report.count("unchanged"),
        )
    )
    return 1 if report.failed else 0


def run_retry(options: argparse.Namespace) -> int:
    """Let what failed wait once more."""
    with _queue() as queue:
        print(say("{count} 个文件重新排队", count=queue.retry()))
    return 0


def run_work(options: argparse.Namespace) -> int:
    """Take files from the queue for ever, or until there is none."""
    settings, traces = library_settings(), wanted_traces()
    model = embedding_model(settings)
    wanted = Wanted(ingest_settings().budget(), words=True, vectors=not model.costly)
    limits = Limits(options.seconds, options.memory)
    with _queue() as queue, PolicyLibrary.open(settings) as library:
        worker = QueueWorker(queue, library, wanted, options.workers, limits, _tell, traces)
        if not options.until_empty:
            worker.serve(_IDLE, lambda: begin(settings))
        worker.work()
        begin(settings)
        return 1 if queue.failed() else 0


@contextmanager
def _queue() -> Iterator[FileQueue]:
    with closing(FileQueue(library_settings())) as queue:
        yield queue


def _tell(result: FileResult) -> None:
    if result.outcome == "failed":
        _tell_failure(result)
    else:
        outcome = tell(_OUTCOMES[result.outcome])
        print(say("{part}：{told}", part=outcome, told=result.source), flush=True)


def _tell_failure(result: FileResult) -> None:
    told = say("失败：{source}：{reason}", source=result.source, reason=tell(result.reason))
    print(told, file=sys.stderr, flush=True)
