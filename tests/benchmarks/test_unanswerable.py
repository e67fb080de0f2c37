"""Questions made unanswerable are unanswerable, and the made-up documents are always the same."""

from __future__ import annotations

from itertools import islice

from assistant.evaluation import GoldenQuestion
from assistant.evaluation.matching import comparable
from assistant.understanding.names import Names
from benchmarks.corpus import made_up_documents, questions_on
from benchmarks.unanswerable import Unanswerable, unanswerable

TEXTS = {
    "a": comparable("青川市产业规划。到2030年产业规模达到300亿元，新增企业50家。"),
    "b": comparable("白河县产业规划。到2030年产业规模达到90亿元。2036年展望。"),
}
NAMES = Names(
    places={
        name: frozenset("a" if name.startswith("青") else "b")
        for name in ("青川市", "青川", "白河县", "白河")
    }
)
ASKED = GoldenQuestion(
    "q1", "青川市到2030年产业规模目标是多少？", must_include=("300亿",), evidence=("产业规模达到300亿元",)
)


def made(*questions: GoldenQuestion) -> dict[str, Unanswerable]:
    return {one.way: one for one in unanswerable(questions, TEXTS, NAMES)}


def test_the_document_that_proves_the_answer_is_named_for_taking_away() -> None:
    assert made(ASKED)["文件不在库中"].without == {"a"}


def test_what_another_document_answers_as_well_is_left_out() -> None:
    shared = GoldenQuestion("q2", "到什么时候？", must_include=("2030年",), evidence=("产业规模达到300亿元",))
    assert "文件不在库中" not in made(shared)


def test_year_and_place_become_ones_that_no_document_holds() -> None:
    ways = made(ASKED)
    assert ways["年份换掉"].question.text == "青川市到2037年产业规模目标是多少？"
    place = ways["地点换掉"].question.text[:3]
    assert place.endswith("市")
    assert all(place[:2] not in text for text in TEXTS.values())


def test_an_amount_becomes_one_that_no_document_holds() -> None:
    swapped = made(GoldenQuestion("q3", "新增50家企业要多久？"))["数量换掉"].question.text
    assert swapped != "新增50家企业要多久？"
    assert not any(swapped[2:5] in text for text in TEXTS.values())


def test_a_question_in_a_conversation_keeps_its_words_and_an_unanswerable_one_is_kept() -> None:
    nowhere = GoldenQuestion("q4", "人口多少？", answerable=False)
    assert list(made(nowhere)) == ["原本无答案"]
    assert made(nowhere)["原本无答案"].question == nowhere


def test_the_same_seed_makes_the_same_documents_and_their_goal_stands_in_them() -> None:
    first, second = list(made_up_documents(100)), list(made_up_documents(100))
    assert first == second
    assert len({document.source for document in first}) == len(first) == 5
    for document in islice(first, 2):
        assert document.goal in document.text
        assert document.field in questions_on(document)[0]
