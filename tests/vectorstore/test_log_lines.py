"""What a log of JSON lines tells, and what it keeps to itself."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vectorstore.errors import SettingsError
from vectorstore.log_lines import JsonLines, begin_logging

ROOT = Path(__file__).parents[2]
ASKED = "云岭市2030年产业规模目标是多少？"


def line_of(record: logging.LogRecord) -> dict[str, Any]:
    text = JsonLines().format(record)
    assert "\n" not in text
    told: dict[str, Any] = json.loads(text)
    return told


def record_of(name: str, message: str, *arguments: object, **more: Any) -> logging.LogRecord:
    return logging.getLogger(name).makeRecord(
        name, logging.INFO, __file__, 1, message, arguments, more.pop("exc_info", None), extra=more
    )


def test_a_line_tells_when_where_and_what() -> None:
    told = line_of(record_of("assistant.observing", "question\n%s", 1, outcome="sure", seconds=0.1))
    assert told["time"].endswith("+00:00")
    assert (told["level"], told["logger"], told["message"]) == ("info", "assistant.observing", "question\n1")
    assert (told["outcome"], told["seconds"]) == ("sure", 0.1)


def test_what_others_add_to_their_records_is_not_told() -> None:
    assert "body" not in line_of(record_of("openai", "request", body=ASKED))


def test_of_an_exception_only_kind_and_place_are_told() -> None:
    try:
        raise ValueError(ASKED)
    except ValueError:
        told = line_of(record_of("assistant.ui", "failed", exc_info=sys.exc_info()))
    assert told["error"] == "ValueError"
    assert told["at"][-1].startswith(__file__)
    assert ASKED not in json.dumps(told, ensure_ascii=False)


def test_a_question_is_one_line_without_its_words(tmp_path: Path) -> None:
    program = (
        "from assistant import Assistant\n"
        "from assistant.settings import AssistantSettings\n"
        "from pathlib import Path\n"
        "from tests.assistant.asking import filled\n"
        "from vectorstore.log_lines import begin_logging\n"
        "assert begin_logging()\n"
        "texts = {'a.txt': '云岭市产业规划\\n\\n产业规模达到300亿元。'}\n"
        f"with filled(Path({str(tmp_path)!r}), texts) as library:\n"
        f"    Assistant(library, AssistantSettings()).ask({ASKED!r}).answer\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"POLICY_LOG": "json", "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    (question,) = [line for line in lines if line["message"] == "question"]
    assert question["mode"] == "extractive"
    assert question["outcome"] in {"sure", "doubtful", "refused"}
    assert ASKED not in done.stderr


def test_without_the_setting_logs_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(logging.root.handlers)
    assert not begin_logging()
    assert logging.root.handlers == before
    monkeypatch.setenv("POLICY_LOG", "xml")
    with pytest.raises(SettingsError, match="POLICY_LOG"):
        begin_logging()
