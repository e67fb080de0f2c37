"""Everyday words bring the words of official documents with them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from assistant.question import understand
from assistant.retriever import term_weights
from assistant.understanding.wording import official_wording
from tests.assistant.asking import Ask
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("小厂缺钱怎么办", "融资"),
        ("地铁修到哪了", "轨道交通"),
        ("老房子翻新", "改造"),
        ("帶孩子的地方", "托育"),
        ("遛狗不拴绳谁来管", "携犬"),
        ("老板拖欠工资找谁", "工资支付"),
    ],
)
def test_everyday_words_bring_official_ones(said: str, written: str) -> None:
    assert written in official_wording(fold(said)).split()


def test_official_words_bring_nothing() -> None:
    assert official_wording("建立湾长制三级管理体系") == ""


def test_every_line_of_the_list_says_something_and_names_what_is_written() -> None:
    lines = files("assistant.understanding").joinpath("wording.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(pairs) > 50
    for line in pairs:
        said, colon, written = line.partition(":")
        assert said.split()
        assert colon
        assert written.split()


@pytest.mark.parametrize(
    ("question", "held"),
    [
        pytest.param(
            "每千人口要有多少个托儿所的位子？",
            "5.0个",
            marks=pytest.mark.xfail(strict=True, reason="half in other words, it is taken for a near miss"),
        ),
        ("海岬病床每千人多少张", "7.0张"),
    ],
)
def test_an_official_asks_in_everyday_words(ask: Ask, question: str, held: str) -> None:
    answer = ask(question)
    assert not answer.refused
    assert held in answer.text


def test_an_everyday_word_weighs_less_than_another_of_its_rarity(example_library: PolicyLibrary) -> None:
    weights = term_weights(example_library, understand("缺钱的鹿屿企业"))
    assert weights["缺钱"] < example_library.rarity("缺钱")["缺钱"]
    assert weights["鹿屿"] == example_library.rarity("鹿屿")["鹿屿"]


def test_the_words_brought_do_not_run_into_each_other(example_library: PolicyLibrary) -> None:
    question = understand("小厂缺钱怎么办")
    assert "中小企业 小微企业" in question.wording
    assert "业小" not in term_weights(example_library, question)
