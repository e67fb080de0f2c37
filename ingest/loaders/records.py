"""Exports of other systems, one record a document: CSV with a header row, or one JSON object a line."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping

from ingest.fields import field_of
from ingest.loaders import Member, decoding
from ingest.loaders.record import LEFT_OUT, columns_of, unknown_columns
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words

_CSV_NAMES = (".csv", ".tsv")
_JSON_NAMES = (".jsonl", ".ndjson")
_SAMPLE_BYTES = 200_000
_ID_MAX = 200
_UNFIT = re.compile(r"[\x00-\x1f\x7f#]+|\s+")


def recognises(data: bytes, name: str) -> bool:
    """Tell JSON objects line by line, or a header row that names a column of text."""
    if not decoding.recognises(data, ""):
        return False
    head = _head(data)
    if head.startswith("{"):
        return name.lower().endswith(_JSON_NAMES) or _are_objects(head)
    return bool(_delimiter(head.partition("\n")[0], named=name.lower().endswith(_CSV_NAMES)))


def members(data: bytes, name: str) -> Iterator[Member]:
    """Take an export apart.

    Args:
        data: the whole file.
        name: its name.

    Yields:
        One member a record, called by its id, or by its number where it has none. A line that cannot be read
        carries the reason.

    Raises:
        UnreadableFileError: no encoding makes sense of the bytes.
    """
    del name
    words = decoding.decode(data)
    used: dict[str, int] = {}
    rows = _json_rows(words) if words.lstrip().startswith("{") else _csv_rows(words)
    for number, (row, refused) in enumerate(rows, 1):
        columns: dict[str, object] = dict(columns_of(row))
        if left_out := unknown_columns(row):
            columns[LEFT_OUT] = left_out
        called = _unique(_UNFIT.sub(" ", str(columns.pop("id", ""))).strip()[:_ID_MAX] or str(number), used)
        yield Member(called, json.dumps(columns, ensure_ascii=False, sort_keys=True).encode(), refused)


def _json_rows(words: str) -> Iterator[tuple[Mapping[str, object], str]]:
    for number, line in enumerate(words.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield {}, own_words(f"第 {number} 行不是完整的 JSON")
            continue
        if not isinstance(row, dict):
            yield {}, own_words(f"第 {number} 行不是 JSON 对象")
        else:
            yield (
                row,
                ""
                if columns_of(row).get("text")
                else own_words(f"第 {number} 行没有正文（text、content 或 正文）"),
            )


def _csv_rows(words: str) -> Iterator[tuple[Mapping[str, object], str]]:
    # A text is often longer than the 128 KB that the module allows a field.
    csv.field_size_limit(sys.maxsize)
    words = words.lstrip("\n")
    delimiter = _delimiter(words.partition("\n")[0], named=True)
    rows = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    try:
        header = next(rows)
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            row = dict(zip(header, cells, strict=False))
            missing = not columns_of(row).get("text")
            yield row, f"第 {rows.line_num} 行没有正文" if missing else ""
    except csv.Error as error:
        raise UnreadableFileError(f"第 {rows.line_num} 行不合 CSV 的格式，请重新导出") from error


def _head(data: bytes) -> str:
    """The first lines: enough to tell the format, and whole lines, so that no character is cut in two."""
    sample = data[:_SAMPLE_BYTES]
    try:
        if len(data) > _SAMPLE_BYTES:
            sample = sample[: sample.rfind(b"\n") + 1]
        return decoding.decode(sample).lstrip()
    except UnreadableFileError:
        return ""


def _are_objects(head: str) -> bool:
    """Whether the first line is an object with a text, and another one follows."""
    first, _, rest = head.partition("\n")
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and "text" in columns_of(row) and rest.lstrip().startswith("{")


def _delimiter(line: str, *, named: bool) -> str:
    """What parts the columns of a header row; "" where the line names no column of text.

    A file that is not called CSV must name its columns without exception.
    """
    for delimiter in ",\t;":
        cells = next(csv.reader([line], delimiter=delimiter), [])
        fields = [field_of(cell)[0] for cell in cells]
        if "text" in fields and (named or (len(fields) > 1 and all(fields))):
            return delimiter
    return ""


def _unique(called: str, used: dict[str, int]) -> str:
    used[called] = used.get(called, 0) + 1
    return called if used[called] == 1 else f"{called}（{used[called]}）"
