"""What the command compare prints and writes."""

import json
from pathlib import Path

import docx

from tests.assistant.asking import Run

OLD, NEW = "临澜市高新技术企业培育扶持办法（2024年）.txt", "临澜市高新技术企业培育扶持办法（2026年修订）.txt"


def test_what_matters_is_printed_before_the_changed_words(run: Run) -> None:
    code, out, _ = run("compare", OLD, NEW)
    assert code == 0
    assert "数字变化  第四条：20万元 → 30万元" in out
    assert out.index("需要关注的变化") < out.index("20万元 → 30万元") < out.index("逐条对照")


def test_json_markdown_and_word(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("compare", OLD, NEW, "--json")
    record = json.loads(out)
    assert {"kind": "figure", "before": "20万元", "after": "30万元"}.items() <= {
        **next(one for one in record["matters"] if one["before"] == "20万元")
    }.items()
    _, out, _ = run("compare", OLD, NEW, "--markdown")
    assert "<del>20万元</del><ins>30万元</ins>" in out
    file = tmp_path / "对比.docx"
    code, out, told = run("compare", OLD, NEW, "--word", str(file))
    assert (code, out) == (0, "")
    assert str(file) in told
    assert docx.Document(str(file)).tables


def test_an_unknown_or_the_same_document_is_said_in_one_line(run: Run) -> None:
    code, _, told = run("compare", OLD, "没有.txt")
    assert (code, told.count("\n")) == (2, 1)
    code, _, told = run("compare", OLD, OLD)
    assert (code, told.count("\n")) == (2, 1)
    assert "两份不同的文件" in told


def test_a_file_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    code, _, told = run("compare", OLD, NEW, "--word", str(tmp_path))
    assert code == 2
    assert "无法写入" in told
