"""The weight of vector search: found on questions with known evidence, kept with the library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.evaluation.calibration import calibrate
from assistant.evaluation.questions import GoldenQuestion
from ingest.pipeline import parse
from tests.assistant.asking import Run, question_file
from tests.openai_server import OpenAIServer
from vectorstore.errors import EmbeddingError
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild, reembed, weigh_vectors
from vectorstore.settings import LibrarySettings

TEXT = """青屿市民生实事清单

一、出行

新增公共自行车停放点120处。

二、出行补充

骑行驿站按规定开放。
"""
QUESTION = GoldenQuestion("1", "骑行驿站的单车放在哪儿？", evidence=("新增公共自行车停放点120处",))


@pytest.fixture
def remote(tmp_path: Path, openai_server: OpenAIServer) -> LibrarySettings:
    """Settings of a library whose embedding hears that a bicycle is one by any name."""
    openai_server.embed = lambda text: [1.0, 0.0] if "停放点" in text or "单车" in text else [0.0, 1.0]
    settings = LibrarySettings(
        policy_data_dir=tmp_path, policy_embedding_model="test-embedding", openai_base_url=openai_server.url
    )
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parse(TEXT.encode(), "list.txt"))
    return settings


def weight_of(settings: LibrarySettings) -> float:
    with PolicyLibrary.open(settings) as library:
        return library.vector_weight


def test_an_embedding_that_hears_more_than_words_earns_weight(remote: LibrarySettings) -> None:
    with PolicyLibrary.open(remote) as library:
        found = calibrate(library, [QUESTION])
    assert found.questions == 1
    assert found.figures[found.best] > found.figures[0.0]


def test_questions_that_vectors_do_not_move_speak_against_none(example_library: PolicyLibrary) -> None:
    question = GoldenQuestion(
        "1", "海岬高新区2030年地区生产总值目标是多少？", evidence=("地区生产总值达到980亿元",)
    )
    found = calibrate(example_library, [question])
    assert set(found.figures.values()) == {found.figures[0.0]}
    assert found.best == 1.0


def test_an_embedding_that_misleads_earns_less(remote: LibrarySettings, openai_server: OpenAIServer) -> None:
    openai_server.embed = lambda text: [1.0, 0.0] if "补充" in text or "单车" in text else [0.0, 1.0]
    other = remote.model_copy(update={"policy_embedding_model": "misleading-embedding"})
    reembed(other)
    asked = GoldenQuestion("1", "出行用的单车搁在几处", evidence=QUESTION.evidence)
    with PolicyLibrary.open(other) as library:
        found = calibrate(library, [asked])
    assert found.figures[found.best] == found.figures[0.0] > found.figures[1.0]
    assert found.best < 1.0


def test_the_weight_is_kept_with_the_library_until_its_model_changes(remote: LibrarySettings) -> None:
    with PolicyLibrary.open(remote) as library:
        weigh_vectors(remote, 0.3)
        assert library.vector_weight == 0.3, "an open reader sees it too"
    rebuild(remote)
    assert weight_of(remote) == 0.3
    other = remote.model_copy(update={"policy_embedding_model": "another-embedding"})
    reembed(other)
    assert weight_of(other) == 1.0


def test_an_endpoint_that_fails_is_an_error_and_no_result(
    remote: LibrarySettings, openai_server: OpenAIServer
) -> None:
    openai_server.key = "another"
    with PolicyLibrary.open(remote) as library, pytest.raises(EmbeddingError, match="OPENAI_API_KEY"):
        calibrate(library, [QUESTION])


def test_the_command_finds_records_and_tells_the_weight(
    remote: LibrarySettings, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("POLICY_DATA_DIR", str(remote.policy_data_dir))
    monkeypatch.setenv("POLICY_EMBEDDING_MODEL", "test-embedding")
    monkeypatch.setenv("OPENAI_BASE_URL", remote.openai_base_url)
    line = {
        "id": "1",
        "question": QUESTION.text,
        "answerable": True,
        "evidence": [{"text": QUESTION.evidence[0]}],
    }
    file = question_file(tmp_path, line)
    code, out, _ = run("evaluate", "--calibrate", file, "--json")
    assert code == 0
    assert json.loads(out)["weight"] == weight_of(remote) > 0
    assert "权重" in run("evaluate", "--calibrate", file)[1]


def test_questions_without_evidence_calibrate_nothing(run: Run, tmp_path: Path) -> None:
    file = question_file(tmp_path, {"id": "1", "question": "问", "answerable": False})
    code, out, err = run("evaluate", "--calibrate", file)
    assert (code, out) == (2, "")
    assert "evidence" in err
