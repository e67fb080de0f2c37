"""The command that fills the library."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.embedding_cli import embed_later
from ingest.messages import Limits
from ingest.pipeline import ingest, preview
from ingest.progress_cli import progress_bar, write_step
from ingest.report import FileResult, IngestReport
from ingest.settings import ingest_settings
from ingest.uploaded import uploaded
from vectorstore.errors import PolicyError
from vectorstore.failures import refusal
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings
from vectorstore.steps import step
from vectorstore.tracing import wanted_traces
from vectorstore.viewers import group_names

Subparsers = argparse._SubParsersAction
_OUTCOMES = own_words(
    {
        "added": "新增",
        "updated": "更新",
        "unchanged": "未变",
        "duplicate": "内容重复",
        "removed": "移除",
        "failed": "失败",
    }
)
_EXAMPLES = own_words(
    """示例：
  policy-assistant ingest 政策文件/            收录整个文件夹（含子文件夹）
  policy-assistant ingest 规划.txt 办法.md     收录两个文件
  policy-assistant ingest 政策文件/ --prune    同时移除文件夹中已不存在的文件
  policy-assistant ingest 内部文件/ --group 财政局   只让财政局的人员查阅
  policy-assistant ingest 政策文件/ --again    程序升级后，未变的文件也重新读取
  policy-assistant ingest 政策文件/ --dry-run --report 核对.md    只看会收录什么，不写入
退出码：0 全部成功；1 有文件失败，其余已收录；2 未能执行"""
)


def add_commands(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `ingest` to the console script."""
    command = subparsers.add_parser(
        "ingest",
        description="收录文件和文件夹：未变的文件按内容跳过。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_ingest_options(command)
    command.set_defaults(run=run_ingest)


def add_ingest_options(command: argparse.ArgumentParser) -> None:
    """Add the options of `ingest`, which `python -m ingest` takes as well."""
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或文件夹")
    command.add_argument("--prune", action="store_true", help="移除所列路径中已不存在的文件")
    extent = command.add_mutually_exclusive_group()
    extent.add_argument("--dry-run", action="store_true", help="只显示会收录什么，不写入政策库")
    extent.add_argument(
        "--again", action="store_true", help="未变的文件也重新读取，理解有变的予以更新（程序升级后用）"
    )
    command.add_argument("--report", type=Path, metavar="FILE", help="把对每个文件的理解写入该文件，供人核对")
    add_limits(command)
    add_groups(command)
    add_wait(command)
    output = command.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="以JSON输出")
    output.add_argument("--follow", action="store_true", help="每完成一步输出一行JSON，供程序跟踪进度")


def add_groups(command: argparse.ArgumentParser) -> None:
    """Add the option that says who alone may see the files."""
    command.add_argument(
        "--group",
        action="append",
        default=[],
        metavar="NAME",
        help="只让该部门查阅这些文件（可多次给出；不给出时保持原有范围，新文件所有人可看）",
    )


def run_ingest(options: argparse.Namespace) -> int:
    """Take files and folders in; 0 all well, 1 some failed, 2 nothing could be done."""
    limits, budget = Limits(options.seconds, options.memory), ingest_settings().budget()
    with (
        step("ingest", wanted_traces()),
        PolicyLibrary.open(settings := library_settings()) as library,
        _review_file(options.report) as review,
        progress_bar(Console(stderr=True, quiet=options.json or options.follow)) as bar,
    ):
        progress = write_step if options.follow else bar
        if options.dry_run:
            report = preview(
                options.paths,
                library,
                workers=options.workers,
                limits=limits,
                budget=budget,
                progress=progress,
                review=review,
            )
        else:
            report = ingest(
                options.paths,
                library,
                prune=options.prune,
                again=options.again,
                elsewhere=uploaded(settings) if options.prune else None,
                workers=options.workers,
                wait=options.wait,
                limits=limits,
                budget=budget,
                progress=progress,
                review=review,
                groups=group_names(options.group),
            )
    if not options.dry_run:
        embed_later(settings)
    if options.json:
        print(json.dumps(_report_as_json(report, listed=options.dry_run), ensure_ascii=False))
    elif not options.follow:
        _print_report(report, listed=options.dry_run)
    return _exit_code(report)


def _exit_code(report: IngestReport) -> int:
    if not report.files:
        print(say("没有找到可收录的文件，请检查路径和文件格式"), file=sys.stderr)
        return 2
    if not report.failed:
        return 0
    return 2 if len(report.failed) == len(report.files) else 1


@contextmanager
def _review_file(path: Path | None) -> Iterator[Callable[[str], object] | None]:
    """Open the file that what was understood is written to, where one is wanted."""
    if path is None:
        yield None
        return
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise PolicyError(f"无法写入 {path}：{refusal(error)}") from None
    with file:
        yield file.write


def _print_report(report: IngestReport, *, listed: bool) -> None:
    if listed:
        _print_files(report)
    table = Table(say("结果"), say("文件数"), say("段落数"))
    for outcome, label in _OUTCOMES.items():
        if number := report.count(outcome):
            passages = sum(result.passages for result in report.files if result.outcome == outcome)
            table.add_row(tell(label), str(number), str(passages) if passages else "")
    console = Console()
    if report.files:
        console.print(table)
    for result in report.failed:
        told = say("失败：{source}：{reason}", source=result.source, reason=tell(result.reason))
        print(told, file=sys.stderr)
    for result in report.files:
        if result.reason and result.outcome != "failed":
            print(f"{result.source}：{tell(result.reason)}", file=sys.stderr)


def _print_files(report: IngestReport) -> None:
    heads = own_words(("文件", "结果", "标题", "类型", "状态", "段落数"))
    table = Table(*map(tell, heads), title=say("试运行：未写入政策库"))
    for result in report.files:
        outcome = tell(_OUTCOMES[result.outcome])
        cells = (
            result.source,
            say("将{outcome}", outcome=outcome) if result.title else outcome,
            result.title,
            tell(result.kind.label),
            tell(result.status.label) if result.status else "",
            str(result.passages or ""),
        )
        table.add_row(*map(Text, cells))
    Console().print(table)


def _report_as_json(report: IngestReport, *, listed: bool) -> dict[str, Any]:
    counts = {outcome: report.count(outcome) for outcome in _OUTCOMES if outcome != "failed"}
    return {
        **counts,
        "failed": [{"document": result.source, "reason": result.reason} for result in report.failed],
        "passages": sum(result.passages for result in report.files),
        **({"files": [_result_as_json(result) for result in report.files]} if listed else {}),
    }


def _result_as_json(result: FileResult) -> dict[str, Any]:
    return {
        "document": result.source,
        "outcome": result.outcome,
        "title": result.title,
        "kind": result.kind.value,
        "status": result.status.value if result.status else None,
        "passages": result.passages,
    }


def add_limits(command: argparse.ArgumentParser) -> None:
    """Add the options that limit what reading files may take."""
    command.add_argument(
        "--workers", type=_positive, metavar="N", help="同时读取文件的进程数（默认：处理器核数）"
    )
    command.add_argument(
        "--seconds",
        type=_positive,
        default=600,
        metavar="S",
        help="每份文件（有页的为每页）最多处理几秒（默认600，大文件按大小放宽）",
    )
    command.add_argument(
        "--memory", type=_positive, default=3000, metavar="MB", help="每份文件最多占用多少内存（默认3000）"
    )


def add_wait(command: argparse.ArgumentParser) -> None:
    """Add the option that limits how long to wait for another writer."""
    command.add_argument(
        "--wait", type=float, default=60.0, metavar="S", help="另一进程正在写入时最多等待几秒（默认60）"
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("必须是正整数")
    return number
