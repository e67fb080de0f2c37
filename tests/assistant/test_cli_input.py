"""Bad input to `ask` and `search` is one clear line, and the exit code tells scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.asking import Run, question_file, records

QUESTION = "海岬高新区2030年地区生产总值目标是多少？"


@pytest.mark.parametrize("question", ["", "   ", "\x00\x07\x1b"])
def test_an_empty_question_is_answered_with_the_request_to_ask(run: Run, question: str) -> None:
    code, out, _ = run("ask", question, "--json")
    (record,) = records(out)
    assert code == 0
    assert record["refused"] is True
    assert record["text"] == "请输入您的问题。"


def test_a_question_of_ten_thousand_characters_is_answered(run: Run) -> None:
    question = QUESTION + "另外请注意格式。" * 1250
    code, out, err = run("ask", question, "--json")
    (record,) = records(out)
    assert (code, err) == (0, "")
    assert record["question"] == question
    assert "问题过长" in record["notices"][0]


def test_control_characters_never_reach_the_terminal(run: Run) -> None:
    code, out, _ = run("ask", "鹿屿县\x1b[31m\x07重点发展什么？")
    assert code == 0
    assert "\x1b" not in out
    assert "\x07" not in out


@pytest.mark.parametrize(
    ("lines", "held"),
    [
        (["{broken"], "第1行"),
        ([{"id": "1", "question": QUESTION}, {"id": "2"}], "第2行"),
        (['["no", "object"]'], "第1行"),
        ([{"id": "1", "question": QUESTION, "history": ["text"]}], "第1行"),
        ([{"id": "1", "question": QUESTION, "history": [{"role": "system", "content": "好"}]}], "第1行"),
        ([{"id": "1", "question": QUESTION, "history": [{"role": "user", "content": 5}]}], "第1行"),
        (['{"id": "1", "question": "规划\\ud800"}'], "第1行"),
        (["[" * 100_000], "第1行"),
        (['{"id": %s, "question": "规划"}' % ("9" * 5000)], "第1行"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(
    run: Run, tmp_path: Path, lines: list[object], held: str
) -> None:
    code, out, err = run("ask", "--from", question_file(tmp_path, *lines), "--json")
    assert code == 2
    assert held in err
    assert "questions.jsonl" in err
    assert len(err.splitlines()) == 1
    assert len(records(out)) == len(lines) - 1


def test_a_question_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    code, out, err = run("ask", "--from", str(tmp_path / "absent.jsonl"), "--json")
    assert (code, out) == (2, "")
    assert "absent.jsonl" in err
    assert len(err.splitlines()) == 1


def test_a_question_file_in_another_encoding_is_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes('{"id": "1", "question": "规划"}\n'.encode("gb18030"))
    code, out, err = run("ask", "--from", str(file), "--json")
    assert (code, out) == (2, "")
    assert "UTF-8" in err


def test_a_folder_is_no_question_file(run: Run, tmp_path: Path) -> None:
    code, out, err = run("search", "--from", str(tmp_path))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_command_without_a_question_says_what_it_needs(run: Run, command: str) -> None:
    code, out, err = run(command)
    assert (code, out) == (2, "")
    assert "--from" in err


@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_empty_library_says_how_to_fill_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "nothing"))
    code, out, err = run(command, QUESTION, "--json")
    assert (code, out) == (2, "")
    assert "policy-assistant ingest" in err
    assert len(err.splitlines()) == 1


def test_a_model_that_is_not_configured_is_named(run: Run) -> None:
    code, out, err = run("ask", QUESTION, "--mode", "model", "--json")
    assert (code, out) == (2, "")
    assert "POLICY_CHAT_MODEL" in err


@pytest.mark.parametrize("options", [("规划\udcff",), ("规划", "--region", "\udcff")])
def test_bytes_that_are_no_text_are_refused(run: Run, options: tuple[str, ...]) -> None:
    code, out, err = run("search", *options, "--json")
    assert (code, out) == (2, "")
    assert "UTF-8" in err


def test_a_mode_that_does_not_exist_is_refused(run: Run) -> None:
    assert run("ask", QUESTION, "--mode", "oracle")[0] == 2
