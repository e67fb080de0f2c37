"""Of the sentences of a passage, the one that answers is worth most."""

from __future__ import annotations

import pytest

from assistant.choosing.scoring import ScoredSentence, score_sentences
from assistant.choosing.sentences import split_sentences
from assistant.question import understand
from assistant.retriever import find, term_weights
from tests.assistant.asking import Filled
from vectorstore.library import PolicyLibrary

PLAN = """甲川市海洋牧场发展规划

（2026—2030年）

一、发展基础

海洋牧场是甲川市的特色产业。2025年，全市海洋牧场面积为120公顷，投放人工鱼礁4.5万空方。海洋牧场的发展仍面临资金不足的问题。

二、发展目标

到2030年，全市海洋牧场面积达到300公顷，投放人工鱼礁9万空方。

三、“一带三湾”布局

建设“一带三湾”海洋牧场格局，推动渔旅融合。

图1 甲川市海洋牧场面积分布图
"""


@pytest.fixture
def library(library_of: Filled) -> PolicyLibrary:
    return library_of({"plan.txt": PLAN})


def scored(library: PolicyLibrary, text: str) -> list[ScoredSentence]:
    question = understand(text)
    hits = find(library, question, 10)
    return score_sentences(
        question, [(hit, split_sentences(hit.passage)) for hit in hits], term_weights(library, question)
    )


def best(library: PolicyLibrary, text: str) -> str:
    return max(scored(library, text), key=lambda item: item.score).sentence.text


def test_sentences_are_scored_once_in_the_order_given(library: PolicyLibrary) -> None:
    question = understand("海洋牧场面积")
    hits = find(library, question, 10)
    given = [sentence for hit in hits for sentence in split_sentences(hit.passage)]
    places = [given.index(item.sentence) for item in scored(library, "海洋牧场面积")]
    assert places == sorted(set(places))
    assert len(places) > 4


@pytest.mark.parametrize("furniture", ["图1", "（2026—2030年）"])
def test_captions_and_bare_years_are_no_candidates(library: PolicyLibrary, furniture: str) -> None:
    assert not [
        item for item in scored(library, "海洋牧场面积分布如何？") if item.sentence.text.startswith(furniture)
    ]


def test_the_year_asked_decides_between_two_figures(library: PolicyLibrary) -> None:
    assert "300公顷" in best(library, "2030年海洋牧场面积是多少？")
    assert "120公顷" in best(library, "2025年海洋牧场面积是多少？")


def test_a_number_is_wanted_where_a_number_is_asked(library: PolicyLibrary) -> None:
    assert "空方" in best(library, "投放人工鱼礁多少？")


def test_a_quoted_term_leads_to_the_sentence_that_holds_it(library: PolicyLibrary) -> None:
    assert "“一带三湾”" in best(library, "“一带三湾”怎么布局？")


def test_what_a_sentence_covers_is_part_of_the_question(library: PolicyLibrary) -> None:
    question = understand("海洋牧场面积是多少？")
    weights = term_weights(library, question)
    for item in scored(library, question.text):
        assert item.covered <= weights.keys()
        assert 0.0 <= item.subject <= 1.0


def test_nothing_found_is_nothing_scored(library: PolicyLibrary) -> None:
    assert score_sentences(understand("海洋牧场"), [], {}) == []
