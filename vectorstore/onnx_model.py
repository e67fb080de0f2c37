"""A model of a folder, run in the process by ONNX Runtime; nothing is ever downloaded."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vectorstore.model_folder import ModelFolder

# Texts of a batch are filled up to its longest: batches of about one length waste little, and of so many
# tokens they fit into any machine's memory.
_BATCH_TOKENS = 4_096
_FED = frozenset({"input_ids", "attention_mask", "token_type_ids", "position_ids"})
_TYPES: dict[str, type[np.signedinteger[Any]]] = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}


class Outputs(NamedTuple):
    """What the model says of some texts.

    Attributes:
        places: of the texts among all.
        values: one row a text.
        mask: one row a text, 1 for each of its tokens, 0 where it was filled up.
    """

    places: list[int]
    values: NDArray[np.float32]
    mask: NDArray[np.int64]


class _Loaded(NamedTuple):
    """What lies in the files: what cuts texts, what runs, what that is fed with, and what is asked of it."""

    tokenizer: Any
    session: Any
    inputs: dict[str, type[np.signedinteger[Any]]]
    output: str


class OnnxModel:
    """A transformer with its tokenizer, loaded when first needed; safe to share between threads.

    Args:
        folder: its files.
        threads: processor cores that it may use; 0 for half of them.
        outputs: names of outputs that are wanted, the best first; without any of them the first one is.
    """

    def __init__(self, folder: ModelFolder, threads: int, outputs: Sequence[str]) -> None:
        self._folder = folder
        self._threads = threads
        self._wanted = tuple(outputs)
        self._guard = Lock()

    @property
    def output(self) -> str:
        """Name of the output that is given.

        Raises:
            SettingsError: as `run`.
        """
        return self._ready.output

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> Iterator[Outputs]:
        """Give what the model says of texts, or of pairs of texts, batch by batch, the shortest first.

        Args:
            texts: any number; one longer than the model reads is cut.

        Raises:
            SettingsError: a file is damaged, the model is of another kind, or it cannot read them.
        """
        tokenizer = self._ready.tokenizer
        encoded = [
            tokenizer.encode(*text) if isinstance(text, tuple) else tokenizer.encode(text) for text in texts
        ]
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place].ids))
        while order:
            most = 1
            while most < len(order) and len(encoded[order[most]].ids) * (most + 1) <= _BATCH_TOKENS:
                most += 1
            places, order = order[:most], order[most:]
            yield self._outputs(places, [encoded[place] for place in places])

    def _outputs(self, places: list[int], encoded: Sequence[Any]) -> Outputs:
        width = max(1, *(len(one.ids) for one in encoded))
        ids = np.full((len(encoded), width), self._folder.padding, dtype=np.int64)
        kinds, mask = np.zeros_like(ids), np.zeros_like(ids)
        for row, one in enumerate(encoded):
            length = len(one.ids)
            ids[row, :length], kinds[row, :length], mask[row, :length] = one.ids, one.type_ids, 1
        fed = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": kinds,
            "position_ids": np.maximum(mask.cumsum(axis=1) - 1, 0),
        }
        try:
            values = self._ready.session.run(
                [self.output], {name: fed[name].astype(kind) for name, kind in self._ready.inputs.items()}
            )[0]
        except Exception as error:  # as above
            raise self._folder.wrong(
                "中的模型与 tokenizer.json 不相配，无法计算，请重新取得这两个文件"
            ) from error
        return Outputs(places, np.asarray(values, dtype=np.float32), mask)

    @property
    def _ready(self) -> _Loaded:
        with self._guard:
            return self._loaded

    @cached_property
    def _loaded(self) -> _Loaded:
        return _load(self._folder, self._threads, self._wanted)


def bounded(threads: int) -> int:
    """Return how many cores a model may use: so many, but never more than there are; 0 means half of them."""
    cores = os.cpu_count() or 1
    return min(threads, cores) if threads else max(1, cores // 2)


def _load(folder: ModelFolder, threads: int, outputs: Sequence[str]) -> _Loaded:
    # They take a third of a second to import, which only their users should pay.
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder.tokenizer))
    except Exception as error:  # the library knows no narrower class
        raise folder.wrong("中的 tokenizer.json 无法解读，请重新取得") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(folder.most_tokens)
    options = SessionOptions()
    options.intra_op_num_threads = bounded(threads)
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        session = InferenceSession(str(folder.model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # each fault of the file has a class of its own
        raise folder.wrong(
            f"中的 {folder.model.name} 无法载入，可能已损坏、缺少 .onnx_data 文件或需要更新的 onnxruntime"
        ) from error
    fed = {put.name: put.type for put in session.get_inputs()}
    unknown = [name for name, kind in fed.items() if name not in _FED or kind not in _TYPES]
    if unknown:
        raise folder.wrong(f"中的模型要求输入 {unknown[0]}，不受支持，请换用编码器模型")
    names = [put.name for put in session.get_outputs()]
    output = next((name for name in outputs if name in names), names[0])
    return _Loaded(tokenizer, session, {name: _TYPES[kind] for name, kind in fed.items()}, output)
