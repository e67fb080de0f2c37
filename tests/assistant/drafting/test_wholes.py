"""The whole that follows from a part and its share is worked out, with the proof of both."""

from __future__ import annotations

import pytest

from tests.assistant.asking import MARK, Filled, asker, proven

REPORT = """云泽市渔港区海洋产业报告

一、基础

2025年末，渔港区海洋产业规模达到360亿元，约占全市的45%。2025年，渔港区水产品加工产值达到90亿元，占云泽市农业总产值的12%。
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("按渔港区2025年的规模和占比推算，云泽全市海洋产业规模大约多少？", "由此推算全市约800亿元"),
        ("按资料给出的占比推算，2025年云泽市农业总产值大约多少亿元？", "由此推算云泽市农业总产值约750亿元"),
    ],
)
def test_a_whole_is_worked_out_from_a_part_and_its_share(
    library_of: Filled, question: str, told: str
) -> None:
    library = library_of({"报告.txt": REPORT})
    answer = asker(library)(question)
    assert told in MARK.sub("", answer.text)
    assert (answer.certainty, proven(answer, library)) == ("sure", True)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("渔港区2025年海洋产业规模是多少？", "360亿元"),
        ("渔港区2025年海洋产业规模有多少，占全市多大比重？", "45%"),
    ],
)
def test_a_part_or_a_share_that_is_asked_for_is_told_as_it_stands(
    library_of: Filled, question: str, told: str
) -> None:
    answer = asker(library_of({"报告.txt": REPORT}))(question)
    assert told in answer.text
    assert "推算" not in answer.text
