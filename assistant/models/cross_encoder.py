"""A reranker in the process: a cross-encoder in ONNX form, which reads question and passage together."""

from __future__ import annotations

import time
from collections.abc import Sequence

from vectorstore.errors import EndpointError, SettingsError
from vectorstore.model_folder import ModelFolder
from vectorstore.onnx_model import OnnxModel


class CrossEncoder:
    """Scores passages for a question by the model of a folder, loaded when first needed.

    Args:
        folder: its files.
        threads: processor cores that it may use; 0 for half of them.
    """

    def __init__(self, folder: ModelFolder, threads: int) -> None:
        self._folder = folder
        self._model = OnnxModel(folder, threads, ("logits",))

    @property
    def name(self) -> str:
        """The model by the name of its folder."""
        return self._folder.name

    def scores(self, query: str, texts: Sequence[str], patience: float) -> dict[int, float]:
        """Score texts.

        Args:
            query: the question.
            texts: what is scored.
            patience: seconds that it may take, loading aside.

        Returns:
            Place of each text → its score, higher is better.

        Raises:
            EndpointError: the model cannot be used, or took longer.
        """
        try:
            found: dict[int, float] = {}
            ends = time.monotonic() + patience
            for outputs in self._model.run([(query, text) for text in texts]):
                values = outputs.values.reshape(len(outputs.places), -1)
                if outputs.values.ndim > 2 or values.shape[1] != 1:
                    raise self._folder.wrong(
                        "中的模型不是重排模型（应为每对文本给出一个分数），请换用其他模型"
                    )
                found.update(zip(outputs.places, values[:, 0].tolist(), strict=True))
                if time.monotonic() > ends and len(found) < len(texts):
                    raise EndpointError(
                        f"重排模型 {self.name} 没有在 {patience:g} 秒内完成，"
                        "请换用更小的模型或调大 POLICY_RERANK_TIMEOUT"
                    )
        except SettingsError as error:
            # A question goes on in the order without it, as where an endpoint is away.
            raise EndpointError(str(error)) from error
        return found
