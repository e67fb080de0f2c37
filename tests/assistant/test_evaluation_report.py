"""Reports of a run, and what a later one is compared with."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.evaluation import Evaluation
from assistant.evaluation.comparison import compare
from assistant.evaluation.record import read_run, record_of
from assistant.evaluation.report import html_report, markdown_report, write_report
from tests.assistant.answering import hit
from tests.assistant.evaluated import ASKED, answer, citation, outcome, right_outcome
from vectorstore.errors import UnreadableFileError


class _Page(HTMLParser):
    """Collects the tags of a page and whatever they would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "srcset")]


def hostile() -> Evaluation:
    text = "<script>alert(1)</script><img src=http://example.org/x> | 表格 [x](http://example.org) `码`"
    source = hit(text)
    asked = replace(ASKED, id="<i>1</i>", text=text, group="<b>组</b>")
    return Evaluation((outcome(asked, answer(text + "[1]", [citation(1, source, text)]), [source], text),))


def test_the_page_shows_what_failed_and_runs_and_fetches_nothing() -> None:
    page = _Page()
    html = html_report(hostile())
    page.feed(html)
    assert page.fetched == []
    assert not page.tags & {"script", "img", "i", "b", "link", "iframe"}
    assert {"svg", "table"} <= page.tags
    assert "缺：300亿" in html
    assert "&lt;script&gt;" in html


def test_markdown_keeps_document_text_plain() -> None:
    report = markdown_report(hostile())
    assert "<script>" not in report
    assert "\\[x\\](http" in report
    rows = [line for line in report.splitlines() if "&lt;i&gt;1" in line]
    assert len(rows) == 1
    assert rows[0].replace("\\|", "").count("|") == 6


def test_a_report_can_be_compared_with_a_later_run(tmp_path: Path) -> None:
    refused = outcome(ASKED, answer("资料中未找到。", refused=True))
    write_report(tmp_path / "报告", Evaluation((refused,)))
    former = read_run(tmp_path / "报告" / "figures.json")
    now = Evaluation((right_outcome(), right_outcome(replace(ASKED, id="q9"))))
    comparison = compare(now, former)
    by_name = {one.figure.name: one for one in comparison.differences}
    assert (by_name["complete"].before, by_name["complete"].change) == (0.0, 1.0)
    assert by_name["complete"].better is True
    assert by_name["refused_wrong"].better is True
    assert [(one.outcome.question.id, one.better) for one in comparison.changes] == [("q1", True)]
    assert (comparison.added, comparison.gone) == (1, 0)
    assert "变好" in html_report(now, comparison)
    assert {file.name for file in (tmp_path / "报告").iterdir()} == {
        "report.md",
        "report.html",
        "chart.svg",
        "figures.json",
    }


def test_the_same_run_twice_shows_no_change(tmp_path: Path) -> None:
    evaluation = Evaluation((right_outcome(),))
    file = tmp_path / "figures.json"
    file.write_text(json.dumps(record_of(evaluation)), encoding="utf-8")
    comparison = compare(evaluation, read_run(file))
    assert comparison.changes == ()
    assert {one.better for one in comparison.differences} == {None}


@pytest.mark.parametrize("content", ["", "[]", '{"results": [{"id": 1}]}', '{"results": 5}'])
def test_a_file_that_is_no_run_is_told_by_name(tmp_path: Path, content: str) -> None:
    file = tmp_path / "别的.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="别的"):
        read_run(file)
