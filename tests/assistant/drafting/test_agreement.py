"""Where documents give different figures, each is shown as its own, and nothing is averaged."""

from __future__ import annotations

import pytest

from tests.assistant.asking import Filled, asker, proven, sources

PLAN = "甲川市海洋产业发展规划\n\n一、基础\n\n甲川市已建成海洋牧场12个，渔港7座。\n"
NEWS = "海上粮仓\n\n文/林海\n\n如今，甲川市建成的海洋牧场有15个，渔港7座，游客渐多。\n"
OTHER = "乙原市海洋产业发展规划\n\n一、基础\n\n乙原市已建成海洋牧场40个。\n"


@pytest.mark.parametrize(
    "question",
    [
        "甲川市海洋牧场的数量，几份资料说法一致吗？",
        "关于甲川市的海洋牧场数量，各资料的数字是否一样？",
        "甲川市海洋牧场数量的数字在不同资料中有没有矛盾？",
    ],
)
def test_each_document_has_a_row_for_its_figure(library_of: Filled, question: str) -> None:
    library = library_of({"a.txt": PLAN, "b.txt": NEWS, "c.txt": OTHER})
    answer = asker(library)(question)
    assert "海洋牧场12个" in answer.text
    assert "15个" in answer.text
    assert "40个" not in answer.text
    assert sources(answer) == {"a.txt", "b.txt"}
    assert "所载数字不同" in answer.text
    assert proven(answer, library)


def test_figures_that_are_the_same_are_not_called_different(library_of: Filled) -> None:
    answer = asker(library_of({"a.txt": PLAN, "b.txt": NEWS}))("甲川市渔港的数量，几份资料说法一致吗？")
    assert "所载数字不同" not in answer.text
    assert sources(answer) == {"a.txt", "b.txt"}
