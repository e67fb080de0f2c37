"""A folder that holds a model in ONNX form: which files it needs, and what is wrong with those it has."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from vectorstore.errors import SettingsError
from vectorstore.failures import refusal
from vectorstore.languages.language import own_words

PREFIX = "local:"
Pooling = Literal["cls", "mean", "last"]

# What a passage with its headings seldom exceeds; attention takes time and memory by the square.
_MOST_TOKENS = 512
# Positions of these models begin after that of the padding.
_OFFSET_POSITIONS = {"roberta": 2, "xlm-roberta": 2, "camembert": 2}
_POOLINGS: dict[str, Pooling] = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_lasttoken": "last",
}
# Families whose ONNX exports often come without the file that says it; all others take the mean.
_USUAL_POOLINGS: dict[str, Pooling] = {"bge": "cls", "gte-multilingual": "cls", "qwen3": "last"}
_POINTER = b"version https://git-lfs"
_ENDS = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder with a model, found to hold what is needed.

    Attributes:
        path: the folder.
        setting: the setting that names it, for messages.
        model, tokenizer: its files.
        most_tokens: the longest text that the model reads, in tokens.
        padding: id of the token that fills up shorter texts.
    """

    path: Path
    setting: str
    model: Path
    tokenizer: Path
    most_tokens: int
    padding: int

    @classmethod
    def named(cls, value: str, setting: str) -> ModelFolder | None:
        """Find the folder that a setting's value names.

        Args:
            value: `local:FOLDER`; anything else names none.
            setting: name of the setting.

        Raises:
            SettingsError: the folder does not hold what is needed; the text says what is missing.
        """
        if not value.startswith(PREFIX):
            return None
        path = Path(value.removeprefix(PREFIX)).expanduser()
        try:
            return _found(path, setting)
        except OSError as error:
            raise _wrong(setting, path, own_words(f"无法读取（{refusal(error)}）")) from error

    @property
    def name(self) -> str:
        """The model by the name of its folder."""
        return self.path.resolve().name

    @property
    def pooling(self) -> Pooling:
        """How the vectors of a text's tokens become one.

        Raises:
            SettingsError: in a way that is not supported.
        """
        modules = str(_read(self, "modules.json"))
        if "models.Dense" in modules:
            raise self.wrong("含有 Dense 层（modules.json），不受支持，请换用其他模型")
        configured = _read(self, "1_Pooling/config.json")
        chosen = [name for name, wanted in configured.items() if name.startswith("pooling_mode_") and wanted]
        if chosen:
            if len(chosen) > 1 or chosen[0] not in _POOLINGS:
                raise self.wrong(f"的合并方式（{'、'.join(chosen)}）不受支持，请换用其他模型")
            return _POOLINGS[chosen[0]]
        name = self.name.lower()
        return next((way for family, way in _USUAL_POOLINGS.items() if family in name), "mean")

    @property
    def identity(self) -> str:
        """The model by name and content: the same wherever it lies, another one when it is replaced."""
        digest = hashlib.sha256(self.tokenizer.read_bytes())
        size = self.model.stat().st_size
        with self.model.open("rb") as file:
            # Weights may take gigabytes; two models that share size, graph and last weights are one.
            digest.update(f"{size}".encode() + file.read(_ENDS))
            file.seek(max(0, size - _ENDS))
            digest.update(file.read(_ENDS))
        return f"{PREFIX}{self.name}@{digest.hexdigest()[:8]}"

    def wrong(self, what: str) -> SettingsError:
        """Return the error that something about the folder does not fit."""
        return _wrong(self.setting, self.path, what)


def _found(path: Path, setting: str) -> ModelFolder:
    if not path.is_dir():
        raise _wrong(setting, path, own_words("不是文件夹" if path.exists() else "不存在"))
    tokenizer = path / "tokenizer.json"
    if not tokenizer.is_file():
        raise _wrong(setting, path, own_words("中没有 tokenizer.json，请从模型的发布页一并取得"))
    folder = ModelFolder(path, setting, _weights(path, setting), tokenizer, _MOST_TOKENS, 0)
    for file in (folder.model, tokenizer):
        with file.open("rb") as opened:
            if opened.read(len(_POINTER)) == _POINTER:
                raise folder.wrong(f"中的 {file.name} 只是 Git LFS 的指针，请用 git lfs pull 取得文件本身")
    config = _read(folder, "config.json")
    padding = config.get("pad_token_id")
    return ModelFolder(path, setting, folder.model, tokenizer, _most_tokens(folder, config), padding or 0)


def _weights(path: Path, setting: str) -> Path:
    found = sorted([*path.glob("*.onnx"), *path.glob("onnx/*.onnx")])
    plain = [file for file in found if file.name == "model.onnx"]
    if not found:
        raise _wrong(
            setting,
            path,
            own_words(
                "中没有 ONNX 模型（model.onnx 或 onnx/model.onnx）；只有其他格式的权重时，请先导出为 ONNX"
            ),
        )
    if not plain and len(found) > 1:
        names = "、".join(file.name for file in found)
        raise _wrong(setting, path, own_words(f"中有多个模型（{names}），请把要用的命名为 model.onnx"))
    return (plain or found)[0]


def _most_tokens(folder: ModelFolder, config: dict[str, Any]) -> int:
    positions = config.get("max_position_embeddings")
    limits = [
        _MOST_TOKENS,
        _read(folder, "tokenizer_config.json").get("model_max_length"),
        _read(folder, "sentence_bert_config.json").get("max_seq_length"),
        positions and positions - _OFFSET_POSITIONS.get(str(config.get("model_type")), 0),
    ]
    return int(min(limit for limit in limits if isinstance(limit, int | float) and limit > 0))


def _read(folder: ModelFolder, name: str) -> dict[str, Any]:
    """Read one of the files that a folder may hold; a list is read as if it were the value of a key."""
    file = folder.path / name
    if not file.is_file():
        return {}
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise folder.wrong(f"中的 {name} 不是有效的JSON，请重新取得") from error
    return value if isinstance(value, dict) else {"": value}


def _wrong(setting: str, path: Path, what: str) -> SettingsError:
    return SettingsError(f"设置 {setting} 所指的文件夹 {path} {what}")
