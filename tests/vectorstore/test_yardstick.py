"""What vectors are measured by: a scale that all embeddings share, and whether they say anything."""

from __future__ import annotations

import numpy as np
import pytest

from vectorstore.hashing import Vectors, hashed_vectors
from vectorstore.sampling import sampled
from vectorstore.types import PassageHit
from vectorstore.yardstick import Yardstick, unit

SUBJECTS = ("渔港", "茶园", "驿道", "水库", "学堂", "药圃", "集市", "林场", "盐田", "灯塔", "窑厂", "渡口")
SAYINGS = ("每年春季修缮一次。", "由所在乡镇负责看护。", "须在入冬以前完成登记。", "费用列入年度预算。")


@pytest.fixture
def texts() -> dict[str, str]:
    """Passages of a made-up library: each document tells of one thing that it names in one passage alone."""
    return {
        f"{number:02d}:{ordinal:05d}": f"{subject if not ordinal else '其'}{saying}"
        for number, subject in enumerate(SUBJECTS)
        for ordinal, saying in enumerate(SAYINGS)
    }


def measured(vectors: Vectors, texts: dict[str, str]) -> Yardstick:
    counts = dict.fromkeys(sorted({key[:2] for key in texts}), len(SAYINGS))
    followers = {one: other for one, other in sampled(counts).items() if other}
    return Yardstick(dict(zip(texts, vectors, strict=True)), texts, followers, len(texts))


def understood(texts: dict[str, str], offset: float = 0.0) -> Vectors:
    """Vectors that know which document a passage is of, whatever its words are."""
    chance = np.random.default_rng(5)
    subjects = {key[:2]: chance.normal(size=64) for key in texts}
    rows = [subjects[key[:2]] + 0.3 * chance.normal(size=64) for key in texts]
    return unit(np.asarray(rows, dtype=np.float32)) + np.float32(offset)


def test_a_sample_comes_from_all_over_the_library() -> None:
    chosen = sampled({"a": 3, "b": 0, "c": 2000, "d": 1})
    assert chosen["a:00000"] == "a:00001"
    assert {key[0] for key in chosen} >= {"a", "c"}
    assert len(chosen) <= 250
    assert all(int(other[2:]) == int(one[2:]) + 1 for one, other in chosen.items() if other)
    assert sampled({"a": 2}) == {"a:00000": "a:00001", "a:00001": ""}
    assert sampled({}) == {}


def test_an_embedding_that_tells_what_words_do_not_is_trusted(texts: dict[str, str]) -> None:
    assert measured(understood(texts), texts).trust == 1.0


def test_vectors_made_of_the_very_words_say_nothing_more(texts: dict[str, str]) -> None:
    assert measured(hashed_vectors(list(texts.values())), texts).trust == 0.0


def test_vectors_without_meaning_are_not_trusted(texts: dict[str, str]) -> None:
    chance = np.random.default_rng(3).normal(size=(len(texts), 64)).astype(np.float32)
    assert measured(chance, texts).trust == 0.0


def test_vectors_that_tell_less_than_words_are_known_to_mislead(texts: dict[str, str]) -> None:
    chance = np.random.default_rng(7).normal(size=(len(texts), 64)).astype(np.float32)
    # So that words tell which document a passage is of.
    told = {key: f"{SUBJECTS[int(key[:2])]}的事{text}" for key, text in texts.items()}
    assert measured(chance, told).misleading
    assert not measured(hashed_vectors(list(told.values())), told).misleading
    assert not measured(understood(told), told).misleading


def test_too_few_passages_speak_against_no_embedding() -> None:
    few = {"a:00000": "甲", "a:00001": "乙"}
    vectors = dict(zip(few, np.eye(2, dtype=np.float32), strict=True))
    assert Yardstick(vectors, few, {"a:00000": "a:00001"}, 2).trust == 1.0


def test_similarities_do_not_depend_on_where_an_embedding_has_its_cosines(texts: dict[str, str]) -> None:
    found = []
    for offset in (0.0, 0.4):
        vectors = understood(texts, offset)
        rows = dict(zip(texts, unit(vectors), strict=True))
        question = unit(vectors[0])
        cosines = {key: float(row @ question) for key, row in rows.items()}
        nearest = [PassageHit(key, key[:2], cosines[key]) for key in list(texts)[1:4]]
        nearest.sort(key=lambda hit: -hit.score)
        others = {key: rows[key] for key in list(texts)[4:]}
        found.append(measured(vectors, texts).similarities(question, nearest, others))
    plain, shifted = found
    assert min(hit.score for hit in found[1].nearest) > 0.5 > max(shifted.others.values())
    for one in found:
        assert one.nearest[0].score == pytest.approx(1)
        assert one.standout == pytest.approx(plain.standout, rel=0.2)
        assert one.standout is not None
        assert one.standout > 1
        assert np.median(list(one.others.values())) == pytest.approx(0, abs=0.25)
    assert plain.scores.keys() == shifted.scores.keys() == texts.keys() - {"00:00000"}
