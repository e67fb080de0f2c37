"""Comparisons to take along: opened again, what matters first, changed words marked, nothing interpreted."""

import json
from io import BytesIO

import docx

from assistant.comparing.comparison import compare
from assistant.comparing.files import markdown_of, record_of, word_of
from tests.assistant.comparing.made_up_pairs import BOUNDS, FIGURES, Pair
from tests.assistant.comparing.test_comparison import compared
from tests.assistant.ui.samples import HOSTILE, document


def plainly(text: str) -> str:
    return text


def test_the_word_file_lists_what_matters_first_and_marks_changed_words() -> None:
    file = docx.Document(BytesIO(word_of(compared(FIGURES), plainly)))
    headings = [one.text for one in file.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings[:2] == ["需要关注的变化", "逐条对照"]
    rows = [[cell.text for cell in row.cells] for row in file.tables[0].rows]
    assert rows[0] == ["变化", "条款", "原文件", "新文件"]
    assert ["数字变化", "第一条", "30万元", "50万元"] in rows
    runs = [run for paragraph in file.paragraphs for run in paragraph.runs]
    assert "30万元" in {run.text for run in runs if run.font.strike}
    assert "50万元" in {run.text for run in runs if run.font.underline}
    assert not {run.text for run in runs if run.font.strike and run.font.underline}


def test_documents_alike_are_said_to_be_alike() -> None:
    alike = compared(Pair(BOUNDS.before, BOUNDS.before, ()))
    file = docx.Document(BytesIO(word_of(alike, plainly)))
    assert "两份文件的内容一致" in [one.text for one in file.paragraphs]
    assert "两份文件的内容一致" in markdown_of(alike, plainly)


def test_markdown_lists_what_matters_first_and_marks_changed_words() -> None:
    told = markdown_of(compared(FIGURES), plainly)
    assert (
        told.index("需要关注的变化")
        < told.index("| 数字变化 | 第一条 | 30万元 | 50万元 |")
        < told.index("逐条对照")
    )
    assert "<del>30万元</del><ins>50万元</ins>" in told


def test_what_a_document_says_stays_text() -> None:
    hostile = compare(document(title=HOSTILE), document(id="d2"), "第一条 甲。\n第二条 乙。", HOSTILE)
    told = markdown_of(hostile, plainly)
    assert "<script>" not in told
    assert "![图](" not in told
    assert docx.Document(BytesIO(word_of(hostile, plainly))).paragraphs


def test_the_record_is_json_with_places() -> None:
    record = json.loads(json.dumps(record_of(compared(BOUNDS))))
    first = record["matters"][0]
    assert first == {"kind": "bound", "before": "不低于30%", "after": "不超过30%", "provision": 0}
    changed = {one["number"]: one for one in record["provisions"]}[0]
    place = changed["before"][0]
    assert BOUNDS.before[place["start"] : place["end"]] == "第一条 绿地率不低于30%。"
