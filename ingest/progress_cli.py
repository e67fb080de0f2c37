"""How far ingesting has come: a bar for people at a terminal, lines for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from ingest.progress import Progress, Step
from vectorstore.languages.catalogue import say, tell

_NAME_MAX = 30


@contextmanager
def progress_bar(console: Console) -> Iterator[Progress | None]:
    """Draw a bar while files are read: files, passages, the time left, the page last read.

    Args:
        console: where to; nothing is drawn unless it is a terminal.

    Returns:
        What takes the steps, for the length of the block, or None.
    """
    if not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn(say("收录")),
        BarColumn(),
        TextColumn(tell("{task.fields[files]} 个文件 {task.fields[passages]} 段 剩余")),
        TimeRemainingColumn(),
        TextColumn("{task.fields[page]}", markup=False),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, files="0", passages=0, page="")
        passages = 0

        def advance(step: Step) -> None:
            nonlocal passages
            passages += step.result.passages if step.result else 0
            # A step more than there are bytes, for folders of empty files.
            bar.update(
                task,
                completed=step.bytes_done,
                total=max(1, step.bytes),
                files=f"{step.files_done}/{step.files}",
                passages=passages,
                page=_page(step),
            )

        yield advance


def write_step(step: Step) -> None:
    """Write a step as one line of JSON to standard output, for a program that follows."""
    result, page = step.result, step.page
    line = {
        "done": step.files_done,
        "total": step.files,
        "document": result.source if result else page.source if page else "",
        "outcome": result.outcome if result else "",
        "passages": result.passages if result else 0,
        "reason": result.reason if result else "",
        "page": page.number if page else None,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _page(step: Step) -> str:
    """Say which page was read; the next document takes it away."""
    page = step.page
    if page is None:
        return ""
    source = page.source[-_NAME_MAX:]
    return say("{source} 第 {number}/{of} 页", source=source, number=page.number, of=page.of)
