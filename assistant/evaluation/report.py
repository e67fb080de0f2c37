"""The report of a run, in Markdown and in HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from assistant.evaluation.chart import bar_chart
from assistant.evaluation.comparison import Comparison
from assistant.evaluation.figures import Evaluation
from assistant.evaluation.record import record_of
from assistant.evaluation.tables import (
    Table,
    bars,
    changes_table,
    failures_table,
    figures_table,
    groups_table,
    kinds_table,
)
from vectorstore.errors import PolicyError
from vectorstore.failures import refusal
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words
from vectorstore.languages.settings import terminal_language

_TITLE = own_words("问答评测报告")
_CHART = "chart.svg"
_MARKDOWN_SIGN = re.compile(r"([\\`*_\[\]|~#$])")
# Nothing may be fetched and nothing may run, whatever a document says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    "body{font:15px/1.6 sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;color:#1f2933}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{border:1px solid #e4e7eb;padding:.35rem .6rem;text-align:left;vertical-align:top}"
    "th{background:#f5f7fa;white-space:nowrap}td{overflow-wrap:anywhere}svg{max-width:100%;height:auto}"
)


def write_report(folder: Path, evaluation: Evaluation, comparison: Comparison | None = None) -> None:
    """Write report.md, report.html, the chart and the figures that a later run can be compared with.

    Args:
        folder: where to; it is made where it is missing.
        evaluation: the run.
        comparison: what changed since an earlier one.

    Raises:
        PolicyError: the folder cannot be written; the message names it.
    """
    record = json.dumps(record_of(evaluation), ensure_ascii=False, indent=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _CHART).write_text(_chart(evaluation, comparison), encoding="utf-8")
        (folder / "report.md").write_text(markdown_report(evaluation, comparison), encoding="utf-8")
        (folder / "report.html").write_text(html_report(evaluation, comparison), encoding="utf-8")
        (folder / "figures.json").write_text(record + "\n", encoding="utf-8")
    except OSError as error:
        raise PolicyError(f"无法写入报告文件夹 {folder}：{refusal(error)}；请用 --report 另选一个") from None


def markdown_report(evaluation: Evaluation, comparison: Comparison | None = None) -> str:
    """Return the report as Markdown; what documents and answers say is escaped."""
    parts = [f"# {tell(_TITLE)}", f"![{say('各项指标')}]({_CHART})"]
    parts += [_markdown_table(table) for table in _tables(evaluation, comparison)]
    return "\n\n".join(parts) + "\n"


def html_report(evaluation: Evaluation, comparison: Comparison | None = None) -> str:
    """Return the report as one HTML page that fetches nothing; what documents and answers say is escaped."""
    title = tell(_TITLE)
    tables = "\n".join(_html_table(table) for table in _tables(evaluation, comparison))
    return (
        f'<!doctype html>\n<html lang="{terminal_language()}">\n<head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n<h1>{title}</h1>\n{_chart(evaluation, comparison)}\n{tables}\n</body>\n</html>\n"
    )


def _tables(evaluation: Evaluation, comparison: Comparison | None) -> list[Table]:
    changes = [changes_table(comparison)] if comparison else []
    return [
        figures_table(evaluation, comparison),
        groups_table(evaluation),
        kinds_table(evaluation),
        *changes,
        failures_table(evaluation),
    ]


def _chart(evaluation: Evaluation, comparison: Comparison | None) -> str:
    title = say("各项指标；细条为上次结果") if comparison else say("各项指标")
    return bar_chart(bars(evaluation, comparison), title)


def _markdown_table(table: Table) -> str:
    if not table.rows:
        return f"## {table.title}\n\n{say('无')}"
    lines = [_markdown_row(table.columns), _markdown_row(["---"] * len(table.columns))]
    lines += [_markdown_row([_plain(cell) for cell in row]) for row in table.rows]
    return f"## {table.title}\n\n" + "\n".join(lines)


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(cell: str) -> str:
    escaped = _MARKDOWN_SIGN.sub(r"\\\1", escape(cell, quote=False))
    return "<br>".join(escaped.splitlines())


def _html_table(table: Table) -> str:
    if not table.rows:
        return f"<h2>{escape(table.title)}</h2>\n<p>{say('无')}</p>"
    head = "".join(f"<th>{escape(column)}</th>" for column in table.columns)
    body = "\n".join(f"<tr>{''.join(f'<td>{_broken(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    return f"<h2>{escape(table.title)}</h2>\n<table>\n<tr>{head}</tr>\n{body}\n</table>"


def _broken(cell: str) -> str:
    return "<br>".join(escape(line) for line in cell.splitlines())
