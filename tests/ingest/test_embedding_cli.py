"""Ingesting with a model in the process: found at once, embedded in the background, gone on with later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli import main
from tests.onnx_models import embedding_folder

ROOT = Path(__file__).parents[2]
TEXT = "滨海栈道建设方案\n\n为方便群众出行，制定本方案。\n\n一、主要目标\n\n到2030年，建成滨海栈道48公里。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document, for a library of its own with a model in the process."""
    model = embedding_folder(tmp_path / "tiny-zh")
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("POLICY_EMBEDDING_MODEL", f"local:{model}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "plan.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "files"


def test_ingesting_says_how_long_vectors_take_and_leaves_them_to_the_background(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", str(folder), "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)
    assert "正在后台生成，需要约" in printed.err
    assert main(["search", "滨海栈道"]) == 0
    assert main(["embed"]) == 0
    assert "全部段落均已有向量" in capsys.readouterr().err
    assert main(["doctor", "--json"]) == 0
    health = json.loads(capsys.readouterr().out)
    assert (health["waiting"], health["findings"]) == (0, [])
    assert main(["ingest", str(folder)]) == 0
    assert "后台" not in capsys.readouterr().err


def test_doctor_says_how_many_passages_wait(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.embedding_cli.begin", lambda settings: False)
    assert main(["ingest", str(folder)]) == 0
    capsys.readouterr()
    assert main(["doctor"]) == 0
    assert "个段落还没有向量" in capsys.readouterr().out


def test_a_model_that_cannot_be_loaded_is_told_and_the_document_is_in(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.parent / "tiny-zh" / "model.onnx").write_bytes(b"no model")
    assert main(["ingest", str(folder)]) == 0
    assert "无法载入" in capsys.readouterr().err
    assert main(["search", "滨海栈道", "--json"]) == 0
    assert "48公里" in capsys.readouterr().out


def test_reembedding_tells_how_far_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as built_in:
        built_in.setenv("POLICY_EMBEDDING_MODEL", "")
        assert main(["ingest", str(folder)]) == 0
    capsys.readouterr()
    assert main(["reembed"]) == 0
    said = capsys.readouterr().err
    assert "生成向量 " in said
    assert "向量已全部更新" in said
