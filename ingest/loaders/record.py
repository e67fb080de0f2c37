"""One record of an export from another system: a JSON object with the columns that offices use."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

from ingest.dates import date_in
from ingest.fields import days_in, field_of, named_fields, status_named
from ingest.kinds import kind_named
from ingest.loaders import Given, LoadedText, decoding, html
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.types import Period

# Where a record of an export carries the names of its unknown columns.
LEFT_OUT = "left_out"
_DATE = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})(?!\d)")
_YEARS = re.compile(r"((?:19|20)\d{2})\D{1,8}((?:19|20)\d{2})")


def recognises(data: bytes, name: str) -> bool:
    """Tell a JSON object that has a column of text."""
    del name
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or not decoding.recognises(data, ""):
        return False
    try:
        return bool(columns_of(json.loads(decoding.decode(data))).get("text"))
    except (ValueError, TypeError, RecursionError, UnreadableFileError):
        return False


def load(data: bytes, name: str) -> LoadedText:
    """Read a record; its columns go before what its text says.

    Raises:
        UnreadableFileError: it has no text.
    """
    values = json.loads(decoding.decode(data))
    columns = columns_of(values)
    unread = tuple(values[LEFT_OUT]) if LEFT_OUT in values else tuple(unknown_columns(values))
    if not columns.get("text", "").strip():
        raise UnreadableFileError("这条记录没有正文")
    format_name = "csv" if name.partition("#")[0].lower().endswith((".csv", ".tsv")) else "jsonl"
    if html.is_piece(columns["text"]):
        page = html.read_page(columns["text"])
        unread = (*unread, *page.unread)
        return LoadedText(format_name, blocks=page.blocks, given=given_of(columns), unread=unread)
    return LoadedText(format_name, columns["text"], given=given_of(columns), unread=unread)


def columns_of(values: Mapping[str, object]) -> dict[str, str]:
    """Name a record's columns as this project does.

    Args:
        values: column name, in Chinese of either script or in English → value.

    Returns:
        id, title, text and what else is known → value as text; columns that say nothing are left out.
    """
    return named_fields((_whole(column), _words(value)) for column, value in values.items())


def unknown_columns(values: Mapping[str, object]) -> list[str]:
    """Name the columns of a record that hold something and that nobody knows here, one line a column.

    Without their values: counters among them change every day, and the record would be read anew.
    """
    filled = (_whole(column) for column, value in values.items() if _words(value))
    unknown = (column for column in filled if not field_of(column)[0])
    return [own_words(f"未收录的列：{column}") for column in unknown if column != LEFT_OUT]


def _words(value: object) -> str:
    if value is None or isinstance(value, bool | dict):
        return ""
    if isinstance(value, list):
        return "\n".join(filter(None, map(_words, value)))
    return _whole(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _whole(words: str) -> str:
    """Put a sign for half of a surrogate pair, which JSON can spell and nothing can print or store."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def given_of(columns: Mapping[str, str]) -> Given:
    """Return what named values say of a document.

    Args:
        columns: named as this project does, see `ingest.fields`.
    """
    return Given(
        title=" ".join(columns.get("title", "").split()),
        issuer=columns.get("issuer", ""),
        document_number=columns.get("document_number", ""),
        issued_on=_date(columns.get("issued_on", "")),
        region=columns.get("region", ""),
        period=_period(columns.get("period", "") or columns.get("valid_for", "")),
        kind=kind_named(columns.get("kind", "")),
        status=status_named(columns.get("status", "")),
        days=days_in(columns),
    )


def _date(words: str) -> date | None:
    found = _DATE.match(words)
    try:
        return date(*map(int, found.groups())) if found else date_in(words)
    except ValueError:
        return None


def _period(words: str) -> Period:
    found = _YEARS.search(words)
    return Period(int(found.group(1)), int(found.group(2))) if found else Period()
