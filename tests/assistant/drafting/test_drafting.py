"""The answer takes the form that suits its question."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.drafting.draft import NOTHING_FOUND, Draft
from assistant.drafting.drafting import draft
from assistant.drafting.inquiry import Inquiry
from assistant.question import understand
from assistant.retriever import find, term_weights
from assistant.types import Certainty
from assistant.understanding.names import learn_names
from tests.assistant.asking import MARK
from vectorstore.library import PolicyLibrary

TODAY = date(2026, 11, 1)


def drafted(library: PolicyLibrary, text: str) -> Draft:
    question = understand(text, names=learn_names(library.documents()))
    hits, weights = find(library, question, 10), term_weights(library, question)
    return draft(Inquiry(library, question, hits, weights, TODAY))


@pytest.mark.parametrize(
    "question",
    [
        "海岬高新区2030年地区生产总值目标是多少？",
        "临澜市和砚川市2030年生物医药产业目标分别是多少？",
        "临澜市生物医药规划的保障措施有哪些？",
        "临澜市生物医药产业高质量发展规划是正式文件吗？",
        "哪些文件提到了“临砚产业合作园”？",
        "临澜市生物医药规划的指标里哪些是约束性的？",
        "海岬高新区2030年常住人口目标是多少？",
    ],
)
def test_the_marks_number_the_quotes_from_one_in_their_order(
    example_library: PolicyLibrary, question: str
) -> None:
    made = drafted(example_library, question)
    numbers = list(dict.fromkeys(int(number) for number in MARK.findall(made.text)))
    assert numbers == list(range(1, len(made.quotes) + 1))


def test_statements_are_the_quotes_themselves(example_library: PolicyLibrary) -> None:
    made = drafted(example_library, "海岬高新区2030年地区生产总值目标是多少？")
    text = MARK.sub("", made.text)
    assert all(quote.text in text for quote in made.quotes)


def test_a_refusal_says_so_first(example_library: PolicyLibrary) -> None:
    made = drafted(example_library, "海岬高新区2030年常住人口目标是多少？")
    assert made.certainty is Certainty.NONE
    assert made.text.startswith(NOTHING_FOUND)


def test_a_comparison_is_a_table_with_a_row_for_each_side(example_library: PolicyLibrary) -> None:
    lines = drafted(example_library, "首次取得三类医疗器械注册证，临澜和砚川各奖励多少？").text.splitlines()
    assert lines[1] == "| --- | --- |"
    assert len(lines) == 4
    assert all(line.startswith("| ") and line.endswith(" |") for line in lines)


def test_the_rows_that_a_table_question_asks_for_are_counted_and_named(
    example_library: PolicyLibrary,
) -> None:
    made = drafted(example_library, "海岬高新区的指标里哪些是约束性的？")
    named = MARK.sub("", made.text)
    assert len(made.quotes) == 3
    for row in ("单位地区生产总值能耗降低", "近岸海域优良水质面积比例", "新增公办学位"):
        assert row in named


def test_listed_documents_stand_by_their_titles(example_library: PolicyLibrary) -> None:
    made = drafted(example_library, "哪些文件提到了“临砚产业合作园”？")
    assert [line[0] for line in made.text.splitlines()] == ["《", "《"]


def test_where_nothing_was_found_nothing_is_shown(example_library: PolicyLibrary) -> None:
    question = understand("产业规模目标是多少？")
    made = draft(Inquiry(example_library, question, [], {}, TODAY))
    assert made == Draft(NOTHING_FOUND, (), Certainty.NONE)
