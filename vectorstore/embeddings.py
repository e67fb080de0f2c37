"""What turns text into vectors: built in and offline, or a model behind an endpoint."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from vectorstore.endpoints import reason
from vectorstore.errors import EmbeddingError, SettingsError
from vectorstore.segmentation import tokens
from vectorstore.settings import LibrarySettings
from vectorstore.types import Passage, PolicyDocument

Vectors = NDArray[np.float32]

_DIMENSION = 256
_PLACES = 8
# The upper bits of a product number its bin: 2 * _DIMENSION of them.
_SHIFT = 64 - 9
# Between title, headings and text, so that each is cut once for keywords and vectors together.
_PARTS = "\n\n"
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
    """Embeds offline and without training: hashed words and bigrams under a sparse random projection.

    Feature hashing: Weinberger et al., Feature Hashing for Large Scale Multitask Learning (2009); sparse
    signs: Achlioptas, Database-friendly random projections (2003); multiply-shift hashing: Dietzfelbinger et
    al., A Reliable Randomized Algorithm for the Closest-Pair Problem (1997).
    """

    def __init__(self) -> None:
        seeds = (hashlib.blake2b(bytes([place]), digest_size=8).digest() for place in range(_PLACES))
        self._multipliers = np.frombuffer(b"".join(seeds), dtype="<u8") | np.uint64(1)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector a text; a text without any word has the zero vector."""
        rows: list[list[float]] = self.embed(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a text."""
        return self.embed_documents([text])[0]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of texts, one row each."""
        vectors = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            found = [
                crc32(token.encode("utf-8", "replace"))
                for part in text.split(_PARTS)
                for token in tokens(part)
            ]
            places = np.array(found, dtype=np.uint64)[:, np.newaxis] * self._multipliers >> np.uint64(_SHIFT)
            # Two bins a dimension, one for each sign.
            bins = np.bincount(places.ravel().astype(np.intp), minlength=2 * _DIMENSION)
            vectors[row] = bins[0::2] - bins[1::2]
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        lengths[lengths == 0] = 1
        unit: Vectors = vectors / lengths
        return unit


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


def embedded_text(document: PolicyDocument, passage: Passage) -> str:
    """Return what a passage's vector is made from: title and headings give it its context."""
    return _PARTS.join((document.title, *passage.section, passage.text))


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
        return EmbeddingModel(f"builtin-{_DIMENSION}-v1", _BUILTIN_WEIGHT, False, HashedEmbeddings())
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
