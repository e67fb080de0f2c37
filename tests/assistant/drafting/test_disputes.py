"""A figure that another document contradicts is told with the other one."""

from __future__ import annotations

from assistant.types import Scope
from tests.assistant.asking import Filled, asker, proven, sources

PLAN = "甲川市渔业规划\n\n（2026—2030年）\n\n一、目标\n\n到2030年，全市海水养殖面积达到{0}公顷。\n"
ASKED = "甲川市2030年海水养殖面积目标是多少？"


def test_the_other_figure_is_told_with_its_document_and_proof(library_of: Filled) -> None:
    library = library_of(
        {"a.txt": PLAN.format(300), "b.txt": PLAN.format(450).replace("规划", "规划（征求意见稿）", 1)}
    )
    answer = asker(library)(ASKED)
    above, _, below = answer.text.partition("资料中另有不同数值：")
    assert {"300公顷" in above, "450公顷" in above} == {True, False}
    assert "450公顷" in below or "300公顷" in below
    assert "征求意见稿" in answer.text
    assert sources(answer) == {"a.txt", "b.txt"}
    assert proven(answer, library)


def test_what_agrees_is_not_told_twice(library_of: Filled) -> None:
    library = library_of({"a.txt": PLAN.format(300), "b.txt": PLAN.format(300).replace("渔业", "海洋")})
    assert "另有不同数值" not in asker(library)(ASKED).text


def test_another_figure_of_the_same_documents_is_no_dispute(library_of: Filled) -> None:
    other = PLAN.replace("海水养殖面积", "海水养殖产量").replace("公顷", "吨")
    library = library_of({"a.txt": PLAN.format(300), "b.txt": other.format(9)})
    assert "另有不同数值" not in asker(library)(ASKED).text


def test_a_document_outside_the_scope_contradicts_nothing(library_of: Filled) -> None:
    library = library_of({"a.txt": PLAN.format(300), "b.txt": PLAN.format(450).replace("渔业", "海洋")})
    answer = asker(library)(ASKED, scope=Scope(documents=("a.txt",)))
    assert sources(answer) == {"a.txt"}
    assert "另有不同数值" not in answer.text
