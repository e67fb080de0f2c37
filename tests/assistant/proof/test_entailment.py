"""A model that judges entailment: one witness more where it is configured, and nothing where it is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper

from assistant.grounding import parts_of
from assistant.models.checking import checks
from assistant.proof.entailment import configured
from assistant.proof.judgement import fitted
from assistant.proof.sources import source_of
from assistant.verification import hit_of
from tests import onnx_models
from vectorstore.errors import SettingsError

SOURCE = source_of(hit_of("云栖市支持企业建设中试基地，每个基地给予补助。青石市另行规定。"))
SAID = "云栖市鼓励企业建设中试基地。"


def nli_folder(folder: Path, labels: dict[str, str]) -> Path:
    """Write a model that takes a short sentence for entailed and a long one for contradicted."""
    onnx_models._tokenizer(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config | {"id2label": labels}), encoding="utf-8")
    nodes = [
        helper.make_node("Cast", ["token_type_ids"], ["kinds"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["kinds", "axis"], ["length"], keepdims=1),
        helper.make_node("Sub", ["length", "middle"], ["over"]),
        helper.make_node("Mul", ["over", "signs"], ["logits"]),
    ]
    constants = {
        "axis": np.array([1]),
        "middle": np.array([[20.0]], dtype=np.float32),
        "signs": np.array([[1.0, 0.0, -1.0]], dtype=np.float32),
    }
    output = helper.make_tensor_value_info("logits", TensorProto.FLOAT, [None, 3])
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    onnx_models._save(folder / "model.onnx", nodes, output, constants, inputs)
    return folder


LABELS = {"0": "CONTRADICTION", "1": "neutral", "2": "entailment"}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    configured.cache_clear()
    yield
    configured.cache_clear()


def use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_NLI_MODEL", f"local:{folder}")
    configured.cache_clear()


def test_its_judgement_is_one_feature_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (plain,) = (part.features for part in parts_of(SAID, [SOURCE]))
    assert not any(name.startswith("nli") for name in plain)
    use(nli_folder(tmp_path / "nli", LABELS), monkeypatch)
    (heard,) = (part.features for part in parts_of(SAID, [SOURCE]))
    assert heard["nli entailed"] > heard["nli against"]
    assert {name: value for name, value in heard.items() if not name.startswith("nli")} == plain
    assert fitted().doubt(heard) < fitted().doubt(plain)


def test_where_it_contradicts_the_doubt_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "云栖市鼓励企业建设中试基地，并对每个建成的基地按规定给予一定数额的补助。"
    (plain,) = (part.features for part in parts_of(long, [SOURCE]))
    use(nli_folder(tmp_path / "nli", LABELS), monkeypatch)
    (heard,) = (part.features for part in parts_of(long, [SOURCE]))
    assert fitted().doubt(heard) > fitted().doubt(plain)


def test_the_check_of_the_settings_tries_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(nli_folder(tmp_path / "nli", LABELS), monkeypatch)
    told = {check.part: check for check in checks()}["蕴含模型"]
    assert told.passed
    assert "nli" in told.text


@pytest.mark.parametrize(
    ("labels", "told"),
    [({}, "没有写明 id2label"), ({"0": "negative", "1": "positive"}, "不是文本蕴含（NLI）模型")],
)
def test_another_kind_of_model_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, labels: dict[str, str], told: str
) -> None:
    folder = nli_folder(tmp_path / "nli", labels)
    if not labels:
        (folder / "config.json").write_text("{}", encoding="utf-8")
    use(folder, monkeypatch)
    with pytest.raises(SettingsError, match=told):
        configured()


def test_labels_that_the_model_does_not_have_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(nli_folder(tmp_path / "nli", {"0": "contradiction", "7": "entailment"}), monkeypatch)
    with pytest.raises(SettingsError, match="不相配"):
        parts_of(SAID, [SOURCE])[0].features  # noqa: B018


@pytest.mark.parametrize("what", ["nowhere", "empty", "no model", "damaged"])
def test_what_is_wrong_with_the_folder_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    folder = tmp_path / "nli"
    if what != "nowhere":
        nli_folder(folder, LABELS)
    if what == "empty":
        (folder / "tokenizer.json").unlink()
    if what == "no model":
        (folder / "model.onnx").unlink()
    if what == "damaged":
        (folder / "model.onnx").write_bytes(b"no model")
    use(folder, monkeypatch)
    with pytest.raises(SettingsError) as caught:
        parts_of(SAID, [SOURCE])[0].features  # noqa: B018
    assert "POLICY_NLI_MODEL" in str(caught.value)
    assert "\n" not in str(caught.value)
