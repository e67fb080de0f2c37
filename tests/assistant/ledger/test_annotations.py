"""Pieces of a text are told apart by what they were understood as, each where it stands."""

from __future__ import annotations

import pytest

from assistant.ledger.annotations import annotated
from tests.assistant.asking import Filled
from vectorstore.library import PolicyLibrary

TEXT = """云泽市海洋产业扶持办法

云泽政规〔2026〕3号

根据《云泽市海洋经济规划》，制定本办法。
第一条 2025年，全市海洋经济总产值达到400亿元。
第二条 对首次通过认定的高新技术企业，给予20万元一次性奖励。
第三条 编制海域使用方案（市海洋局牵头，市财政局配合）。
第四条 本办法自2026年4月1日起施行。
"""


@pytest.fixture
def library(library_of: Filled) -> PolicyLibrary:
    return library_of({"办法.txt": TEXT})


def test_figures_sums_bodies_and_documents_are_told_in_the_order_of_the_text(library: PolicyLibrary) -> None:
    (document,) = library.documents()
    text = library.text(document.id)
    found = {
        text[one.start : one.end]: one.kind.value
        for one in annotated(library.ledger, document.id, text, 0, len(text))
    }
    expected = {
        "云泽市海洋经济规划": "reference",
        "400亿元": "indicator",
        "20万元": "measure",
        "市海洋局": "task",
        "市财政局": "task",
    }
    assert expected.items() <= found.items()
    assert list(found)[: len(expected)] == list(expected)


def test_only_what_stands_in_the_piece_is_told_and_nothing_twice(library: PolicyLibrary) -> None:
    (document,) = library.documents()
    text = library.text(document.id)
    start = text.index("第二条")
    found = annotated(library.ledger, document.id, text, start, text.index("第三条"))
    assert [text[one.start : one.end] for one in found] == ["20万元"]
    assert (found[0].told, "高新技术企业" in found[0].also) == ("20万元", True)
