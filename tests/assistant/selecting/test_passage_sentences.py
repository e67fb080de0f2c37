"""A found passage is cut into sentences and words once."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.selecting.passage_sentences import PassageSentences, sentences_of
from vectorstore.types import Passage, PassageKind


def passage_of(text: str) -> PassageSentences:
    return sentences_of(Passage("d:00000", "d", 0, (), PassageKind.TEXT, text, None, 0, len(text)))


def test_sentences_stand_beside_their_words_and_vectors() -> None:
    first, second = "今年全市新建公園三處，面積共計四十公頃，由各區管理養護。", "圖書館週末延長開放。"
    read = passage_of(first + second)
    assert [sentence.text for sentence in read.sentences] == [first, second]
    assert read.folded == ("今年全市新建公园三处,面积共计四十公顷,由各区管理养护。", "图书馆周末延长开放。")
    assert "公园" in read.words[0]
    assert "图书馆" in read.words[1]
    assert read.all_words == frozenset(read.words[0]) | frozenset(read.words[1])
    assert np.linalg.norm(read.vectors, axis=1).tolist() == pytest.approx([1, 1])


def test_signs_alone_have_no_words_and_mean_nothing() -> None:
    read = passage_of("——")
    assert read.all_words == frozenset()
    assert not read.vectors.any()


def test_the_same_passage_is_read_once() -> None:
    assert passage_of("全市新建公园三处。") is passage_of("全市新建公园三处。")
