"""The commands that fill and show the library: ingest, documents, passages, remove."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from ingest.pipeline import ingest
from ingest.report import FileResult, IngestReport
from vectorstore.errors import PolicyError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings
from vectorstore.types import PolicyDocument

Subparsers = argparse._SubParsersAction
_OUTCOMES = {
    "added": "新增",
    "updated": "更新",
    "unchanged": "未变",
    "duplicate": "内容重复",
    "removed": "移除",
    "failed": "失败",
}
_EXAMPLES = """示例：
  policy-assistant ingest 政策文件/            收录整个文件夹（含子文件夹）
  policy-assistant ingest 规划.txt 办法.md     收录两个文件
  policy-assistant ingest 政策文件/ --prune    同时移除文件夹中已不存在的文件
退出码：0 全部成功；1 有文件失败，其余已收录；2 未能执行"""


def add_commands(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands of this package to the console script."""
    command = subparsers.add_parser(
        "ingest",
        help="收录文件和文件夹",
        description="收录文件和文件夹：未变的文件按内容跳过。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_ingest_options(command)
    command.set_defaults(run=run_ingest)

    command = subparsers.add_parser("documents", help="列出已收录的文件", description="列出已收录的文件。")
    _add_json(command)
    command.set_defaults(run=run_documents)

    command = subparsers.add_parser("passages", help="列出段落", description="列出段落，按文件和位置排列。")
    command.add_argument("--document", default="", metavar="ID", help="只列该文件（编号或文件名）的段落")
    _add_json(command)
    command.set_defaults(run=run_passages)

    command = subparsers.add_parser(
        "remove", help="移除文件", description="从政策库移除文件；原文件不受影响。"
    )
    command.add_argument(
        "documents", nargs="+", metavar="ID", help="文件编号或文件名，见 policy-assistant documents"
    )
    _add_wait(command)
    command.set_defaults(run=run_remove)


def execute(parser: argparse.ArgumentParser, words: Sequence[str]) -> int:
    """Run the command that the words name; an error becomes one line on standard error.

    Args:
        parser: its commands set `run`.
        words: the command line without the program's name.

    Returns:
        The command's exit code; 2 for an error the user can mend; 130 when interrupted.
    """
    try:
        options = parser.parse_args(words)
        return int(options.run(options))
    except PolicyError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; nothing more can be written.
        sys.stderr.close()
        return 0


def add_ingest_options(command: argparse.ArgumentParser) -> None:
    """Add the options of `ingest`, which `python -m ingest` takes as well."""
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或文件夹")
    command.add_argument("--prune", action="store_true", help="移除所列路径中已不存在的文件")
    command.add_argument(
        "--workers", type=_positive, metavar="N", help="同时读取文件的进程数（默认：处理器核数）"
    )
    _add_wait(command)
    _add_json(command)


def run_ingest(options: argparse.Namespace) -> int:
    """Take files and folders in; 0 all well, 1 some failed, 2 nothing could be done."""
    with PolicyLibrary.open(library_settings()) as library, _progress(not options.json) as progress:
        report = ingest(
            options.paths,
            library,
            prune=options.prune,
            workers=options.workers,
            wait=options.wait,
            progress=progress,
        )
    if options.json:
        print(json.dumps(_report_as_json(report), ensure_ascii=False))
    else:
        _print_report(report)
    if not report.files:
        print("没有找到可收录的文件；支持 .txt 和 .md", file=sys.stderr)
        return 2
    if not report.failed:
        return 0
    return 2 if len(report.failed) == len(report.files) else 1


def run_documents(options: argparse.Namespace) -> int:
    """List what the library holds."""
    with PolicyLibrary.open(library_settings()) as library:
        documents = library.documents()
        if options.json:
            for document in documents:
                print(json.dumps(_document_as_json(document), ensure_ascii=False))
            return 0
    table = Table("编号", "标题", "地区", "发文字号", "日期", "规划期", "状态", "文件")
    for document in documents:
        table.add_row(*(Text(cell) for cell in _document_row(document)))
    Console().print(table if documents else "政策库是空的；请先运行 policy-assistant ingest 文件夹")
    return 0


def run_passages(options: argparse.Namespace) -> int:
    """List every passage, or those of one document."""
    with PolicyLibrary.open(library_settings()) as library:
        wanted = _resolve(library, options.document) if options.document else ""
        sources = {document.id: document.source for document in library.documents()}
        console = Console()
        for passage in library.passages(wanted):
            if options.json:
                print(
                    json.dumps(
                        {
                            "document": sources[passage.document_id],
                            "document_id": passage.document_id,
                            "section": list(passage.section),
                            "kind": passage.kind.value,
                            "page": passage.page,
                            "text": passage.text,
                            "start": passage.start,
                            "end": passage.end,
                        },
                        ensure_ascii=False,
                    )
                )
            else:
                console.print(Text(f"{sources[passage.document_id]}　{' > '.join(passage.section)}", "bold"))
                console.print(Text(passage.text + "\n"))
    return 0


def run_remove(options: argparse.Namespace) -> int:
    """Remove documents by id or source name."""
    with PolicyLibrary.open(library_settings()) as library:
        ids = [_resolve(library, name) for name in options.documents]
        with library.write(options.wait) as writer:
            for document_id in dict.fromkeys(ids):
                writer.remove(document_id)
    print(f"已移除 {len(set(ids))} 个文件", file=sys.stderr)
    return 0


def _resolve(library: PolicyLibrary, name: str) -> str:
    """The id that an id or a source name means; an unknown one is left to the library to refuse."""
    return next((document.id for document in library.documents() if document.source == name), name)


@contextmanager
def _progress(wanted: bool) -> Iterator[Any]:
    """Draw a bar on standard error while files are read, where it is a terminal."""
    console = Console(stderr=True)
    if not wanted or not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("收录"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[passages]} 段"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, passages=0)
        total = 0

        def advance(result: FileResult, done: int, of: int) -> None:
            nonlocal total
            total += result.passages
            bar.update(task, completed=done, total=of, passages=total)

        yield advance


def _print_report(report: IngestReport) -> None:
    table = Table("结果", "文件数", "段落数")
    for outcome, label in _OUTCOMES.items():
        number = report.count(outcome)
        if number:
            passages = sum(result.passages for result in report.files if result.outcome == outcome)
            table.add_row(label, str(number), str(passages) if passages else "")
    console = Console()
    if report.files:
        console.print(table)
    for result in report.failed:
        print(f"失败：{result.source}：{result.reason}", file=sys.stderr)


def _report_as_json(report: IngestReport) -> dict[str, Any]:
    counts = {outcome: report.count(outcome) for outcome in _OUTCOMES if outcome != "failed"}
    return {
        **counts,
        "failed": [{"document": result.source, "reason": result.reason} for result in report.failed],
        "passages": sum(result.passages for result in report.files),
    }


def _document_as_json(document: PolicyDocument) -> dict[str, Any]:
    return {
        "id": document.id,
        "document": document.source,
        "title": document.title,
        "region": document.region,
        "issuer": document.issuer,
        "document_number": document.document_number,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "period": [document.period.start, document.period.end],
        "status": document.standing(_today()).value,
        "superseded_by": document.superseded_by,
        "script": document.script,
        "format": document.format,
        "ingested_at": document.ingested_at.isoformat() if document.ingested_at else None,
    }


def _document_row(document: PolicyDocument) -> tuple[str, ...]:
    start, end = document.period.start, document.period.end
    return (
        document.id,
        document.title,
        document.region,
        document.document_number,
        document.issued_on.isoformat() if document.issued_on else "",
        f"{start or ''}—{end or ''}" if start or end else "",
        document.standing(_today()).label,
        document.source,
    )


def _today() -> date:
    return date.today()  # noqa: DTZ011 the user's own day decides whether a period is over


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="以JSON输出")


def _add_wait(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--wait", type=float, default=60.0, metavar="S", help="另一进程正在写入时最多等待几秒（默认60）"
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("必须是正整数")
    return number
