"""A briefing as Markdown with footnotes (GitHub's)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.export import (
    CLOSING,
    HEADING,
    REMARKED,
    SOURCE_COLUMNS,
    SOURCES,
    Briefing,
    Finding,
    Line,
    Sheet,
)

_SIGN = re.compile(r"([\\`*_\[\]<>|~$&#!@^{}])")
# What makes a list (-, 1.), a heading (===) or a note's text ([^1]:) of a line that begins with it.
_OPENING = re.compile(r"^(\d*|(?:\[\^\d+\])+)([-+=.):])")
# What readers of Markdown make a link of, though nobody wrote it as one.
_ADDRESS = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=\bwww)\.")


def markdown_of(briefing: Briefing) -> str:
    """Return a briefing as Markdown; what documents, models and users wrote in it is text, never markup.

    Args:
        briefing: what is exported.
    """
    return "\n\n".join(_parts(briefing)) + "\n"


def _parts(briefing: Briefing) -> Iterator[str]:
    yield f"# {briefing.say(HEADING)}"
    if briefing.subtitle:
        yield f"**{plain_markdown(briefing.subtitle)}**"
    yield briefing.when
    for finding in briefing.findings:
        yield from _finding(finding, briefing.say(REMARKED))
    if briefing.sources:
        yield f"## {briefing.say(SOURCES)}"
        yield table_markdown(
            map(briefing.say, SOURCE_COLUMNS), (map(plain_markdown, cells) for cells in briefing.sources)
        )
    yield f"*{briefing.say(CLOSING)}*"
    if briefing.notes:
        yield "\n".join(
            f"[^{number}]: {plain_markdown(note)}" for number, note in enumerate(briefing.notes, 1)
        )


def _finding(finding: Finding, remarked: str) -> Iterator[str]:
    yield f"## {plain_markdown(finding.question)}"
    for remark in finding.remarks:
        yield f"> {remarked.format(remark=plain_markdown(remark))}"
    for part in finding.body:
        if isinstance(part, Sheet):
            yield table_markdown(map(_line, part.head), (map(_line, row) for row in part.rows))
        else:
            yield opened_line(_line(part))


def table_markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table of cells that are Markdown already."""
    titles = tuple(head)
    return "\n".join(_row(cells) for cells in (titles, ["---"] * len(titles), *rows))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(line: Line) -> str:
    return "".join(
        plain_markdown(piece) if isinstance(piece, str) else f"[^{piece.number}]" for piece in line
    )


def plain_markdown(text: str) -> str:
    """Return a line of text as Markdown that shows it as it is."""
    return _ADDRESS.sub(r"\\\g<0>", _SIGN.sub(r"\\\1", text))


def opened_line(line: str) -> str:
    """Return a line so that it is read as a paragraph, whatever it begins with."""
    return _OPENING.sub(r"\1\\\2", line)
