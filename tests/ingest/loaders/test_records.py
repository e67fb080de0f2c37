"""Exports of other systems: every record a document of its own."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from ingest.files import Found
from ingest.loaders import load, members
from ingest.messages import Task, Wanted
from ingest.pipeline import parse
from ingest.worker import read_file
from vectorstore.types import DocumentKind, Period, Status

TEXT = "为促进云岭市低空经济发展，对新开通的航线每条补贴30万元。"


def _lines(*rows: object) -> bytes:
    return "\n".join(
        row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows
    ).encode()


def _table(*rows: list[str], encoding: str = "utf-8") -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode(encoding)


def _read(folder: Path, name: str, data: bytes) -> list[tuple[str, str, str]]:
    path = folder / name
    path.write_bytes(data)
    return [(read.source, read.outcome, read.reason) for read in read_file(Task(Found(path, name)), Wanted())]


def test_each_line_is_a_document_called_by_its_id(tmp_path: Path) -> None:
    data = _lines({"id": "a-1", "text": TEXT}, "", {"id": 7, "text": TEXT + "此项补贴按年发放。"})
    assert _read(tmp_path, "导出.jsonl", data) == [
        ("导出.jsonl#a-1", "read", ""),
        ("导出.jsonl#7", "read", ""),
    ]


def test_records_without_an_id_go_by_their_number_and_a_repeated_id_is_told_apart() -> None:
    found = members(_lines({"text": "甲"}, {"id": "x", "text": "乙"}, {"id": "x", "text": "丙"}), "a.jsonl")
    assert found is not None
    assert [member.name for member in found] == ["1", "x", "x（2）"]


def test_half_a_character_becomes_a_sign_and_loses_nothing_else(tmp_path: Path) -> None:
    row = r'{"text": "甲\ud800乙。' + TEXT + r'", "标题": "规\udc00划", "列\ud801": "值"}'
    assert _read(tmp_path, "a.jsonl", _lines(row)) == [("a.jsonl#1", "read", "")]
    [member] = list(members(_lines(row), "a.jsonl") or ())
    loaded = load(member.data, "a.jsonl#1")
    assert (loaded.text, loaded.given.title) == ("甲\ufffd乙。" + TEXT, "规\ufffd划")
    assert loaded.unread == ("未收录的列：列\ufffd",)


def test_a_broken_line_ends_that_record_alone(tmp_path: Path) -> None:
    reads = _read(tmp_path, "a.jsonl", _lines({"text": TEXT}, '{"text": "没有写完', "[1]", {"title": "空"}))
    assert [(source, outcome) for source, outcome, _ in reads] == [
        ("a.jsonl#1", "read"),
        ("a.jsonl#2", "failed"),
        ("a.jsonl#3", "failed"),
        ("a.jsonl#4", "failed"),
    ]
    assert [reason for *_, reason in reads[1:]] == [
        "第 2 行不是完整的 JSON",
        "第 3 行不是 JSON 对象",
        "第 4 行没有正文（text、content 或 正文）",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_columns_describe_the_document(encoding: str) -> None:
    data = _table(
        ["编号", "标题", "正文", "发文机关", "发文字号", "发布日期", "地区", "规划期", "文种", "效力状态"],
        ["7", "云岭市低空经济发展办法", TEXT, "云岭市人民政府", "云政发〔2024〕5号", "2024/3/5", "云岭市",
         "2024-2026年", "通知", "征求意见稿"],
        encoding=encoding,
    )  # fmt: skip
    found = list(members(data, "导出.csv") or ())
    assert [member.name for member in found] == ["7"]
    document = parse(found[0].data, "导出.csv#7").document
    assert (document.title, document.issuer) == ("云岭市低空经济发展办法", "云岭市人民政府")
    assert (document.document_number, document.issued_on) == ("云政发〔2024〕5号", date(2024, 3, 5))
    assert (document.region, document.period) == ("云岭市", Period(2024, 2026))
    assert (document.kind, document.status) == (DocumentKind.NOTICE, Status.DRAFT)
    assert document.format == "csv"


@pytest.mark.parametrize("day", ["2026-03-01T08:00:00", "20260301", "2026.3.1", "二〇二六年三月一日"])
def test_a_day_may_be_written_in_any_way(day: str) -> None:
    assert load(_lines({"标题": "云岭市办法", "正文": TEXT, "成文日期": day}), "a").given.issued_on == date(
        2026, 3, 1
    )


def test_columns_in_traditional_script_and_english_are_known_too() -> None:
    loaded = load(_lines({"標題": "雲嶺市辦法", "content": TEXT, "publish_date": "2023-13-40"}), "a")
    assert (loaded.given.title, loaded.text, loaded.given.issued_on) == ("雲嶺市辦法", TEXT, None)


def test_a_long_text_with_line_breaks_is_one_cell() -> None:
    text = "第一段。\n第二段。\n" + "云岭市" * 100_000
    found = list(members(_table(["标题", "正文"], ["甲", text]), "a.csv") or ())
    assert [load(member.data, "a.csv#1").text for member in found] == [text]


def test_the_bytes_tell_and_not_the_name() -> None:
    rows = _lines({"text": "甲"}, {"text": "乙"})
    assert len(list(members(rows, "导出.txt") or ())) == 2
    assert len(list(members(_table(["title", "text"], ["甲", "乙"]), "导出.txt") or ())) == 1
    assert members("内容，正文如下。\n第一条 略。".encode(), "通知.txt") is None
    assert members(_table(["指标", "2025年"], ["常住人口", "30"]), "指标.csv") is None


def test_a_record_is_unchanged_when_only_its_id_or_an_unknown_column_changes() -> None:
    one = list(members(_lines({"id": 1, "text": TEXT, "点击量": 3}), "a.jsonl") or ())
    other = list(members(_lines({"id": 2, "text": TEXT, "点击量": 4}), "a.jsonl") or ())
    assert one[0].data == other[0].data


def test_a_record_without_title_is_called_by_its_first_line_or_its_id() -> None:
    titled, untitled = (
        {"id": "甲", "text": f"云岭市管理办法\n{TEXT}"},
        {"id": "乙", "text": "一句话也没有标题。"},
    )
    found = list(members(_lines(titled, untitled), "导出.jsonl") or ())
    titles = [parse(member.data, f"导出.jsonl#{member.name}").document.title for member in found]
    assert titles == ["云岭市管理办法", "导出 乙"]
