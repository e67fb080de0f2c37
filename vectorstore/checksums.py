"""What tells that a row of the catalogue is as it was written.

A database does not notice a bit that its disk turned round: each row of a document carries a hash of what
it says. Where a file came from may change, and does not count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, RowMapping, Table

_CHECKED = {
    "documents": (
        *("id", "content_hash", "title", "region", "issuer", "document_number", "issued_on"),
        *("period_start", "period_end", "validity", "kind", "status", "repeals", "script", "format"),
    ),
    "texts": ("document_id", "text"),
    "passages": (
        *("id", "document_id", "ordinal", "section", "kind", "text"),
        *("page", "start", "end", "caption", "is_last"),
    ),
    "document_tables": (
        *("document_id", "ordinal", "caption", "header", "rows"),
        *("section", "page", "start", "end"),
    ),
    "facts": (
        *("document_id", "ordinal", "kind", "region", "name", "rank", "year", "until", "variety", "partners"),
        *("claim", "amount", "statement", "original", "rejected", "revision"),
        *("passage", "quote", "start", "end"),
    ),
}

_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def checksum(table: Table, values: Mapping[str, Any] | RowMapping) -> str:
    """Return the hash of what a row says.

    Args:
        table: one of those that hold documents.
        values: column → value.
    """
    said = _ENCODER.encode([values[name] for name in _CHECKED[table.name]])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def sealed(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with its checksum."""
    return {**values, "checksum": checksum(table, values)}


def is_whole(table: Table, row: Row[Any]) -> bool:
    """Say whether a row, read with all its columns, is as it was written."""
    return bool(row.checksum == checksum(table, row._mapping))
