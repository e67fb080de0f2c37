"""Spreadsheets of questions: answered beside what stands there, and never turned into formulas."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.records.question_sheet import QuestionSheet
from tests.assistant.asking import Ask, Run
from vectorstore.errors import UnreadableFileError

ASKED = "临澜市对首次通过认定的高新技术企业给予多少奖励？"


def book(folder: Path, *rows: tuple[object, ...]) -> Path:
    file = folder / "问题.xlsx"
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(file)
    return file


def cells(file: Path) -> list[tuple[object, ...]]:
    return [tuple(row) for row in load_workbook(file).worksheets[0].iter_rows(values_only=True)]


def test_answers_stand_beside_their_questions(run: Run, tmp_path: Path) -> None:
    file = book(
        tmp_path, ("序号", "问题", "备注"), (1, ASKED, "急"), (2, None, ""), (3, "青屿市有几座灯塔？", "")
    )
    out = tmp_path / "答案.xlsx"
    assert run("ask", "--from", str(file), "--out", str(out))[0] == 0
    heading, first, empty, last = cells(out)
    assert heading == ("序号", "问题", "备注", "回答", "原文", "出处", "状态", "把握")
    assert first[:3] == (1, ASKED, "急")
    assert "30万元" in str(first[3])
    assert "《" in str(first[5])
    assert first[7] == "有依据"
    assert empty[3:] == (None,) * 5
    assert last[7] == "未找到依据"


def test_what_was_answered_is_not_asked_again(run: Run, tmp_path: Path) -> None:
    file, out = book(tmp_path, ("问题",), (ASKED,), (ASKED,)), tmp_path / "答案.xlsx"
    run("ask", "--from", str(file), "--out", str(out))
    changed = load_workbook(out)
    changed.worksheets[0].cell(2, 2).value = "已由人工填写"
    changed.worksheets[0].cell(3, 2).value = None
    changed.save(out)
    run("ask", "--from", str(file), "--out", str(out))
    answers = [row[1] for row in cells(out)[1:]]
    assert answers[0] == "已由人工填写"
    assert "30万元" in str(answers[1])


def test_a_sheet_without_a_heading_is_answered_too(run: Run, tmp_path: Path) -> None:
    file, out = book(tmp_path, (ASKED,)), tmp_path / "答案.xlsx"
    run("ask", "--from", str(file), "--out", str(out))
    ((question, answer, *_),) = cells(out)
    assert question == ASKED
    assert "30万元" in str(answer)


def test_nothing_becomes_a_formula(ask: Ask, tmp_path: Path) -> None:
    file, out = book(tmp_path, ("问题",), (ASKED,)), tmp_path / "答案.xlsx"
    sheet = QuestionSheet.of_file(file, out)
    (row,) = sheet.unanswered()
    sheet.put(row, replace(ask(ASKED), text='=HYPERLINK("http://evil.example")\x07'))
    out.write_bytes(sheet.content())
    told = load_workbook(out).worksheets[0].cell(2, 2)
    assert (told.data_type, told.value) == ("s", '=HYPERLINK("http://evil.example")')
    assert told.quotePrefix


@pytest.mark.parametrize("content", [b"", b"no workbook"])
def test_what_is_no_workbook_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "问题.xlsx"
    file.write_bytes(content)
    with pytest.raises(UnreadableFileError) as caught:
        QuestionSheet.of_file(file, tmp_path / "答案.xlsx")
    assert "\n" not in str(caught.value)
