"""Whoever reads English is told nothing in Chinese by any command, but what documents say themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

import cli
from tests.copying import copied_library
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

Said = Callable[..., str]

_HAN = re.compile(r"[㐀-鿿]+")
_MEASURES = """云栖市扶持若干措施

云政发〔2026〕3号

第一条 对首次获得认定的企业，给予20万元一次性奖励。
第二条 根据《云栖市振兴规划》制定本措施。企业应当于每年6月30日前申报。
第三条 本措施自2026年3月1日起施行，有效期5年。

云栖市人民政府
2026年2月1日
"""
_DRAFT = """云栖市振兴规划（征求意见稿）

第一章 发展目标
到2030年，全市地区生产总值达到300亿元，年均增长6%。

| 指标名 | 2030年 |
| --- | --- |
| 城镇化率（%） | 71 |
"""
_STATEMENT = "云栖市对首次获得认定的企业，给予90万元一次性奖励。"
_QUESTIONS = (
    {
        "id": "1",
        "question": "首次获得认定的企业给予多少奖励？",
        "answerable": True,
        "must_include": ["20万元"],
    },
    {
        "id": "2",
        "question": "首次获得认定的企业给予多少奖励？",
        "answerable": True,
        "must_include": ["55万元"],
    },
    {"id": "3", "question": "首次获得认定的企业给予多少奖励？", "answerable": False, "must_include": []},
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of the documents, as `ingest` makes it for who reads English; for copying only."""
    folder = tmp_path_factory.mktemp("english")
    _write_documents(folder / "documents")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLICY_DATA_DIR", str(folder / "data"))
        patch.setenv("POLICY_LANGUAGE", "en")
        patch.chdir(folder)
        cli.main(["ingest", "documents"])
    return folder / "data"


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command for who reads English, in a folder with documents; returns all that it says."""
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("POLICY_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.chdir(tmp_path)
    _write_documents(tmp_path / "documents")
    draft = Document()
    draft.add_paragraph(_STATEMENT)
    draft.save(str(tmp_path / "draft.docx"))
    asked = Workbook()
    asked.worksheets[0].append(["Question"])
    asked.worksheets[0].append([_QUESTIONS[0]["question"]])
    asked.save(tmp_path / "asked.xlsx")
    lines = [json.dumps({"evidence": [{"text": "20万元"}], **one}, ensure_ascii=False) for one in _QUESTIONS]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def run(*words: str) -> str:
        cli.main(words)
        out, err = capsys.readouterr()
        return out + err

    return run


@pytest.fixture
def own(said: Said, stored: Path, tmp_path: Path) -> Callable[[str], list[str]]:
    """Fill the library, and give what finds in a text the Chinese that no document holds."""
    copied_library(stored, tmp_path / "data")
    with PolicyLibrary.open(LibrarySettings()) as library:
        held = [one.title + one.source + one.region + one.document_number for one in library.documents()]
        held += [library.text(one.id) for one in library.documents()]
        held += [passage.text + "".join(passage.section) for passage in library.passages()]
    everything = "\n".join([*held, _STATEMENT, str(_QUESTIONS)])
    return lambda text: [run for run in _HAN.findall(text) if run not in everything]


@pytest.mark.parametrize(
    "words",
    [
        ["ingest", "documents", "--again"],
        ["ingest", "documents", "--dry-run", "--report", "report.md"],
        ["ingest", "nothing-here"],
        ["documents"],
        ["passages"],
        ["doctor"],
        ["repair"],
        ["rebuild"],
        ["embed"],
        ["reembed"],
        ["backup", "backup.zip"],
        ["remove", "规划.md"],
        ["ask", "首次获得认定的企业给予多少奖励？", "--explain"],
        ["ask", "云栖市扶持若干措施还有效吗？"],
        ["ask", "2030年全市地区生产总值达到多少？"],
        ["ask", "火星上有没有地铁？"],
        ["ask", "--from", "asked.xlsx", "--out", "answered.xlsx"],
        ["search", "奖励"],
        ["facts"],
        ["facts", "--csv", "facts.csv"],
        ["facts", "--xlsx", "facts.xlsx"],
        ["verify", "draft.docx", "--out", "checked.docx", "--sources"],
        ["evaluate", "questions.jsonl", "--report", "report"],
        ["evaluate", "questions.jsonl", "--calibrate"],
        ["check"],
    ],
    ids=" ".join,
)
def test_what_a_command_says_and_writes_is_in_english(
    said: Said, own: Callable[[str], list[str]], tmp_path: Path, words: list[str]
) -> None:
    before = set(tmp_path.rglob("*"))
    told = said(*words)
    assert told
    assert own(told) == []
    for file in set(tmp_path.rglob("*")) - before:
        if "data" not in file.relative_to(tmp_path).parts and file.suffix != ".zip":
            assert own(_text_of(file)) == [], file


def test_a_comparison_of_two_runs_is_in_english(
    said: Said, own: Callable[[str], list[str]], tmp_path: Path
) -> None:
    said("evaluate", "questions.jsonl", "--report", "before")
    figures = tmp_path / "before" / "figures.json"
    record = json.loads(figures.read_text(encoding="utf-8"))
    for outcome in record["results"]:
        outcome["right"] = not outcome["right"]
    figures.write_text(json.dumps(record), encoding="utf-8")
    told = said("evaluate", "questions.jsonl", "--compare", str(figures))
    assert "better" in told
    assert "worse" in told
    assert own(told) == []


def _write_documents(folder: Path) -> None:
    folder.mkdir()
    (folder / "措施.txt").write_text(_MEASURES, encoding="utf-8")
    (folder / "规划.md").write_text(_DRAFT, encoding="utf-8")
    (folder / "a.pdf").write_bytes(b"%PDF-1.4 broken")
    _book().save(folder / "b.xlsx")
    (folder / "c.zip").write_bytes(_archive())


def _text_of(file: Path) -> str:
    if file.is_dir():
        return ""
    if file.suffix == ".xlsx":
        sheet = load_workbook(file).worksheets[0]
        return str(sheet.title) + "\n".join(
            str(cell) for row in sheet.iter_rows(values_only=True) for cell in row
        )
    if file.suffix == ".docx":
        with ZipFile(file) as opened:
            parts = [opened.read(name) for name in opened.namelist() if name.startswith("word/")]
        return re.sub(r"<[^>]*>", "\n", b"\n".join(parts).decode("utf-8", "replace"))
    text = file.read_text(encoding="utf-8")
    # What JSON holds is for programs.
    return "" if file.suffix == ".json" else text


def _book() -> Workbook:
    """A sheet with a formula that was never calculated, which is told as not read."""
    book = Workbook()
    for row in (("项目甲", "金额"), ("云栖", 3), ("合计", "=SUM(B2:B2)")):
        book.worksheets[0].append(row)
    return book


def _archive() -> bytes:
    """An archive with a path that leads out of it."""
    made = BytesIO()
    with ZipFile(made, "w") as opened:
        opened.writestr("../outside.txt", "云栖")
    return made.getvalue()
