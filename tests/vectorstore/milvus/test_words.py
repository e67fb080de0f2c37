"""Words as sparse vectors: their product is BM25."""

from __future__ import annotations

from math import log

import pytest

from vectorstore.milvus.words import Counted, counted, number_of, weighed, weighed_again
from vectorstore.rarity import inverse_frequency


def test_the_product_of_a_text_and_a_query_is_bm25() -> None:
    text = Counted("1:0", "1", counted(["资金 奖励 资金", "办法"]))
    weights = weighed(text, 8.0)
    found = inverse_frequency(3, 10) * weights[number_of("资金")]
    expected = log(1 + 7.5 / 3.5) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 8.0))
    assert found == pytest.approx(expected)


def test_words_weighed_again_weigh_as_if_they_had_always_been() -> None:
    text = Counted("1:0", "1", {1: 1, 2: 7, 3: 900})
    stored = {number: round(weight, 6) for number, weight in weighed(text, 40.0).items()}
    assert weighed_again(stored, text.length, 40.0, 95.5) == pytest.approx(weighed(text, 95.5))


def test_a_text_without_words_weighs_nothing() -> None:
    assert weighed(Counted("1:0", "1", counted(["", " "])), 1.0) == {}


def test_words_of_any_characters_have_a_place_of_their_own() -> None:
    numbers = {number_of(word) for word in ("资金", "奖励", "𬭎", "\ud800", "a")}
    assert len(numbers) == 5
    assert all(0 <= number < 2**32 - 1 for number in numbers)
