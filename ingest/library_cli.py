"""The commands that look after the library as a whole: doctor, rebuild, embed, reembed, backup, restore."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ingest.cli import add_wait
from ingest.embedding_cli import embed_later
from ingest.facts.reading import read_facts
from ingest.repairing import repair
from ingest.settings import ingest_settings
from vectorstore.background import complete, told_in_lines
from vectorstore.backup import backup, restore
from vectorstore.doctor import examine
from vectorstore.file_storage import originals_of
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild, reembed
from vectorstore.recovery import Progress as Told
from vectorstore.settings import library_settings

Subparsers = argparse._SubParsersAction


def add_commands(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands of this file to the console script."""
    command = subparsers.add_parser(
        "doctor",
        description="核对目录库、关键词索引和向量库。退出码：0 一致；1 有问题，并给出处理办法；2 未能检查",
    )
    command.add_argument("--json", action="store_true", help="以JSON输出")
    command.set_defaults(run=run_doctor)

    command = subparsers.add_parser(
        "repair",
        description="核对存储的全部文件，与收录时不符的由保存的原文件重新读取。"
        "退出码：0 全部完好或已修复；1 有的未能修复",
    )
    add_wait(command)
    command.set_defaults(run=run_repair)

    command = subparsers.add_parser(
        "rebuild",
        description="由目录库重建关键词索引、向量库和事实，不重复调用嵌入服务；完成前查询照常。",
    )
    add_wait(command)
    command.set_defaults(run=run_rebuild)

    command = subparsers.add_parser(
        "embed",
        description="为只能按关键词查到的段落生成向量；收录后本来在后台进行，中断后由此接着做。",
    )
    command.set_defaults(run=run_embed)

    command = subparsers.add_parser(
        "reembed",
        description="用设置 POLICY_EMBEDDING_MODEL 的模型重新生成全部向量；完成前查询照常；中断后可接着做。",
    )
    add_wait(command)
    command.set_defaults(run=run_reembed)

    command = subparsers.add_parser(
        "backup",
        description="把政策库写入一个文件，含对话、反馈和日志，不含原文件；期间可照常查询和收录。",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="备份文件，不能已存在")
    command.set_defaults(run=run_backup)

    command = subparsers.add_parser(
        "restore",
        description="把备份恢复到空的政策库，并重建索引；重新收录同样的文件即可找回原文件。",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="备份文件")
    command.set_defaults(run=run_restore)


def run_doctor(options: argparse.Namespace) -> int:
    """Compare the parts of the library; 0 they agree, 1 they do not."""
    health = examine(library_settings())
    if options.json:
        print(json.dumps(asdict(health), ensure_ascii=False))
        return 1 if health.findings else 0
    for finding in health.findings:
        part, problem, remedy = map(tell, (finding.part, finding.problem, finding.remedy))
        print(say("{part}：{problem}；{remedy}", part=part, problem=problem, remedy=remedy))
    if not health.findings:
        told = say(
            "政策库一致：{files} 个文件，{passages} 个段落", files=health.documents, passages=health.passages
        )
        print(told)
    if health.waiting:
        told = say(
            "其中 {waiting} 个段落还没有向量，暂由关键词查找；运行 policy-assistant embed 可补齐并查看进度",
            waiting=health.waiting,
        )
        print(told)
    return 1 if health.findings else 0


def run_repair(options: argparse.Namespace) -> int:
    """Read anew what is not as it was stored; 0 all is well now, 1 something is not."""
    settings = library_settings()
    with PolicyLibrary.open(settings) as library:
        report = repair(library, originals_of(settings), ingest_settings().budget(), options.wait)
    embed_later(settings)
    for result in report.files:
        reason = tell(result.reason or own_words("已由原文件重新读取"))
        print(say("{source}：{reason}", source=result.source, reason=reason))
    if not report.files:
        print(say("所有文件均与收录时一致"))
    return 1 if report.failed else 0


def run_rebuild(options: argparse.Namespace) -> int:
    """Make the indexes anew, and read the facts again."""
    with _progress(say("重建")) as told:
        rebuild(library_settings(), options.wait, told, read_facts)
    print(say("索引已重建"), file=sys.stderr)
    embed_later(library_settings())
    return 0


def run_embed(options: argparse.Namespace) -> int:
    """Give all passages their vectors."""
    with _progress(say("生成向量")) as told:
        complete(library_settings(), told)
    print(say("全部段落均已有向量"), file=sys.stderr)
    return 0


def run_reembed(options: argparse.Namespace) -> int:
    """Make the vectors anew with another model."""
    with _progress(say("生成向量")) as told:
        reembed(library_settings(), options.wait, told)
    print(say("向量已全部更新"), file=sys.stderr)
    return 0


def run_backup(options: argparse.Namespace) -> int:
    """Write the library into a file."""
    backup(library_settings(), options.file)
    print(say("已备份到 {file}", file=options.file), file=sys.stderr)
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Fill an empty data folder from a file."""
    with _progress(say("恢复")) as told:
        restore(library_settings(), options.file, told)
    print(say("政策库已恢复"), file=sys.stderr)
    embed_later(library_settings())
    return 0


@contextmanager
def _progress(name: str) -> Iterator[Told]:
    """Draw a bar on standard error where it is a terminal, else tell of progress in lines."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield told_in_lines(name, lambda line: print(line, file=sys.stderr, flush=True))
        return
    columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
