"""The command that measures: evaluate."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table as RichTable
from rich.text import Text

from assistant.assistant import Assistant
from assistant.evaluation.calibration import calibrate
from assistant.evaluation.comparison import Comparison, compare, record_of_comparison
from assistant.evaluation.examination import Progress as Told
from assistant.evaluation.examination import examine
from assistant.evaluation.figures import Evaluation
from assistant.evaluation.questions import GoldenQuestion, read_questions
from assistant.evaluation.record import read_run, record_of
from assistant.evaluation.report import write_report
from assistant.evaluation.tables import Table, changes_table, figures_table, groups_table
from assistant.settings import assistant_settings
from vectorstore.errors import LibraryEmptyError, PolicyError
from vectorstore.languages.catalogue import say
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import weigh_vectors
from vectorstore.settings import library_settings

_EXAMPLES = own_words(
    """示例：
  policy-assistant evaluate 问题.jsonl                                 查看各项指标
  policy-assistant evaluate 问题.jsonl --report 报告                    另写报告和可供比较的 figures.json
  policy-assistant evaluate 问题.jsonl --compare 报告/figures.json      与上次比较
  policy-assistant evaluate --calibrate 问题.jsonl                      核定向量检索的权重"""
)


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `evaluate` to the console script."""
    parser = subparsers.add_parser(
        "evaluate",
        description="用已知答案的问题评测查找与回答。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="FILE.jsonl", help="问题文件，每行一个JSON对象")
    parser.add_argument("--json", action="store_true", help="以JSON输出指标和逐题结果")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="把Markdown和HTML报告写入该文件夹")
    parser.add_argument(
        "--compare",
        type=Path,
        metavar="FIGURES.json",
        help="与上次的结果比较（--json 的输出或报告中的 figures.json）",
    )
    parser.add_argument("--mode", choices=("extractive", "model"), help="回答方式：摘录原文，或由模型撰写")
    parser.add_argument(
        "--calibrate",
        action="store_true",
        help="改为核定向量检索在本资料库中的权重（0为只用关键词，1为由问题决定其份额），并记入资料库",
    )
    parser.set_defaults(run=run_evaluate)


def run_evaluate(options: argparse.Namespace) -> int:
    """Ask all questions of the file and show what came of it; 0 whatever the figures are."""
    questions = read_questions(options.file)
    if options.calibrate:
        return _calibrate(questions, json_wanted=options.json)
    former = read_run(options.compare) if options.compare else None
    with PolicyLibrary.open(library_settings()) as library:
        if not library.documents():
            raise LibraryEmptyError("资料库为空，请先导入文件：policy-assistant ingest 文件夹")
        assistant = Assistant(library, assistant_settings())
        with _progress() as told:
            evaluation = examine(assistant, library, questions, options.mode, told)
    comparison = compare(evaluation, former) if former else None
    if options.report:
        write_report(options.report, evaluation, comparison)
        Console(stderr=True).print(Text(say("报告已写入 {folder}", folder=options.report)))
    if options.json:
        compared = {"compared": record_of_comparison(comparison)} if comparison else {}
        print(json.dumps({**record_of(evaluation), **compared}, ensure_ascii=False))
    else:
        _print(evaluation, comparison)
    return 0


def _calibrate(questions: Sequence[GoldenQuestion], *, json_wanted: bool) -> int:
    settings = library_settings()
    with PolicyLibrary.open(settings) as library:
        if not library.documents():
            raise LibraryEmptyError("资料库为空，请先导入文件：policy-assistant ingest 文件夹")
        with _progress() as told:
            found = calibrate(library, questions, told)
    if not found.questions:
        raise PolicyError("问题文件中没有注明依据（evidence 或 gold）的问题，无法确定权重")
    weigh_vectors(settings, found.best)
    if json_wanted:
        record = {"weight": found.best, "questions": found.questions, "figures": found.figures}
        print(json.dumps(record, ensure_ascii=False))
        return 0
    console = Console(highlight=False)
    for weight, figure in found.figures.items():
        console.print(
            ("→ " if weight == found.best else "  ")
            + say(
                "权重 {weight}：依据的平均倒数排名 {figure}", weight=f"{weight:.2f}", figure=f"{figure:.4f}"
            )
        )
    line = say(
        "已按 {count} 题把向量检索的权重定为 {weight}，并记入资料库。",
        count=found.questions,
        weight=f"{found.best:.2f}",
    )
    console.print(line)
    return 0


@contextmanager
def _progress() -> Iterator[Told | None]:
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn(say("评测")), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")
        yield lambda done, of: progress.update(task, completed=done, total=of)


def _print(evaluation: Evaluation, comparison: Comparison | None) -> None:
    console = Console(highlight=False)
    console.print(_rich(figures_table(evaluation, comparison)))
    console.print(_rich(groups_table(evaluation)))
    if comparison:
        changed = changes_table(comparison)
        if changed.rows:
            console.print(_rich(changed))
        if comparison.added or comparison.gone:
            told = say(
                "两次的问题不尽相同：新增 {added} 题，减少 {gone} 题。",
                added=comparison.added,
                gone=comparison.gone,
            )
            console.print(told)
    if evaluation.failed:
        console.print(say("{count} 题未通过；加 --report 文件夹 可逐题查看。", count=len(evaluation.failed)))


def _rich(table: Table) -> RichTable:
    shown = RichTable(title=table.title)
    for column in table.columns:
        shown.add_column(column, overflow="fold")
    for row in table.rows:
        shown.add_row(*(Text(cell) for cell in row))
    return shown
