"""Questions that a page of its own answers better are led there; all others are not."""

from __future__ import annotations

import re

import pytest

from assistant.ui.ways import better_ways


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("《企业培育办法》2024年版和2026年版有哪些不同？", "compare"),
        ("新修訂的辦法改了什麼", "compare"),
        ("我是一家海洋装备企业，能申请哪些补贴？", "matching"),
        ("年营收3000万元的企业符合哪些扶持政策", "matching"),
        ("列出所有文件的申报截止日期", "ledger?kind=deadline"),
        ("哪份文件废止了云政规〔2024〕3号？", "relations"),
    ],
)
def test_a_question_for_a_page_is_led_there(question: str, page: str) -> None:
    assert re.findall('href="([^"]*)"', better_ways(question)) == [page]


@pytest.mark.parametrize(
    "question",
    [
        "首次通过认定的企业能得到多少奖励？",
        "申报材料有哪些？",
        "2024年和2026年的产值有什么变化？",
        "申报截止到什么时候？",
        "培育办法什么时候修订的？",
    ],
)
def test_a_question_for_a_document_is_led_nowhere(question: str) -> None:
    assert better_ways(question) == ""
