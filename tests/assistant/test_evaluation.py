"""Figures, reports and comparisons on answers whose worth is known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import cli
from assistant.assistant import Assistant
from assistant.evaluation import Evaluation, GoldenQuestion, Outcome, examine, figures_of, read_questions
from assistant.evaluation.comparison import compare
from assistant.evaluation.matching import comparable, holds, marks_in, numbers_in, unmarked
from assistant.evaluation.outcome import judge
from assistant.evaluation.record import read_run, record_of
from assistant.evaluation.report import html_report, markdown_report, write_report
from assistant.settings import AssistantSettings
from assistant.types import Answer, Citation, Hit
from tests.assistant.answering import hit
from vectorstore.errors import UnreadableFileError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

QUESTIONS = Path(__file__).parents[1] / "data" / "questions.jsonl"
SPEECH = "到2030年，产业规模力争达到300亿元，建成园区5个。"
ASKED = GoldenQuestion("q1", "产业规模多大？", must_include=("300亿",), evidence=("力争达到300亿元",))


def citation(number: int, of: Hit, quote: str) -> Citation:
    start = of.passage.text.find(quote)
    return Citation(
        number=number,
        passage=of.passage,
        document=of.document,
        quote=quote,
        start=start,
        end=start + len(quote),
        standing=of.document.status,
        label="《规划》",
    )


def answer(text: str, citations: Sequence[Citation] = (), *, refused: bool = False) -> Answer:
    return Answer(
        question="",
        query="",
        text=text,
        citations=tuple(citations),
        refused=refused,
        mode="extractive",
        notices=(),
        seconds=0.02,
    )


def outcome(question: GoldenQuestion, given: Answer, hits: Sequence[Hit] = (), text: str = SPEECH) -> Outcome:
    return judge(question, given, hits, lambda _: comparable(text))


def value(name: str, *outcomes: Outcome) -> float | None:
    return {figure.name: figure.value for figure in figures_of(outcomes)}[name]


def right_outcome(question: GoldenQuestion = ASKED) -> Outcome:
    source = hit(SPEECH)
    given = answer("产业规模力争达到300亿元。[1]", [citation(1, source, "产业规模力争达到300亿元")])
    return outcome(question, given, [hit("别的内容。", 2), source])


@pytest.mark.parametrize(
    ("text", "wanted", "held"),
    [
        ("建成5个园区", "5个", True),
        ("建成15个园区", "5个", False),
        ("建成2.5个园区", "5个", False),
        ("增长5.1%", "5", False),
        ("增长5。", "5", True),
        ("2025年", "202", False),
        ("先有25个，后有5个", "5个", True),
        ("建成园区", "", False),
    ],
)
def test_a_number_is_held_only_whole(text: str, wanted: str, held: bool) -> None:
    assert holds(comparable(text), comparable(wanted)) is held


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("產業規模 ３００億元", "产业规模300亿元"),
        ("园区<b>五</b>个", "园区五个"),
        ("**重点** 项目", "重点项目"),
        ("芪(qí)类", "芪类"),
        ("第一行\n第二行", "第一行第二行"),
    ],
)
def test_differences_of_writing_do_not_matter(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


def test_case_matters() -> None:
    assert comparable("GDP") != comparable("gdp")


def test_marks_are_read_in_both_brackets_and_are_no_numbers_of_the_answer() -> None:
    assert marks_in("甲[1]乙【12】") == {1, 12}
    assert numbers_in(comparable(unmarked("甲1,200亿元[1]乙3.5[2]"))) == {"1,200", "3.5"}


def test_a_complete_and_proven_answer_scores_full() -> None:
    judged = right_outcome()
    for name in ("complete", "items", "cited", "genuine", "marked", "numbers"):
        assert value(name, judged) == 1.0, name
    assert value("refused_wrong", judged) == 0.0
    assert value("refused_right", judged) is None


def test_a_choice_within_an_item_is_enough() -> None:
    question = replace(ASKED, must_include=("三百亿|300亿", "园区"))
    judged = outcome(question, answer("三百亿元[1]", [citation(1, hit(SPEECH), "300亿元")]))
    assert judged.lacking == ("园区",)
    assert value("items", judged) == 0.5
    assert value("complete", judged) == 0.0


def test_what_stands_after_600_characters_does_not_count() -> None:
    judged = outcome(ASKED, answer("空" * 600 + "300亿"))
    assert judged.lacking == ("300亿",)
    assert judged.length == 600


def test_a_quote_that_is_not_in_the_document_is_not_genuine() -> None:
    source = hit(SPEECH)
    judged = outcome(
        ASKED, answer("300亿元[1][2]", [citation(1, source, "300亿元"), citation(2, source, "400亿元")])
    )
    assert value("genuine", judged) == 0.5


def test_a_mark_without_a_citation_is_not_marked() -> None:
    source = citation(1, hit(SPEECH), "300亿元")
    assert value("marked", outcome(ASKED, answer("300亿元[1]", [source]))) == 1.0
    assert value("marked", outcome(ASKED, answer("300亿元[1][2]", [source]))) == 0.0
    assert value("marked", outcome(ASKED, answer("300亿元", [source]))) == 0.0


def test_a_number_that_no_cited_passage_holds_is_counted() -> None:
    judged = outcome(ASKED, answer("300亿元，占30%[1]", [citation(1, hit(SPEECH), "300亿元")]))
    assert value("numbers", judged) == 0.5


def test_a_refusal_is_wrong_for_an_answerable_question_and_right_for_another() -> None:
    refusal = answer("资料中未找到。", refused=True)
    nowhere = GoldenQuestion("q2", "人口多少？", answerable=False)
    wrongly, rightly = outcome(ASKED, refusal), outcome(nowhere, refusal)
    assert (wrongly.right, rightly.right) == (False, True)
    assert value("refused_wrong", wrongly, rightly) == 1.0
    assert value("refused_right", wrongly, rightly) == 1.0
    assert value("refused_right", outcome(nowhere, answer("五百人[1]"))) == 0.0


def test_recall_and_reciprocal_rank_look_at_each_piece_of_evidence() -> None:
    question = replace(ASKED, evidence=("力争达到300亿元", "建成园区9个"))
    judged = outcome(question, answer(""), [hit("别的内容。", 2), hit(SPEECH)])
    assert judged.ranks == (2, 0)
    found = {name: value(name, judged) for name in ("recall@1", "recall@3", "recall@10", "mrr@10")}
    assert found == {"recall@1": 0.0, "recall@3": 0.5, "recall@10": 0.5, "mrr@10": 0.5}


def test_gold_records_are_known_by_their_ids() -> None:
    question = replace(ASKED, evidence=(), gold=("b", "c"))
    hits = [
        replace(one, document=replace(one.document, source=f"records.jsonl#{name}"))
        for name, one in zip("ab", (hit("甲。"), hit("乙。", 2)), strict=True)
    ]
    assert outcome(question, answer(""), hits).ranks == (2, 0)


def test_times_are_the_median_and_the_nearest_rank() -> None:
    judged = [
        outcome(ASKED, replace(answer("300亿元[1]"), seconds=seconds / 100)) for seconds in range(1, 21)
    ]
    assert value("median_seconds", *judged) == 0.105
    assert value("p95_seconds", *judged) == 0.19


def test_no_questions_of_a_sort_give_no_figure() -> None:
    assert {figure.value for figure in figures_of(()) if figure.is_share} == {None}


def test_the_examples_are_examined_by_group_and_kind(example_library: PolicyLibrary) -> None:
    questions = read_questions(QUESTIONS)
    assistant = Assistant(example_library, AssistantSettings.model_construct())
    evaluation = examine(assistant, example_library, questions, "extractive")
    figures = {figure.name: figure.value for figure in evaluation.figures}
    assert figures["questions"] == len(questions)
    assert figures["genuine"] == 1.0
    assert figures["marked"] == 1.0
    assert set(evaluation.by_group) == {question.group for question in questions}
    assert sum(map(len, evaluation.by_kind.values())) == len(questions)


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


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "第1行"),
        ('{"id": 1}', "第1行"),
        ("[]", "第1行"),
        ('{"id": 1, "question": "甲", "answerable": "no"}', "第1行"),
        ('{"id": 1, "question": "甲", "answerable": true, "must_include": "三项"}', "第1行"),
        ('{"id": 1, "question": "甲\\ud800", "answerable": true}', "第1行"),
        ("", "没有问题"),
        (('{"id": 1, "question": "甲", "answerable": true}\n' * 2), "重复"),
    ],
)
def test_a_bad_question_file_is_told_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "问题.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=told) as raised:
        read_questions(file)
    assert "问题.jsonl" in str(raised.value)


@pytest.mark.parametrize("content", ["", "[]", '{"results": [{"id": 1}]}', '{"results": 5}'])
def test_a_file_that_is_no_run_is_told_by_name(tmp_path: Path, content: str) -> None:
    file = tmp_path / "别的.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="别的"):
        read_run(file)


def test_the_command_writes_json_alone_to_standard_output(
    example_settings: LibrarySettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("POLICY_DATA_DIR", str(example_settings.policy_data_dir))
    command = ["evaluate", str(QUESTIONS), "--mode", "extractive", "--json"]
    assert cli.main([*command, "--report", str(tmp_path)]) == 0
    first = json.loads(capsys.readouterr().out)
    assert {"complete", "recall@5", "mrr@10", "genuine", "p95_seconds", "by_group", "by_kind"} <= set(first)
    assert cli.main([*command, "--compare", str(tmp_path / "figures.json")]) == 0
    compared = json.loads(capsys.readouterr().out)["compared"]
    assert compared["changed"] == []
    assert compared["figures"]["complete"]["change"] == 0


def test_the_command_shows_tables_to_people(
    example_settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_DATA_DIR", str(example_settings.policy_data_dir))
    assert cli.main(["evaluate", str(QUESTIONS)]) == 0
    shown = capsys.readouterr().out
    assert "回答完整" in shown
    assert "按组别" in shown
