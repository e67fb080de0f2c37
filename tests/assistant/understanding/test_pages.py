"""Questions that a page of its own answers better are led there; all others are not."""

from __future__ import annotations

import pytest

from assistant.understanding.pages import BetterPage, better_pages


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("《企业培育办法》2024年版和2026年版有哪些不同？", BetterPage.COMPARISON),
        ("新修訂的辦法改了什麼", BetterPage.COMPARISON),
        ("我是一家海洋装备企业，能申请哪些补贴？", BetterPage.MATCHING),
        ("年营收3000万元的企业符合哪些扶持政策", BetterPage.MATCHING),
        ("列出所有文件的申报截止日期", BetterPage.DEADLINES),
        ("哪份文件废止了云政规〔2024〕3号？", BetterPage.RELATIONS),
    ],
)
def test_a_question_for_a_page_is_led_there(question: str, page: BetterPage) -> None:
    assert better_pages(question) == (page,)


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
    assert better_pages(question) == ()
