"""Versions of one document are held against each other, the oldest first."""

from __future__ import annotations

import pytest

from tests.assistant.asking import Ask, Filled, asker, proven
from vectorstore.library import PolicyLibrary


@pytest.mark.parametrize(
    "question",
    [
        "高新技术企业培育扶持办法2024年版和2026年修订版对首次认定的奖励有什么不同？",
        "临澜市高新技术企业培育扶持办法修订前后，首次认定奖励各是多少？",
        "临澜市高新技术企业培育扶持办法修订前，首次认定奖励是多少？",
    ],
)
def test_each_version_has_its_row_with_year_and_standing(
    ask: Ask, example_library: PolicyLibrary, question: str
) -> None:
    answer = ask(question)
    older, newer = answer.text.splitlines()[2:4]
    assert "二〇二四年，已废止" in older
    assert "20万元" in older
    assert "二〇二六年，现行有效" in newer
    assert "30万元" in newer
    assert proven(answer, example_library)


def test_a_document_with_one_version_is_answered_as_any_other(library_of: Filled) -> None:
    plan = "甲川市海洋牧场管理办法\n\n第一条 新建海洋牧场的，给予30万元一次性奖励。\n"
    answer = asker(library_of({"a.txt": plan}))("海洋牧场管理办法修订前后，新建海洋牧场奖励各是多少？")
    assert "30万元" in answer.text
    assert "|" not in answer.text
