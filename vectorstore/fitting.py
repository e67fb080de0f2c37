"""Whether vectors fit together: of one model, of one length, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from vectorstore.engines import engine_of
from vectorstore.errors import LibraryError
from vectorstore.settings import LibrarySettings


def refuse_other_model(facts: Mapping[str, str], model: str) -> None:
    """Refuse vectors that cannot be compared with those of a model.

    Raises:
        LibraryError: with the command that re-embeds.
    """
    recorded = facts["embedding_model"]
    if recorded != model:
        raise LibraryError(
            f"政策库的向量由 {recorded} 生成，与设置 POLICY_EMBEDDING_MODEL（{model}）不同；"
            "请改回设置，或运行 policy-assistant reembed"
        )


def outdated(facts: Mapping[str, str], model: str) -> bool:
    """Return whether vectors are those of an earlier built-in embedding, which the next writer replaces."""
    recorded = facts.get("embedding_model", model)
    return recorded != model and all(name.startswith("builtin-") for name in (recorded, model))


def refuse_other_dimension(facts: Mapping[str, str], model: str, dimension: int) -> None:
    """Refuse vectors that are not as long as those of the library.

    Raises:
        LibraryError: with the command that re-embeds.
    """
    recorded = facts.get("embedding_dimension", str(dimension))
    if recorded != str(dimension):
        raise LibraryError(
            f"嵌入模型 {model} 现在返回 {dimension} 维向量，政策库中是 {recorded} 维；"
            "请改回原模型，或运行 policy-assistant reembed"
        )


def refuse_other_vectors(facts: Mapping[str, str], settings: LibrarySettings, model: str) -> None:
    """Refuse vectors of another model, or in another Chroma than the settings name.

    Raises:
        LibraryError: with the command that brings them together.
    """
    refuse_other_model(facts, model)
    if facts["vectors_in"] != engine_of(settings).place:
        raise LibraryError(
            "政策库的索引不在设置 POLICY_SEARCH_URL 和 POLICY_CHROMA_URL 所指的位置；"
            "请改回设置，或运行 policy-assistant rebuild"
        )
