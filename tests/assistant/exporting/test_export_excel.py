from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from assistant.exporting.answer_tables import tables_of
from assistant.exporting.export_excel import workbook_of
from assistant.types import Answer
from tests.assistant.exporting.tables import CITED, FIRST, GRID, QUOTED, ROW, SECOND
from tests.assistant.ui.samples import HOSTILE, answer, citation, document, passage
from vectorstore.languages.language import Language

FORMULAS = ["=1+1", "+86", "-x", "@SUM(A1)", " =1+1", "＝1+1", "=HYPERLINK('https://example.org')"]


def book_of(shown: Answer) -> Workbook:
    return load_workbook(BytesIO(workbook_of(tables_of(shown), shown.citations)))


def test_a_table_of_the_text_is_the_first_sheet_with_its_proofs_in_a_column_of_their_own() -> None:
    book = book_of(answer(GRID, *CITED))
    assert book.sheetnames == ["表格", "依据"]
    assert list(book["表格"].values) == [
        ("指标", "2030年", "依据"),
        ("岸电使用率", 0.95, "[1]"),
        ("集卡占比", 60.5, "[2][1]"),
    ]
    assert book["表格"]["B3"].number_format == "0.00"


def test_the_sources_of_the_rows_and_no_others_stand_on_the_second_sheet() -> None:
    assert list(book_of(answer(GRID, *CITED, ROW))["依据"].values) == [
        ("序号", "文件", "章节", "引文", "状态"),
        (1, "青屿市绿色港口发展办法", "第一章 总则 › 第二节 发展目标", FIRST, "现行有效"),
        (2, "青屿市绿色港口发展办法", "第一章 总则 › 第二节 发展目标", SECOND, "征求意见稿"),
    ]


def test_quoted_rows_stand_under_the_name_and_the_columns_of_their_table() -> None:
    book = load_workbook(BytesIO(workbook_of(tables_of(answer("[3]", ROW), [QUOTED]), [ROW])))
    assert list(book["表格"].values) == [
        ("主要指标", None, None),
        ("指标", "2025年", "依据"),
        ("集卡占比", "≥30", "[3]"),
    ]


def test_each_of_several_tables_has_a_sheet() -> None:
    assert book_of(answer(f"{GRID}\n又：\n{GRID}", *CITED)).sheetnames == ["表格1", "表格2", "依据"]


def test_what_is_not_the_documents_is_in_the_language_of_the_reader() -> None:
    shown = answer(GRID, *CITED)
    book = load_workbook(BytesIO(workbook_of(tables_of(shown), shown.citations, Language.ENGLISH)))
    assert book.sheetnames == ["Tables", "Sources"]
    assert next(book["Sources"].values) == ("No.", "Document", "Section", "Quotation", "Standing")


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_becomes_a_formula(text: str) -> None:
    hostile = citation(text, text, 1, document=document(title=text), passage=passage(text, section=(text,)))
    book = book_of(answer(f"| {text} |\n| --- |\n| {text} [1] |", hostile))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    found = [cell for cell in cells if str(cell.value).strip() == text.strip()]
    assert len(found) == 5
    assert all(cell.quotePrefix for cell in found)


def test_control_characters_of_a_document_do_not_stop_the_export() -> None:
    text = f"坏\x00字\x0b{HOSTILE}"
    sheet = book_of(answer(GRID, citation(text, text)))["依据"]
    assert str(sheet["D2"].value).startswith("坏字<script>")
