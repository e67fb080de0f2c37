"""Folding and cutting, the same for index and query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.segmentation import (
    everyday_words,
    fold,
    nouns,
    place_names,
    simplified,
    tokens,
    word_breaks,
    words,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＧＤＰ　达到１００亿元", "gdp达到100亿元"),
        ("產業發展規劃", "产业发展规划"),
        ("到 2030 年", "到2030年"),
        ("青岚\n产业 园", "青岚产业园"),
        ("open   source\nAI", "open source ai"),
        ("\x00零\u200b宽\ufeff", "零宽"),
        ("", ""),
    ],
)
def test_fold_takes_away_meaningless_differences(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="发展產業 2030,.%年a\nＢ", max_size=30))
def test_tokens_of_folded_text_are_the_tokens_of_the_text(text: str) -> None:
    assert tokens(fold(text)) == tokens(text)


def test_policy_terms_stay_whole_and_punctuation_is_dropped() -> None:
    assert words("支持“专精特新”企业，研发费用加计扣除。") == [
        "支持",
        "专精特新",
        "企业",
        "研发费用",
        "加计扣除",
    ]


def test_numbers_and_latin_words_stay_whole() -> None:
    found = words("GDP增长3.5%，5G基站1,200座")
    assert {"gdp", "3.5", "5g", "1200"} <= set(found)


def test_tokens_are_words_and_bigrams_of_han_runs_only() -> None:
    assert tokens("青岚市 AI") == [*words("青岚市 AI"), "青岚", "岚市"]


def test_blanks_between_digits_and_han_do_not_matter() -> None:
    assert tokens("规划到 2030 年末") == tokens("规划到2030年末")


def test_scripts_share_tokens() -> None:
    assert tokens("產業發展") == tokens("产业发展")


def test_places_of_the_dictionary_are_told_with_where_they_stand() -> None:
    assert place_names("江门和佛山的目标") == [(0, "江门"), (3, "佛山")]
    assert place_names("产业规模目标") == []


def test_a_name_cut_out_of_two_words_begins_at_no_break() -> None:
    text = "服务体系能省多少"
    assert text.index("系能省") not in word_breaks(text)
    assert {0, text.index("能"), len(text)} <= word_breaks(text)


def test_nouns_are_told_from_verbs_and_question_words() -> None:
    assert nouns("渔港数量的目标是多少") == ["渔港", "数量", "目标"]
    assert nouns("要达到多少") == []


def test_simplified_changes_nothing_but_the_script() -> None:
    assert simplified("R&D經費，占比？") == "R&D经费，占比？"


def test_names_are_no_everyday_words() -> None:
    assert everyday_words("望滩") == []
    assert everyday_words("循环经济") == ["循环", "经济"]
    assert everyday_words("生物医药") == ["生物医药"]


def test_a_name_in_no_dictionary_begins_and_ends_at_a_break() -> None:
    text = "2025年梧汀开发区的规模"
    assert {text.index("梧"), text.index("的")} <= word_breaks(text)
