"""The built-in embedding: words near in meaning are near, and an earlier one gives way to it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.vectorstore.samples import SENTENCES, parsed
from vectorstore.doctor import examine
from vectorstore.embeddings import BUILT_IN
from vectorstore.hashing import DIMENSION
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.word_vectors import (
    mean_vectors,
    packed,
    question_vector,
    text_vectors,
    word_nearness,
    word_similarity,
    word_vectors,
)


def test_words_of_one_meaning_are_nearer_than_others() -> None:
    similar = word_similarity(["罚款", "狗", "工资"], ["处罚", "犬", "薪酬"])
    assert np.argmax(similar, axis=1).tolist() == [0, 1, 2]
    assert similar.diagonal().min() > 0.6 > 0.3 > (similar - np.diag(similar.diagonal())).max()


def test_a_word_is_itself_and_an_unknown_one_near_to_none() -> None:
    similar = word_similarity(["云栖青石临澜", "补贴"], ["云栖青石临澜", "补贴", "补助"])
    assert similar[0].tolist() == [1, 0, 0]
    assert similar[1, 1] == 1


def test_an_unknown_word_is_the_words_it_consists_of() -> None:
    table = word_vectors()
    rows = table.known("青石市产业园区")
    known = {row: word for word, row in table.rows.items()}
    assert "".join(known[row] for row in rows) == "青石市产业园区"
    assert len(rows) > 1


def test_a_question_in_other_words_is_nearer_to_what_answers_it() -> None:
    asked, answer, other = text_vectors(["看病能报销多少钱", "医疗费用按比例补助", "河道整治工程招标"])
    assert asked @ answer > asked @ other + 0.2


def test_a_text_without_a_known_word_is_its_hashed_words() -> None:
    none, one, same, other = text_vectors(["，。", "harbour dues 9981", "dues of the harbour", "wind farms"])
    assert none.shape == (DIMENSION,)
    assert not none.any()
    assert one @ same > 0.3 > one @ other


def test_rare_words_tell_what_a_question_is_about() -> None:
    question, about = "养犬管理", text_vectors(["宠物狗"])[0]
    common = question_vector(question, {"养犬": 0.4, "管理": 2.0})
    rare = question_vector(question, {"养犬": 2.0, "管理": 0.4})
    assert rare @ about > common @ about + 0.05
    assert np.allclose(question_vector(question, {}), text_vectors([question])[0], atol=1e-6)


def test_words_of_unknown_meaning_can_be_left_out() -> None:
    bare, figure = mean_vectors([["补贴"], ["补贴", "8812"]], known_alone=True)
    assert np.allclose(bare, figure)
    assert not np.allclose(bare, mean_vectors([["补贴", "8812"]])[0])


def test_nearness_leaves_out_what_any_two_words_have() -> None:
    assert word_nearness(["补贴"], ["补贴", "补助", "河道"])[0].tolist() == pytest.approx(
        [1, 0.47, 0], abs=0.1
    )


def test_a_question_of_no_known_word_is_near_to_nothing(settings: LibrarySettings) -> None:
    with PolicyLibrary.open(settings) as library:
        with library.write() as writer:
            writer.put(parsed("规划.txt"))
        assert library.similarities("drop table documents", 3).scores == {}
        assert library.similarities("有哪些规划", 3).scores


def test_packing_keeps_every_value() -> None:
    values = np.arange(-7, 8, dtype=np.int8).repeat(2)[np.newaxis, :]
    both = packed(values)
    assert ((both >> 4).astype(np.int8) - 8).tolist() == values[:, 0::2].tolist()
    assert ((both & 15).astype(np.int8) - 8).tolist() == values[:, 1::2].tolist()


def test_vectors_of_an_earlier_built_in_embedding_are_made_anew_at_the_next_write(
    settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.embeddings.BUILT_IN", "builtin-256-v1")
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    monkeypatch.setattr("vectorstore.embeddings.BUILT_IN", BUILT_IN)
    with PolicyLibrary.open(settings) as library:
        assert library.vector_weight == 0
        assert library.search_keywords(SENTENCES[0], 3)
        assert ["目前只按关键词查找" in each.problem for each in examine(settings).findings] == [True]
        with library.write():
            pass
        assert library.vector_weight > 0
        assert library.search_vectors(SENTENCES[0], 1)[0].score == pytest.approx(1, abs=0.4)
    assert not examine(settings).findings
