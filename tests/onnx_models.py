"""Tiny real ONNX models in folders of the usual form, so that models in the process can be tested offline.

Each character is a token. The embedding of a token is a row of random numbers, so that texts of the same
characters are alike; the cross-encoder likes the longer passage better.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors

_FIRST_HAN, _HAN = 0x4E00, 20_992
_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
_CLS, _SEP = 2, 3
DIMENSION = 16


def embedding_folder(folder: Path, *, pooling: str = "mean", file: str = "model.onnx") -> Path:
    """Write an embedding model into a folder and return it.

    Args:
        folder: is made.
        pooling: "cls", "mean" or "lasttoken"; "" leaves the file out that says it.
        file: name of the model within it.
    """
    words = _tokenizer(folder)
    table = np.random.default_rng(7).normal(size=(words, DIMENSION)).astype(np.float32)
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [None, None, DIMENSION])
    _save(folder / file, nodes, output, {"table": table}, ("input_ids", "attention_mask"))
    if pooling:
        name = {"cls": "cls_token", "mean": "mean_tokens"}.get(pooling, pooling)
        _write(folder / "1_Pooling" / "config.json", {f"pooling_mode_{name}": True})
    return folder


def reranker_folder(folder: Path) -> Path:
    """Write a cross-encoder into a folder and return it: the longer a passage, the higher its score."""
    _tokenizer(folder)
    nodes = [
        helper.make_node("Cast", ["token_type_ids"], ["kinds"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["kinds", "axis"], ["logits"], keepdims=1),
    ]
    output = helper.make_tensor_value_info("logits", TensorProto.FLOAT, [None, 1])
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    _save(folder / "onnx" / "model.onnx", nodes, output, {"axis": np.array([1])}, inputs)
    return folder


def demanding_folder(folder: Path) -> Path:
    """Write a model that wants an input which nobody here knows, as decoders do, and return its folder."""
    _tokenizer(folder)
    nodes = [helper.make_node("Identity", ["past_key_values.0.key"], ["last_hidden_state"])]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.INT64, [None, None])
    _save(folder / "model.onnx", nodes, output, {}, ("past_key_values.0.key",))
    return folder


def _tokenizer(folder: Path) -> int:
    """Write a tokenizer of single characters with a configuration, and return how many it knows."""
    characters = [chr(code) for code in (*range(0x20, 0x7F), *range(_FIRST_HAN, _FIRST_HAN + _HAN))]
    words = {token: place for place, token in enumerate([*_SPECIAL, *characters])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token=_SPECIAL[1]))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", _SEP), ("[CLS]", _CLS))
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    _write(folder / "config.json", {"max_position_embeddings": 128, "pad_token_id": 0, "model_type": "bert"})
    return len(words)


def _save(
    file: Path,
    nodes: list[onnx.NodeProto],
    output: onnx.ValueInfoProto,
    constants: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]],
    inputs: tuple[str, ...],
) -> None:
    fed = [helper.make_tensor_value_info(name, TensorProto.INT64, [None, None]) for name in inputs]
    stored = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "tiny", fed, [output], stored)
    # The oldest versions that know these operators, so that any ONNX Runtime reads them.
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    file.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(file))


def _write(file: Path, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value), encoding="utf-8")
