"""Keywords and vectors in one ranking: the question decides, an embedding that says nothing adds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.fusion.vector_share import FUSION_FEATURES, fitted_share, most_held
from assistant.question import understand
from assistant.retriever import find
from assistant.types import Hit
from ingest.pipeline import parse
from tests.openai_server import OpenAIServer
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

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


def test_the_built_in_embedding_takes_the_last_places_alone(example_library: PolicyLibrary) -> None:
    question = "海岬高新区2030年地区生产总值目标是多少？"
    fused, plain = found(example_library, question), found(example_library, question, weight=0.0)
    assert [hit.passage.id for hit in fused][:7] == [hit.passage.id for hit in plain][:7]
    assert len(fused) == len(plain) == 10
    standing = [hit.standout for hit in fused if hit.standout is not None]
    assert len(standing) == 10
    assert 0.5 < max(standing) < 3
    assert all(hit.standout is None for hit in plain)


def test_the_built_in_embedding_finds_what_is_said_in_other_words(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(parse(TEXT.encode(), "list.txt"))
        assert any("自行车" in hit.passage.text for hit in found(library, SAID_OTHERWISE))
        assert not any("自行车" in hit.passage.text for hit in found(library, SAID_OTHERWISE, weight=0.0))


def test_the_share_grows_as_the_first_passages_lack_the_question_s_words() -> None:
    features = dict.fromkeys(FUSION_FEATURES, 0.5) | {"about_documents": 0.0}
    shares = [fitted_share().of([*(features | {"held": held}).values()]) for held in (0.05, 0.3, 0.9)]
    assert fitted_share().model.names == FUSION_FEATURES
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.5
    assert shares[-1] == 0


def test_words_count_by_their_weight_wherever_they_stand_in_one_passage() -> None:
    weights = {"驿站": 3.0, "饮水": 1.0}
    assert most_held(weights, ["骑行驿站\n\n夏季开放", "饮水"]) == 0.75
    assert most_held(weights, []) == 0.0
    assert most_held({}, ["驿站"]) == 0.0
