"""What staff corrected by hand in the description of a document.

Corrections belong to the file's name and not to its content, so they outlive its next version. They are laid
over the stored documents when these are read: taking one back brings what the document says of itself back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from vectorstore.errors import LibraryError
from vectorstore.languages.language import own_words
from vectorstore.types import DocumentKind, Period, PolicyDocument, Status
from vectorstore.validity import Validity, entered_day

FACT = "corrections"
FIELDS = own_words(
    {
        "title": "标题",
        "region": "地区",
        "issuer": "发文机关",
        "document_number": "发文字号",
        "issued_on": "日期",
        "period": "期间",
        "validity": "有效期",
        "kind": "类型",
        "status": "状态",
    }
)
"""What each field that can be corrected is called."""
_STATUSES = {status.value: status for status in Status} | {status.label: status for status in Status}
_KINDS = {kind.value: kind for kind in DocumentKind} | {kind.label: kind for kind in DocumentKind}


def field_named(name: str) -> str:
    """Return the field that an English or Chinese name means.

    Raises:
        LibraryError: no such field, or one that cannot be corrected.
    """
    for field, chinese in FIELDS.items():
        if name in (field, chinese):
            return field
    choices = "、".join(f"{field}（{chinese}）" for field, chinese in FIELDS.items())
    raise LibraryError(f"没有可更正的字段 {name}；可更正：{choices}")


def corrections_in(facts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Read the corrections out of what the library knows about itself: source → field → value."""
    known: dict[str, dict[str, str]] = json.loads(facts.get(FACT, "{}"))
    return known


def corrected(facts: Mapping[str, str], source: str, changes: Mapping[str, str | None]) -> str:
    """Return what the library has to note to correct fields of a file's document.

    Args:
        facts: what the library knows about itself.
        source: name of the file.
        changes: field → its value; None takes a correction back.

    Raises:
        LibraryError: a field cannot have the value; names the field and what it takes.
    """
    known = corrections_in(facts)
    fields = {**known.get(source, {}), **changes}
    known[source] = {field: value for field, value in fields.items() if value is not None}
    _with(_BLANK, known[source])
    return json.dumps({name: those for name, those in known.items() if those}, ensure_ascii=False)


def refused(changes: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that cannot have their new values, each with the line that says why.

    Args:
        changes: field → its value.
    """
    lines: dict[str, str] = {}
    for field, value in changes.items():
        try:
            _corrected(_BLANK, field, value)
        except LibraryError as error:
            lines[field] = str(error)
    return lines


def apply(documents: Iterable[PolicyDocument], facts: Mapping[str, str]) -> list[PolicyDocument]:
    """Lay the corrections over documents.

    Args:
        documents: as they were stored.
        facts: what the library knows about itself.
    """
    known = corrections_in(facts)
    return [_with(document, known.get(document.source, {})) for document in documents]


def _with(document: PolicyDocument, fields: Mapping[str, str]) -> PolicyDocument:
    for field, value in fields.items():
        document = _corrected(document, field, value)
    return document


def _corrected(document: PolicyDocument, field: str, value: str) -> PolicyDocument:
    if field == "validity":
        return replace(document, validity=_validity(document.validity, value))
    return replace(document, **{field: _READERS[field](value)})


def _validity(stated: Validity | None, value: str) -> Validity | None:
    """The validity that a person states: its last day, or none; the first day stays the document's own."""
    first = stated.first_day if stated else None
    if value in ("", _NO_END):
        return Validity(first_day=first, basis=_BY_HAND) if first else None
    written = _DAY.fullmatch(value)
    try:
        last = date(*map(int, written.groups())) if written else None
    except ValueError:
        last = None
    if last is None:
        raise LibraryError(f"有效期不能是 {value}；请写成 2026-12-31，没有有效期时写“{_NO_END}”")
    return Validity(first if first and first <= last else None, last, limited=True, basis=_BY_HAND)


def _title(value: str) -> str:
    if not value:
        raise LibraryError("标题不能为空")
    return " ".join(value.split())


def _kind(value: str) -> DocumentKind:
    if value not in _KINDS:
        choices = "、".join(f"{kind.value}（{kind.label}）" for kind in DocumentKind if kind)
        raise LibraryError(f"类型不能是 {value}；可用：{choices}")
    return _KINDS[value]


def _status(value: str) -> Status:
    if value not in _STATUSES:
        choices = "、".join(f"{status.value}（{status.label}）" for status in Status)
        raise LibraryError(f"状态不能是 {value}；可用：{choices}")
    return _STATUSES[value]


def _date(value: str) -> date | None:
    return entered_day(value) if value else None


def _period(value: str) -> Period:
    found = re.fullmatch(r"(\d{4})?\s*[-—–~]\s*(\d{4})?", value)
    if not value:
        return Period()
    if not found:
        raise LibraryError(f"期间不能是 {value}；请写成 2026-2030，只有一端时写成 2026- 或 -2030")
    start, end = (int(year) if year else None for year in found.groups())
    if start and end and start > end:
        raise LibraryError(f"期间不能是 {value}；起始年份晚于终止年份")
    return Period(start, end)


_READERS: dict[str, Callable[[str], Any]] = {
    "title": _title,
    "region": str,
    "issuer": str,
    "document_number": str,
    "issued_on": _date,
    "period": _period,
    "kind": _kind,
    "status": _status,
}
_NO_END = "无"
_BY_HAND = "由工作人员更正"
_DAY = re.compile(r"至?(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?")
_BLANK = PolicyDocument(id="", source="", content_hash="", title="")
