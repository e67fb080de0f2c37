"""How near in meaning sentences are to a question that uses other words."""

from __future__ import annotations

import numpy as np

from assistant.selecting.meaning import meaning_of
from tests.assistant.selecting.test_passage_sentences import passage_of

PASSAGES = tuple(map(passage_of, ("携犬出户未束牵引带的，处二百元以上罚款。", "全市新建公园三处。", "——")))


def test_a_sentence_in_other_words_comes_near_to_a_question() -> None:
    meaning = meaning_of(["遛狗", "处罚"], {"遛狗": 1.0, "处罚": 3.0}, PASSAGES)
    told = meaning.near @ meaning.weights
    assert told[0] > 0.5 > told[1] >= told[2] == 0
    assert np.argmax(meaning.like) == 0


def test_the_word_itself_is_nearest_and_weights_sum_to_one() -> None:
    meaning = meaning_of(["新建", "公园"], {"新建": 1.0, "公园": 1.0}, PASSAGES)
    assert meaning.near[1].tolist() == [1, 1]
    assert meaning.weights.sum() == 1


def test_what_stands_above_a_unit_tells_too() -> None:
    meaning = meaning_of(["养犬", "罚款"], {"养犬": 1.0, "罚款": 1.0}, PASSAGES)
    told = meaning.coverage(slice(0, 1), head="云栖市养犬办法")
    assert told.tolist() == [1, 1]


def test_a_question_without_words_means_nothing() -> None:
    meaning = meaning_of([], {}, PASSAGES)
    assert meaning.near.shape == (3, 0)
    assert not meaning.like.any()
