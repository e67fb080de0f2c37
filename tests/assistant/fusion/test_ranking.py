"""Keywords, vectors and what passages say in one ranking: an embedding that says nothing adds nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.fusion.ranking import RANKING_FEATURES, Candidates, fitted_weights, fuse
from assistant.question import understand
from assistant.retriever import find
from assistant.types import Hit
from ingest.pipeline import parse
from tests.openai_server import OpenAIServer
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.similarity import Similarities
from vectorstore.types import PassageHit

TEXT = """青石市便民服务清单

一、代步工具

公共自行车停放点新增一百二十处。

二、骑行驿站

驿站按规定开放，夏季提供饮水。

三、图书阅览

图书馆周末延长开放。
"""
SAID_OTHERWISE = "两个轮子的共享单车搁哪儿"
IN_ITS_WORDS = "骑行驿站夏季提供什么"


@pytest.fixture
def library(tmp_path: Path, openai_server: OpenAIServer) -> PolicyLibrary:
    """A library whose embedding hears that a bicycle is one by any name; its cosines lie close together."""
    openai_server.embed = lambda text: (
        [1.0, 0.2, 0.0] if "自行车" in text or "单车" in text else [1.0, 0, 0.2]
    )
    settings = LibrarySettings(
        policy_data_dir=tmp_path, policy_embedding_model="test-embedding", openai_base_url=openai_server.url
    )
    opened = PolicyLibrary.open(settings)
    with opened.write() as writer:
        writer.put(parse(TEXT.encode(), "list.txt"))
    return opened


def found(library: PolicyLibrary, text: str, weight: float | None = None) -> list[Hit]:
    return find(library, understand(text), 10, weight=weight)


def test_a_question_in_other_words_is_answered_by_vectors(library: PolicyLibrary) -> None:
    with library:
        first = found(library, SAID_OTHERWISE)[0]
        assert "自行车" in first.passage.text
        assert first.similarity == pytest.approx(1)
        assert first.standout is None, "of three passages nothing is usual"


def test_a_question_in_the_documents_words_keeps_the_order_of_keywords(library: PolicyLibrary) -> None:
    with library:
        fused, plain = found(library, IN_ITS_WORDS), found(library, IN_ITS_WORDS, weight=0.0)
        assert [hit.passage.id for hit in fused][: len(plain)] == [hit.passage.id for hit in plain]
        assert all(hit.similarity is not None for hit in fused)
        assert all(hit.similarity is None for hit in plain)


def test_the_built_in_vectors_bring_candidates_and_no_score(example_library: PolicyLibrary) -> None:
    question = "海岬高新区2030年地区生产总值目标是多少？"
    fused, plain = found(example_library, question), found(example_library, question, weight=0.0)
    assert [hit.score for hit in fused[:3]] == [hit.score for hit in plain[:3]]
    standing = [hit.standout for hit in fused if hit.standout is not None]
    assert len(standing) == len(fused) == 10
    assert 0.5 < max(standing) < 3
    assert all(hit.standout is None for hit in plain)


def test_the_built_in_embedding_finds_what_is_said_in_other_words(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(parse(TEXT.encode(), "list.txt"))
        assert any("自行车" in hit.passage.text for hit in found(library, SAID_OTHERWISE))
        assert not any("自行车" in hit.passage.text for hit in found(library, SAID_OTHERWISE, weight=0.0))


def test_every_feature_has_a_weight_and_none_speaks_against_a_passage() -> None:
    assert fitted_weights().shape == (len(RANKING_FEATURES),)
    assert (fitted_weights() >= 0).all()


def test_what_was_not_read_comes_after_all_that_was() -> None:
    features = np.array([[1.0, 0, 0.2, 0.1, 0.1, 0], [0.2, 0, 0.9, 0.9, 0.9, 0]])
    given = Candidates(("a:00000", "b:00000"), features, {"c:00000": 0.1, "d:00000": 0.9}, Similarities())
    scores = given.fused(np.array([0.2, 0.0, 0.4, 0.2, 0.2, 0.3]))
    assert list(scores) == ["b:00000", "a:00000", "d:00000", "c:00000"]
    assert scores["d:00000"] <= scores["a:00000"]
    unread = Candidates((), np.zeros((0, 6)), {"c:00000": 0.1, "d:00000": 0.9}, Similarities())
    assert list(unread.fused(np.ones(6))) == ["d:00000", "c:00000"], "none of those found could be read"


def test_an_embedding_that_says_nothing_beyond_words_changes_no_score() -> None:
    similar = Similarities(trust=0.0)
    features = np.array([[1.0, 0.1, 0.2, 0.1, 0.1, 0], [0.9, 1.0, 0.2, 0.1, 0.1, 0]])
    given = Candidates(("a:00000", "b:00000"), features, {}, similar)
    assert list(fuse(given, 1.0).scores) == ["a:00000", "b:00000"]
    assert list(fuse(replace(given, similar=replace(similar, trust=1.0)), 1.0).scores) == [
        "b:00000",
        "a:00000",
    ]


def test_the_tenth_place_belongs_to_the_nearest_of_those_that_words_leave_behind() -> None:
    ids = tuple(f"{one}:00000" for one in "abcdefghijkl")
    features = np.zeros((len(ids), len(RANKING_FEATURES)))
    features[:, RANKING_FEATURES.index("words")] = np.linspace(1, 0.1, len(ids))
    near = tuple(PassageHit(key, key[0], 0.5) for key in ("a:00000", "l:00000", "k:00000"))
    given = Candidates(ids, features, {}, Similarities(near, trust=1.0))
    ranked = fuse(given, 1.0).scores
    assert list(ranked) == [*ids[:9], ids[11], ids[9], ids[10]]
    assert list(ranked.values()) == sorted(ranked.values(), reverse=True)
    untrusted = replace(given, similar=replace(given.similar, trust=0.0))
    assert list(fuse(untrusted, 1.0).scores) == list(ids)
