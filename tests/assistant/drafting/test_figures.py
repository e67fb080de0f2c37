"""The ledger's figure of the very indicator, place and year is told by what proves it."""

from __future__ import annotations

import pytest

from tests.assistant.asking import Filled, asker, proven

PLAN = """云泽市渔业规划（2026—2030年）

一、基础

2025年，全市水产品加工业实现产值90亿元。

二、目标

到2030年，水产品加工产值达到150亿元，海水养殖产量达到64万吨。
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("云泽市2030年海水养殖产量是多少？", "64万吨"),
        ("云泽市2030年海水养殖产量目标数量是多少？", "64万吨"),
        ("2030年云泽市水产品加工产值目标是多少亿元？", "150亿元"),
    ],
)
def test_a_figure_is_told_by_the_words_that_prove_it(library_of: Filled, question: str, told: str) -> None:
    library = library_of({"规划.txt": PLAN})
    answer = asker(library)(question)
    assert told in answer.text.splitlines()[0]
    assert (answer.certainty, proven(answer, library)) == ("sure", True)


def test_an_aim_does_not_answer_what_was_reached(library_of: Filled) -> None:
    answer = asker(library_of({"规划.txt": PLAN}))("云泽市2030年水产品加工产值实际完成了多少亿元？")
    assert answer.certainty != "sure"
