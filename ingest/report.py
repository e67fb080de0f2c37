"""What ingestion says of itself: what became of every file, and what was understood of it."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.outline import Outline
from vectorstore.languages.catalogue import say, tell
from vectorstore.types import DocumentKind, ParsedDocument, Status


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file.

    Attributes:
        source: its name in the library.
        outcome: "added", "updated", "unchanged", "duplicate", "removed" or "failed"; of one put into the
            queue "queued".
        passages: how many passages it has now.
        reason: why it failed, or why its facts could not be read, or "".
        title, kind, status: what it is, where it was read.
    """

    source: str
    outcome: str
    passages: int = 0
    reason: str = ""
    title: str = ""
    kind: DocumentKind = DocumentKind.UNKNOWN
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every file, in the order they were read."""

    files: tuple[FileResult, ...]

    def count(self, outcome: str) -> int:
        """How many files had this outcome."""
        return sum(result.outcome == outcome for result in self.files)

    @property
    def failed(self) -> tuple[FileResult, ...]:
        """The files that could not be ingested."""
        return tuple(result for result in self.files if result.outcome == "failed")


@dataclass(frozen=True, slots=True)
class Understanding:
    """A parsed document with what a person needs to check it.

    Attributes:
        parsed: the document with its passages.
        outline: the units it was cut from.
        unread: what could not be read of the source, and why.
        debris: the lines of the source that were taken for debris, in order.
    """

    parsed: ParsedDocument
    outline: Outline
    unread: tuple[str, ...] = ()
    debris: tuple[str, ...] = ()

    @property
    def dropped(self) -> tuple[str, ...]:
        """All that is not in the text."""
        return (*self.unread, *self.debris)


def review_of(understanding: Understanding) -> str:
    """Write down what was understood of a document: description, section tree, tables, dropped lines."""
    document = understanding.parsed.document
    period = document.period
    facts = {
        say("标题"): document.title,
        say("地区"): document.region,
        say("发文机关"): document.issuer,
        say("发文字号"): document.document_number,
        say("日期"): document.issued_on.isoformat() if document.issued_on else "",
        say("期间"): f"{period.start or ''}—{period.end or ''}" if period.start or period.end else "",
        say("有效期"): tell(validity.basis) if (validity := document.validity) else "",
        say("类型"): tell(document.kind.label),
        say("状态"): tell(document.status.label),
        say("废止的文件"): "；".join(document.repeals),
        say("格式"): document.format,
        say("段落数"): str(len(understanding.parsed.passages)),
    }
    lines = [f"# {document.source}", ""]
    unsaid = say("（文件未说明）")
    lines += ["- " + say("{part}：{told}", part=name, told=value or unsaid) for name, value in facts.items()]
    lines += ["", f"## {say('章节')}", *_tree(understanding.outline)]
    lines += ["", f"## {say('表格')}", *(_tables(understanding.parsed) or [say("（无）")])]
    dropped = [f"- {line}" for line in (*map(tell, understanding.unread), *understanding.debris)]
    lines += ["", f"## {say('未收录的行')}", *(dropped or [say("（无）")])]
    return "\n".join([*lines, "", ""])


def _tree(outline: Outline) -> list[str]:
    lines: list[str] = []
    previous: tuple[str, ...] = ()
    for unit in outline.units:
        for depth, title in enumerate(unit.path):
            if unit.path[: depth + 1] != previous[: depth + 1]:
                lines.append(f"{'  ' * depth}- {title}")
        previous = unit.path
    return lines or [say("（无）")]


def _tables(parsed: ParsedDocument) -> list[str]:
    """Each table whole, and below it how its rows read."""
    lines = []
    for table in parsed.tables:
        lines += ["", f"### {table.caption or say('未命名的表')}", ""]
        # Not every table names its columns; a table of Markdown has to.
        head, *more = table.header or (("",) * len(table.rows[0].cells),)
        lines += [_cells(head), "|" + " --- |" * len(head)]
        lines += [_cells(cells) for cells in (*more, *(row.cells for row in table.rows))]
        lines += ["", *(f"- {passage.text}" for passage in parsed.passages if table.holds(passage))]
    return lines


def _cells(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
