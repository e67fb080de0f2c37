"""What the command facts prints and writes."""

import csv
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import cli
from assistant.days import today
from assistant.ledger.sheets import csv_of, xlsx_of
from tests.vectorstore.test_ledger import figure, stating
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import FactKind
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings


@pytest.fixture
def data(
    tmp_path: Path, example_settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> LibrarySettings:
    monkeypatch.setenv("POLICY_DATA_DIR", str(example_settings.policy_data_dir))
    return example_settings


def lines(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert cli.main(["facts", *words, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_fact_is_proven_by_the_document(
    data: LibrarySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    found = lines(capsys)
    assert {one["kind"] for one in found} >= {"indicator", "reference", "deadline", "measure"}
    with PolicyLibrary.open(data) as library:
        for one in found:
            text = library.text(one["document_id"])
            assert text[one["start"] : one["end"]] == one["quote"]


def test_filters_are_heeded(data: LibrarySettings, capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(capsys, "indicator", "--region", "望汀区", "--year", "2028")
    assert found
    for one in found:
        assert "望汀区" in one["region"]
        first, last = one["period"] or (one["year"], one["year"])
        assert first <= 2028 <= last
    assert any(one["period"] and one["period"][0] < 2028 for one in found)
    source = found[0]["document"]
    assert {one["document"] for one in lines(capsys, "--document", source)} == {source}


def test_what_staff_called_misread_is_listed_only_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", figure("800")))
        fact = library.ledger.facts(FactFilter())[0].fact
        with library.write() as writer:
            writer.revise(FactRevision("甲.txt", fact.kind, fact.quote, fact.read, rejected=True))
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path))
    assert lines(capsys) == []
    assert [one["rejected"] for one in lines(capsys, "--rejected")] == [True]


def test_a_reference_tells_whether_the_library_holds_it(
    data: LibrarySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    by_relation = {one["relation"]: one for one in lines(capsys, "reference")}
    assert by_relation["repeals"]["missing"] is False
    assert by_relation["repeals"]["target"] == "临澜市高新技术企业培育扶持办法（2024年）.txt"
    assert by_relation["basis"]["missing"] is True


def test_files_hold_source_section_quote_and_standing(data: LibrarySettings, tmp_path: Path) -> None:
    assert cli.main(["facts", "indicator", "--csv", str(tmp_path / "台账.csv")]) == 0
    assert cli.main(["facts", "indicator", "--xlsx", str(tmp_path / "台账.xlsx")]) == 0
    with (tmp_path / "台账.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    sheet = load_workbook(tmp_path / "台账.xlsx").worksheets[0]
    told = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    at = rows[0].index("数值")
    numbers = [(one[at], other[at]) for one, other in zip(told, rows, strict=True)]
    assert all(one == (other if isinstance(one, str) else float(other)) for one, other in numbers)
    others = [[str(cell) for cell in row[:at] + row[at + 1 :]] for row in told]
    assert others == [row[:at] + row[at + 1 :] for row in rows]
    assert {"章节", "原文", "来源文件", "现行状态"} <= set(rows[0])
    assert all(row[rows[0].index("原文")] and row[rows[0].index("现行状态")] for row in rows[1:])


def test_a_spreadsheet_program_can_add_up_the_values_of_a_sheet(tmp_path: Path) -> None:
    written = (("800", 2030), ("9.60", 2029), ("1,234.5", 2028), ("5-8", 2027), ("=1+1", 2026))
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            facts = [figure(value, f"指标{year}", year=year) for value, year in written]
            writer.put(stating("甲.txt", "青岚市规划", *facts))
        found = tuple(library.ledger.every(FactFilter()))
        book = xlsx_of(found, FactKind.INDICATOR, library.ledger, today())
    rows = list(load_workbook(BytesIO(book)).active.iter_rows())
    names = [cell.value for cell in rows[0]]
    years, values = ([row[names.index(name)] for row in rows[1:]] for name in ("年份", "数值"))
    assert [(cell.value, cell.number_format) for cell in years] == [
        (year, "0") for year in (2026, 2027, 2028, 2029, 2030)
    ]
    assert [(cell.value, cell.data_type) for cell in values] == [
        ("=1+1", "s"),
        ("5-8", "s"),
        (1234.5, "n"),
        (9.6, "n"),
        (800, "n"),
    ]
    assert values[3].number_format == "0.00"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(1)"])
def test_no_cell_passes_for_a_formula(tmp_path: Path, name: str) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", figure("800", name)))
        found = tuple(library.ledger.every(FactFilter()))
        written = csv_of(found, FactKind.INDICATOR, library.ledger, today())
        book = xlsx_of(found, FactKind.INDICATOR, library.ledger, today())
    assert f"'{name}" in written.decode("utf-8-sig")
    cells = [cell for row in load_workbook(BytesIO(book)).active.iter_rows() for cell in row]
    kinds = {(cell.data_type, cell.quotePrefix) for cell in cells if str(cell.value).startswith(name)}
    assert kinds == {("s", True)}


def test_a_sheet_keeps_the_tabs_and_blanks_of_a_name(tmp_path: Path) -> None:
    name = "海洋\u3000生产\t总值"
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", figure("800", name)))
        found = tuple(library.ledger.every(FactFilter()))
        book = xlsx_of(found, FactKind.INDICATOR, library.ledger, today())
    assert name in [cell for row in load_workbook(BytesIO(book)).active.values for cell in row]


def test_a_file_that_cannot_be_written_is_one_clear_line(
    data: LibrarySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["facts", "--csv", str(tmp_path / "没有" / "台账.csv")]) == 2
    assert "无法写入" in capsys.readouterr().err


def test_an_unknown_document_is_refused(data: LibrarySettings, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["facts", "--document", "没有.txt"]) == 2
    assert "没有.txt" in capsys.readouterr().err
