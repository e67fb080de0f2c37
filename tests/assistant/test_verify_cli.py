"""The command verify: drafts and statements from a file."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from tests.assistant.asking import Run, question_file, records

WRONG = "对首次取得二类医疗器械注册证（不含诊断试剂）的，每个品种给予80万元奖励。"


def test_a_draft_is_checked_and_told_in_json(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "稿.txt"
    draft.write_text(WRONG, encoding="utf-8")
    code, out, _ = run("verify", str(draft), "--json")
    (told,) = records(out)
    assert code == 0
    assert (told["finding"], told["verdict"]) == ("differs", "contradicted")
    assert "50万元" in told["suggestion"]
    assert told["citations"][0]["quote"]


def test_a_word_draft_comes_back_with_comments(run: Run, tmp_path: Path) -> None:
    draft, out_file = tmp_path / "稿.docx", tmp_path / "核.docx"
    document = Document()
    document.add_paragraph(WRONG)
    document.save(str(draft))
    code, out, _ = run("verify", str(draft), "--out", str(out_file))
    assert code == 0
    assert "不符" in out
    assert len(list(Document(str(out_file)).comments)) == 1


def test_statements_are_grounded_in_the_passage_that_comes_along(run: Run, tmp_path: Path) -> None:
    passage = "第五条 申请人应当于每年5月31日前提出申请。"
    lines = question_file(
        tmp_path,
        {"id": 1, "statement": "申请人应当于每年5月31日前提出申请。", "passage": passage},
        {"id": 2, "statement": "申请人应当于每年6月30日前提出申请。", "passage": passage, "title": "办法"},
        {"id": 3, "statement": WRONG},
    )
    code, out, _ = run("verify", "--from", lines, "--json")
    told = records(out)
    assert code == 0
    assert [one["verdict"] for one in told] == ["supported", "contradicted", "contradicted"]
    assert [one["id"] for one in told] == ["1", "2", "3"]
    assert told[2]["citations"]


def test_a_plain_draft_comes_back_as_a_word_file_too(run: Run, tmp_path: Path) -> None:
    draft, out_file = tmp_path / "稿.txt", tmp_path / "核.docx"
    draft.write_text(WRONG, encoding="utf-8")
    code, _, _ = run("verify", str(draft), "--out", str(out_file))
    assert code == 0
    (comment,) = Document(str(out_file)).comments
    assert "50万元" in comment.text


def test_what_cannot_be_checked_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    for words in (
        ("verify",),
        ("verify", str(tmp_path / "无.txt")),
    ):
        code, out, err = run(*words)
        assert (code, out) == (2, "")
        assert len(err.strip().splitlines()) == 1
