"""What turns text into vectors: built in and offline, or a model behind an endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.endpoints import reason
from vectorstore.errors import EmbeddingError, SettingsError
from vectorstore.hashing import DIMENSION, Vectors, hashed_vectors
from vectorstore.settings import LibrarySettings

_BATCH = 64
# In the project's measurements fusing the built-in vectors lowered the ranking at every weight that mattered.
_BUILTIN_WEIGHT = 0.0
_ENDPOINT_WEIGHT = 0.5
# The prefixes that langchain.embeddings.init_embeddings documents; any other colon belongs to the model's own
# name, as in bge-m3:latest.
# fmt: off
_PROVIDERS = frozenset({
    "azure_ai", "azure_openai", "bedrock", "cohere", "google_genai", "google_vertexai", "huggingface",
    "mistralai", "ollama", "openai",
})
# fmt: on


class HashedEmbeddings(Embeddings):
    """LangChain's face of the built-in embedding (see `vectorstore.hashing`)."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector a text; a text without any word has the zero vector."""
        rows: list[list[float]] = self.embed(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a text."""
        return self.embed_documents([text])[0]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of texts, one row each."""
        return hashed_vectors(texts)


@dataclass(frozen=True)
class EmbeddingModel:
    """An embedding with its name and what it is worth.

    Attributes:
        name: what the library records; another name means other vectors.
        weight: share that vector search should have in a fused ranking, 0.0 to 1.0.
        costly: whether its vectors are worth keeping in the catalogue.
        embeddings: LangChain's interface.
    """

    name: str
    weight: float
    costly: bool
    embeddings: Embeddings

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts.

        Args:
            texts: any number; they are sent in batches.

        Returns:
            One row a text.

        Raises:
            EmbeddingError: the endpoint failed or its vectors do not fit together.
        """
        if isinstance(self.embeddings, HashedEmbeddings):
            return self.embeddings.embed(texts)
        rows: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            rows += self._ask(list(texts[start : start + _BATCH]))
        if len(rows) != len(texts) or len({len(row) for row in rows}) > 1:
            raise EmbeddingError(
                f"嵌入模型 {self.name} 返回的向量数量或维度不一致，请检查 POLICY_EMBEDDING_MODEL"
            )
        return np.array(rows, dtype=np.float32)

    def _ask(self, texts: list[str]) -> list[list[float]]:
        try:
            return self.embeddings.embed_documents(texts)
        except Exception as error:
            # Every provider has errors of its own; whatever they are, the user gets one line.
            raise EmbeddingError(f"嵌入模型 {self.name} 不可用：{reason(error)}") from error


def embedding_model(settings: LibrarySettings) -> EmbeddingModel:
    """Return the embedding that the settings name.

    Args:
        settings: with POLICY_EMBEDDING_MODEL as `model` or `provider:model`, or empty for the built-in one.

    Returns:
        The model; an endpoint is not asked yet.

    Raises:
        SettingsError: the provider is unknown or its package is not installed.
    """
    name = settings.policy_embedding_model
    if not name:
        return EmbeddingModel(f"builtin-{DIMENSION}-v1", _BUILTIN_WEIGHT, False, HashedEmbeddings())
    return EmbeddingModel(name, _ENDPOINT_WEIGHT, True, _endpoint(name, settings))


def _endpoint(name: str, settings: LibrarySettings) -> Embeddings:
    # LangChain's providers take half a second to import, which an offline start should not pay.
    from langchain.embeddings import init_embeddings

    prefix, _, rest = name.partition(":")
    provider, model = (prefix, rest) if rest and prefix in _PROVIDERS else ("openai", name)
    options: dict[str, Any] = {}
    if provider == "openai":
        # Otherwise it wants tiktoken's ranks from the network and sends token ids that other servers refuse.
        options["check_embedding_ctx_length"] = False
        # A local server may need no key, but the client refuses to start without one.
        options["api_key"] = settings.openai_api_key.get_secret_value() or "none"
        if settings.openai_base_url:
            options["base_url"] = settings.openai_base_url
    try:
        return init_embeddings(model, provider=provider, **options)
    except (ValueError, ImportError) as error:
        raise SettingsError(
            f"设置 POLICY_EMBEDDING_MODEL 的值“{name}”无法使用：提供方 {provider} 不受支持或未安装"
        ) from error
