"""One record of an export from another system: a JSON object with the columns that offices use."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from ingest.issuing import date_in
from ingest.kinds import kind_named
from ingest.loaders import Given, LoadedText, html, text
from vectorstore.errors import UnreadableFileError
from vectorstore.segmentation import fold
from vectorstore.types import Period, Status

# In the order in which they are believed where a record has several of them.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "doc_id", "document_id", "key", "编号", "文档编号", "标识", "索引号", "序号"),
    "title": ("title", "headline", "标题", "题名", "题目", "文件标题", "文件名称", "政策名称", "名称"),
    "text": ("text", "content", "body", "正文", "全文", "内容", "文本", "正文内容", "文件内容", "html"),
    "issuer": (
        "issuer", "发文机关", "发文单位", "发布机构", "发布单位", "印发机关", "制定机关", "发布部门",
    ),
    "document_number": ("document_number", "number", "发文字号", "文号", "发文号", "文件编号"),
    "issued_on": (
        "issued_on", "issued", "date", "published", "publish_date", "成文日期", "发文日期", "印发日期",
        "发布日期", "发布时间", "公开日期", "日期",
    ),
    "region": ("region", "area", "地区", "地域", "区域", "行政区划", "适用地区"),
    "period": ("period", "规划期", "规划期间", "规划期限", "期间", "实施期限", "有效期"),
    "kind": ("kind", "type", "类型", "文种", "体裁", "公文种类", "文件类型", "文件种类"),
    "status": ("status", "validity", "状态", "效力", "效力状态", "有效性", "时效性"),
}  # fmt: skip
_STATUSES = {status.value: status for status in Status} | {
    "现行有效": Status.IN_FORCE,
    "有效": Status.IN_FORCE,
    "现行": Status.IN_FORCE,
    "征求意见稿": Status.DRAFT,
    "征求意见": Status.DRAFT,
    "草案": Status.DRAFT,
    "规划期已满": Status.EXPIRED,
    "到期": Status.EXPIRED,
    "已废止": Status.SUPERSEDED,
    "废止": Status.SUPERSEDED,
    "失效": Status.SUPERSEDED,
    "已失效": Status.SUPERSEDED,
    "被替代": Status.SUPERSEDED,
    "新闻": Status.NOT_POLICY,
    "文章": Status.NOT_POLICY,
}
_DATE = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})(?!\d)")
_YEARS = re.compile(r"((?:19|20)\d{2})\D{1,8}((?:19|20)\d{2})")


def recognises(data: bytes, name: str) -> bool:
    """Tell a JSON object that has a column of text."""
    del name
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or not text.recognises(data, ""):
        return False
    try:
        return bool(columns_of(json.loads(text.decode(data))).get("text"))
    except (ValueError, TypeError, RecursionError, UnreadableFileError):
        return False


def load(data: bytes, name: str) -> LoadedText:
    """Read a record; its columns go before what its text says.

    Raises:
        UnreadableFileError: it has no text.
    """
    columns = columns_of(json.loads(text.decode(data)))
    if not columns.get("text", "").strip():
        raise UnreadableFileError("这条记录没有正文")
    format_name = "csv" if name.partition("#")[0].lower().endswith((".csv", ".tsv")) else "jsonl"
    if html.is_piece(columns["text"]):
        return LoadedText(
            format=format_name, blocks=html.read_page(columns["text"]).blocks, given=_given(columns)
        )
    return LoadedText(format=format_name, text=columns["text"], given=_given(columns))


def columns_of(values: Mapping[str, object]) -> dict[str, str]:
    """Name a record's columns as this project does.

    Args:
        values: column name, in Chinese of either script or in English → value.

    Returns:
        id, title, text and what else is known → value as text; columns that say nothing are left out.
    """
    named: dict[str, tuple[int, str]] = {}
    for column, value in values.items():
        field, order = field_of(column)
        words = _words(value)
        if field and words and (field not in named or order < named[field][0]):
            named[field] = (order, words)
    return {field: words for field, (_, words) in named.items()}


@cache
def field_of(column: str) -> tuple[str, int]:
    """What a column is for, "" where nobody knows, and its place among the names of that purpose."""
    plain = re.sub(r"[\s：:*]+", "", fold(column)) if len(column) <= 20 else ""
    for field, names in _COLUMNS.items():
        if plain in names:
            return field, names.index(plain)
    return "", 0


def _words(value: object) -> str:
    if value is None or isinstance(value, bool | dict):
        return ""
    if isinstance(value, list):
        return "\n".join(filter(None, map(_words, value)))
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _given(columns: Mapping[str, str]) -> Given:
    return Given(
        title=" ".join(columns.get("title", "").split()),
        issuer=columns.get("issuer", ""),
        document_number=columns.get("document_number", ""),
        issued_on=_date(columns.get("issued_on", "")),
        region=columns.get("region", ""),
        period=_period(columns.get("period", "")),
        kind=kind_named(columns.get("kind", "")),
        status=_STATUSES.get(fold(columns.get("status", ""))),
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
