"""Figures on answers whose worth is known, and the command that shows them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import cli
from assistant.assistant import Assistant
from assistant.evaluation import GoldenQuestion, Outcome, examine, figures_of, read_questions
from assistant.evaluation.matching import comparable, holds, marks_in, numbers_in, unmarked
from assistant.settings import AssistantSettings
from tests.assistant.answering import hit
from tests.assistant.evaluated import ASKED, SPEECH, answer, citation, outcome, right_outcome
from vectorstore.errors import UnreadableFileError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

QUESTIONS = Path(__file__).parents[1] / "data" / "questions.jsonl"


def value(name: str, *outcomes: Outcome) -> float | None:
    return {figure.name: figure.value for figure in figures_of(outcomes)}[name]


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


def test_a_number_that_follows_from_the_others_of_its_line_has_its_proof() -> None:
    source = [citation(1, hit("2020年产值200亿元，2030年产值300亿元。"), "300亿元")]
    right = outcome(ASKED, answer("2020年200亿元，2030年300亿元，推算增加100亿元，增长50%。[1]", source))
    wrong = outcome(ASKED, answer("2020年200亿元，2030年300亿元，推算增加170亿元。[1]", source))
    assert (value("numbers", right), value("numbers", wrong)) == (1.0, 0.8)


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
