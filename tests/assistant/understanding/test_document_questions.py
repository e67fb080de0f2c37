"""What is asked of a document itself is told from what is asked of its content."""

from __future__ import annotations

import pytest

from assistant.understanding.document_questions import WHICH, asks_of_documents, asks_origin
from vectorstore.segmentation import fold


@pytest.mark.parametrize(
    "question",
    [
        "甲川市渔业规划正式出台了吗？",
        "渔港管理办法有没有正式印发？",
        "《从渔村到海港》能当政策依据吗？",
        "这份规划还能引用吗？",
        "渔港管理办法的文号是什么？",
        "渔港管理办法什么时候开始施行？",
        "渔港管理办法啥时候生效？",
        "渔港管理办法管到什么时候？",
        "若干措施的有效期到什么时候？",
        "渔港管理办法什么时候到期？",
    ],
)
def test_a_question_about_a_document_is_known_in_free_wording(question: str) -> None:
    assert asks_of_documents(fold(question))


@pytest.mark.parametrize(
    "question",
    [
        "专项资金能用于哪些支出，办法怎么规定？",
        "建立有效机制的措施有哪些？",
        "规划里渔港3号线什么时候实施？",
        "甲川市的药品批准文号有多少个？",
        "规划征求意见的截止日期是哪天？",
        "捕捞许可证什么时候到期？",
        "办法规定奖励资金的分配以什么为依据？",
    ],
)
def test_a_question_about_the_content_is_none(question: str) -> None:
    assert not asks_of_documents(fold(question))


@pytest.mark.parametrize(
    "question", ["哪些文件过期了？", "库里哪些是新闻", "现在有哪些现行的规划？", "哪几份是草案"]
)
def test_which_documents_stand_is_asked_of_all_of_them(question: str) -> None:
    assert WHICH.search(fold(question))


@pytest.mark.parametrize("question", ["甲川市有哪些有效措施？", "哪些现行政策支持渔业企业？"])
def test_what_is_valid_but_no_document_is_asked_of_the_content(question: str) -> None:
    assert not WHICH.search(fold(question))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("临澜市这份规划由谁发布？", True),
        ("临澜市的规划是什么时候发布的？", True),
        ("台风预警由谁发布？", False),
        ("临澜市这份规划是谁编的？", True),
        ("这份规划里护理费用谁出？", False),
        ("临澜市有哪些规划？", False),
    ],
)
def test_an_origin_is_asked_of_documents_alone(question: str, asked: bool) -> None:
    assert asks_origin(fold(question)) is asked
