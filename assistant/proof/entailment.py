"""An optional model that has learnt whether one text follows from another (NLI), as a witness more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np

from assistant.settings import assistant_settings
from vectorstore.model_folder import ModelFolder
from vectorstore.onnx_model import OnnxModel

_SETTING = "POLICY_NLI_MODEL"
_LABELS = {"entailed": ("entail", "蕴含"), "against": ("contradict", "矛盾")}
_MOST_KEPT = 4096


class Entailment:
    """Says how a text and a sentence go together, by the model of a folder, loaded when first needed.

    Args:
        folder: its files; `config.json` names the labels.

    Raises:
        SettingsError: the labels are not those of such a model.
    """

    def __init__(self, folder: ModelFolder) -> None:
        self._folder = folder
        self._model = OnnxModel(folder, 0, ("logits",))
        self._places = self._labels()
        self.judged = lru_cache(maxsize=_MOST_KEPT)(self._judged)

    @property
    def name(self) -> str:
        """The model by the name of its folder."""
        return self._folder.name

    def _labels(self) -> dict[str, int]:
        """Return the place of each label among the model's outputs."""
        try:
            config = json.loads((self._folder.path / "config.json").read_text(encoding="utf-8"))
            names = {int(place): str(name).lower() for place, name in config["id2label"].items()}
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise self._folder.wrong(
                "中的 config.json 没有写明 id2label，无法得知模型各个输出的含义"
            ) from error
        found = {
            label: place
            for label, words in _LABELS.items()
            for place, name in names.items()
            if any(word in name for word in words) and not name.startswith(("not_", "non"))
        }
        if len(found) < len(_LABELS):
            raise self._folder.wrong(
                f"中的模型不是文本蕴含（NLI）模型：id2label 为 {'、'.join(names.values())}，"
                "其中应有 entailment 和 contradiction"
            )
        return found

    def _judged(self, text: str, sentence: str) -> Mapping[str, float]:
        """Return how likely a sentence follows from a text, and how likely it contradicts it.

        Raises:
            SettingsError: the model cannot be used; the text says why.
        """
        (outputs,) = self._model.run([(text, sentence)])
        values = outputs.values.reshape(-1)
        if values.size <= max(self._places.values()):
            raise self._folder.wrong("中的模型给出的结果与 config.json 的 id2label 不相配，请重新取得")
        odds = np.exp(values - values.max())
        likely = odds / odds.sum()
        return {f"nli {label}": float(likely[place]) for label, place in self._places.items()}


@cache
def configured() -> Entailment | None:
    """Return the model that the setting POLICY_NLI_MODEL names, None where there is none.

    Raises:
        SettingsError: its folder does not hold what is needed; the text says what is wrong.
    """
    folder = ModelFolder.named(assistant_settings().policy_nli_model, _SETTING)
    return Entailment(folder) if folder else None
