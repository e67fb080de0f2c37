"""What ingestion says of itself: what became of every file, and what was understood of it."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.outline import Outline
from vectorstore.types import DocumentKind, ParsedDocument, Status


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file.

    Attributes:
        source: its name in the library.
        outcome: "added", "updated", "unchanged", "duplicate", "removed" or "failed".
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
        dropped: the lines of the source that were taken for debris, in order.
    """

    parsed: ParsedDocument
    outline: Outline
    dropped: tuple[str, ...] = ()


def review_of(understanding: Understanding) -> str:
    """Write down what was understood of a document: description, section tree, tables, dropped lines."""
    document = understanding.parsed.document
    period = document.period
    facts = {
        "标题": document.title,
        "地区": document.region,
        "发文机关": document.issuer,
        "发文字号": document.document_number,
        "日期": document.issued_on.isoformat() if document.issued_on else "",
        "期间": f"{period.start or ''}—{period.end or ''}" if period.start or period.end else "",
        "有效期": validity.basis if (validity := document.validity) else "",
        "类型": document.kind.label,
        "状态": document.status.label,
        "废止的文件": "；".join(document.repeals),
        "格式": document.format,
        "段落数": str(len(understanding.parsed.passages)),
    }
    lines = [f"# {document.source}", ""]
    lines += [f"- {name}：{value or '（文件未说明）'}" for name, value in facts.items()]
    lines += ["", "## 章节", *_tree(understanding.outline)]
    lines += ["", "## 表格", *(_tables(understanding.parsed) or ["（无）"])]
    lines += ["", "## 未收录的行", *([f"- {line}" for line in understanding.dropped] or ["（无）"])]
    return "\n".join([*lines, "", ""])


def _tree(outline: Outline) -> list[str]:
    lines: list[str] = []
    previous: tuple[str, ...] = ()
    for unit in outline.units:
        for depth, title in enumerate(unit.path):
            if unit.path[: depth + 1] != previous[: depth + 1]:
                lines.append(f"{'  ' * depth}- {title}")
        previous = unit.path
    return lines or ["（无）"]


def _tables(parsed: ParsedDocument) -> list[str]:
    """Each table whole, and below it how its rows read."""
    lines = []
    for table in parsed.tables:
        lines += ["", f"### {table.caption or '未命名的表'}", ""]
        # Not every table names its columns; a table of Markdown has to.
        head, *more = table.header or (("",) * len(table.rows[0].cells),)
        lines += [_cells(head), "|" + " --- |" * len(head)]
        lines += [_cells(cells) for cells in (*more, *(row.cells for row in table.rows))]
        lines += ["", *(f"- {passage.text}" for passage in parsed.passages if table.holds(passage))]
    return lines


def _cells(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
