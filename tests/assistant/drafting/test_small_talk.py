"""What is no question to the documents is answered as such, and a question to them never is."""

from __future__ import annotations

import pytest

from assistant.types import Certainty
from tests.assistant.asking import Ask, Filled, asker

TEXT = "甲川市渔港管理办法\n\n第一条 渔港每月清淤一次。\n\n第二条 渔港管理处发布天气预警。\n"


@pytest.fixture
def ask(library_of: Filled) -> Ask:
    return asker(library_of({"a.txt": TEXT}))


@pytest.mark.parametrize("question", ["你好", "您好！", "你能做什么？", "你是谁", "谢谢"])
def test_it_says_what_it_is(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "政策文件问答助手" in answer.text
    assert answer.certainty is Certainty.SURE
    assert not answer.citations


def test_it_says_what_the_library_holds(ask: Ask) -> None:
    assert ask("资料库里有哪些文件？").text == "资料库中现有文件1份：\n《甲川市渔港管理办法》"


def test_what_lies_outside_the_documents_is_refused_as_such(ask: Ask) -> None:
    answer = ask("今天天气怎么样？")
    assert answer.refused
    assert "范围" in answer.text


@pytest.mark.parametrize("question", ["渔港管理处发布什么预警？", "渔港多久清淤一次？"])
def test_a_question_to_the_documents_is_answered_from_them(ask: Ask, question: str) -> None:
    assert ask(question).citations


def test_a_question_in_english_is_refused_in_english_and_takes_nothing_from_before(ask: Ask) -> None:
    answer = ask("What is the subsidy for harbours?")
    assert answer.refused
    assert answer.text.startswith("The documents hold no answer")
    assert answer.query == "What is the subsidy for harbours?"
