"""The command that lists what the documents state: facts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.text import Text

from assistant.days import today
from assistant.ledger.cells import PROOF, cells, columns, in_language
from assistant.ledger.records import fact_record
from assistant.ledger.sheets import csv_of, xlsx_of
from vectorstore.errors import PolicyError
from vectorstore.facts import FactKind
from vectorstore.failures import refusal
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words
from vectorstore.languages.settings import terminal_language
from vectorstore.ledger import FactFilter, FoundFact, Ledger
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings

_EXAMPLES = own_words(
    """示例：
  policy-assistant facts indicator --year 2030
  policy-assistant facts indicator --region 望汀区 --xlsx 指标台账.xlsx
  policy-assistant facts reference --json"""
)


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `facts` to the console script."""
    command = subparsers.add_parser(
        "facts",
        description="列出文件中的指标、申报与时限、责任分工、政策条款和引用文件，每条附原文。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "kind",
        nargs="?",
        choices=[kind.value for kind in FactKind],
        metavar="KIND",
        help=(
            "indicator 指标、deadline 申报与时限、task 责任分工、measure 政策条款、"
            "reference 引用文件；不写为全部"
        ),
    )
    command.add_argument("--region", default="", metavar="R", help="只列该地区的")
    command.add_argument("--year", type=int, metavar="Y", help="只列该年份或包含该年份的期间的")
    command.add_argument("--document", default="", metavar="ID", help="只列该文件（编号或文件名）的")
    command.add_argument("--rejected", action="store_true", help="也列出标为误读的")
    output = command.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="以JSON输出，每行一条")
    output.add_argument("--csv", type=Path, metavar="FILE", help="写出 CSV 文件")
    output.add_argument("--xlsx", type=Path, metavar="FILE", help="写出 Excel 文件")
    command.set_defaults(run=run_facts)


def run_facts(options: argparse.Namespace) -> int:
    """List facts; 0 also where there are none."""
    kind = FactKind(options.kind) if options.kind else None
    with PolicyLibrary.open(library_settings()) as opened:
        library = opened.pinned()
        wanted = FactFilter(kind, options.region, year=options.year, rejected=options.rejected)
        if options.document:
            wanted = replace(wanted, document=_document(library, options.document))
        ledger = library.ledger
        found = ledger.every(wanted)
        if options.json:
            for one in found:
                sys.stdout.write(json.dumps(fact_record(one, ledger), ensure_ascii=False) + "\n")
            sys.stdout.flush()
        elif options.csv:
            _write(options.csv, csv_of(found, kind, ledger, today(), terminal_language()))
        elif options.xlsx:
            _write(options.xlsx, xlsx_of(found, kind, ledger, today(), terminal_language()))
        else:
            _print(found, kind, ledger)
        _tell_unread(ledger)
    return 0


def _document(library: PolicyLibrary, name: str) -> str:
    """The id that an id or a source name means."""
    named = next((one.id for one in library.documents() if one.source == name), name)
    return library.document(named).id


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise PolicyError(f"{file} 无法写入：{refusal(error)}") from error
    print(say("已写出 {file}", file=file), file=sys.stderr)


def _print(found: Iterable[FoundFact], kind: FactKind | None, ledger: Ledger) -> None:
    console = Console(highlight=False)
    nothing = True
    for one in found:
        nothing = False
        row = in_language(cells(one, ledger, today()), terminal_language())
        told = [row[name] for name in columns(kind)[: -len(PROOF)] if row.get(name)]
        console.print(Text("  ".join(told), "bold"), soft_wrap=True)
        console.print(Text(f"  {one.fact.quote}"), soft_wrap=True)
        place = "  ".join(filter(None, (row["来源文件"], row["章节"], row["现行状态"], row["更正"])))
        console.print(Text(f"  {place}", "dim"), soft_wrap=True)
    if nothing:
        console.print(say("没有符合条件的内容"))


def _tell_unread(ledger: Ledger) -> None:
    """Name the documents without facts, with the reason or the way out."""
    for document, reason in ledger.failed:
        print(f"{document.source}：{tell(reason)}", file=sys.stderr)
    if count := ledger.waiting:
        told = say("{count} 个文件尚未提取，请运行 policy-assistant rebuild", count=count)
        print(told, file=sys.stderr)
