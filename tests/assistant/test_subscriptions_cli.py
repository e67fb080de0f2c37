"""What the command subscriptions prints, and its exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from tests.assistant.asking import records
from tests.assistant.subscribing.changing_library import (
    FIGURES,
    GRANTS,
    PLAN,
    PLAN_TEXT,
    QUESTION,
    REWARD,
    Changing,
    changing,
)


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Changing]:
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "data"))
    with changing(tmp_path) as made:
        yield made


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert cli.main(["subscriptions", *words]) == code
    return capsys.readouterr().out


def test_a_check_tells_what_changed_once_and_the_list_knows_it(
    changed: Changing, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "还没有订阅" in said(capsys, "list")
    for watched in (QUESTION, REWARD, FIGURES):
        changed.subscribe(watched)
    changed.put(PLAN, PLAN_TEXT.replace("300亿元", "450亿元"))
    changed.remove(GRANTS)
    told = said(capsys, "check")
    for words in (
        "300亿元 → 450亿元",
        "该文件已移出资料库",
        "已核对 3 项订阅，3 项有变化",
        "《云栖市振兴规划",
    ):
        assert words in told
    assert "已核对 0 项订阅，0 项有变化" in said(capsys, "check")
    listed = said(capsys, "list")
    assert QUESTION.question in listed
    assert "台账 · 指标" in listed
    assert listed.count("1 次变化未读") == 3


def test_json_has_a_line_for_each_subscription(changed: Changing, capsys: pytest.CaptureFixture[str]) -> None:
    identity = changed.subscribe(FIGURES)
    changed.put(PLAN, PLAN_TEXT.replace("300亿元", "450亿元"))
    (checked,) = records(said(capsys, "check", "--json"))
    assert (checked["id"], checked["problem"]) == (identity, "")
    (change,) = checked["changes"]
    assert (change["fate"], change["turns"]) == ("differs", [["300亿元", "450亿元"]])
    assert change["after"]["document"] == PLAN
    (listed,) = records(said(capsys, "list", "--json"))
    assert (listed["kind"], listed["unread"], listed["paused"]) == ("facts", 1, False)


def test_what_could_not_be_asked_is_told_by_the_exit_code(
    changed: Changing, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed.subscribe(FIGURES)
    changed.put(PLAN, PLAN_TEXT.replace("300亿元", "450亿元"))
    monkeypatch.setattr("assistant.subscribing.proving.MOST_FACTS", 1)
    assert "1 项未能核对" in said(capsys, "check", code=1)
