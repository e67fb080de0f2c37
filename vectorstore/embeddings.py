"""What turns text into vectors: built in and offline, or a model behind an endpoint."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from vectorstore.batching import BatchedRequests
from vectorstore.embedding_prompts import (
    EmbeddingPrompts,
    PromptedEmbeddings,
    QuestionEmbeddings,
    embedding_prompts,
)
from vectorstore.embedding_providers import open_provider
from vectorstore.endpoints import Endpoint, openai_endpoint, reason
from vectorstore.errors import EmbeddingError, PolicyError
from vectorstore.hashing import DIMENSION, Vectors
from vectorstore.local_embeddings import E5, E5_MADE, FolderEmbeddings, PackagedE5
from vectorstore.model_folder import ModelFolder
from vectorstore.query_embedding import QueryEmbedding
from vectorstore.retrying import RetriedEmbeddings
from vectorstore.settings import LibrarySettings
from vectorstore.text_embeddings import TextEmbeddings
from vectorstore.word_vectors import question_vector, text_vectors

Rarity = Callable[[str], Mapping[str, float]]
# Whoever asked a question waits for its vector; without one, keywords find the passages.
_QUESTION_SECONDS = 5.0
_WEIGHT = 1.0
# What is kept at once: a stop loses no more than the time that so many take.
_IN_THE_PROCESS = 32
BUILT_IN = f"builtin-{DIMENSION}-v3"
_BUILT_IN = Endpoint("", "", "POLICY_EMBEDDING_MODEL", "POLICY_EMBEDDING_MODEL", "", has_key=False)


class WordEmbeddings:
    """The built-in embedding (see `vectorstore.word_vectors`)."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector a text; a text without any word has the zero vector."""
        rows: list[list[float]] = self.embed(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question, the zero vector where none of its words is known."""
        row: list[float] = question_vector(text, {}).tolist()
        return row

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of texts, one row each."""
        return text_vectors(texts)


@dataclass(frozen=True)
class EmbeddingModel:
    """An embedding with its name and what it is worth.

    Attributes:
        name: what the library records, with the prompt before passages; another means other vectors.
        weight: of the share that a question gives to vector search, 0.0 to 1.0, before it is calibrated.
        costly: whether its vectors are worth keeping in the catalogue.
        deferred: whether documents are found by keywords first, and get their vectors in the background.
        embeddings: LangChain's interface.
        endpoint: what its errors name.
        batch: most texts in one request.
        at_once: most requests under way.
        patience: seconds that one request may take.
        hurried: the same with little patience, for questions; None where there is no difference.
    """

    name: str
    weight: float
    costly: bool
    embeddings: TextEmbeddings
    endpoint: Endpoint = _BUILT_IN
    batch: int = 32
    at_once: int = 1
    patience: float = 120.0
    hurried: TextEmbeddings | None = None
    deferred: bool = False

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts.

        Args:
            texts: any number; they are sent in batches.

        Returns:
            One row a text.

        Raises:
            EmbeddingError: the endpoint failed or its vectors do not fit together.
        """
        if isinstance(self.embeddings, WordEmbeddings):
            return self.embeddings.embed(texts)
        parts = dict(self.embed_each(texts))
        return (
            np.concatenate([parts[start] for start in sorted(parts)])
            if parts
            else np.empty((0, 0), np.float32)
        )

    def embed_each(self, texts: Sequence[str]) -> Generator[tuple[int, Vectors], None, None]:
        """Embed texts and yield (place of its first text, its vectors) for each batch, as they arrive.

        Args:
            texts: any number; they are sent in batches, some at once.

        Raises:
            EmbeddingError: the endpoint failed or its vectors do not fit together.
        """
        requests = BatchedRequests(self.embeddings.embed_documents, self.batch, self.at_once, self.patience)
        dimension = 0
        try:
            for start, vectors in requests.send(texts):
                dimension = dimension or vectors.shape[1]
                if not dimension or vectors.shape[1] != dimension or not np.isfinite(vectors).all():
                    raise EmbeddingError(
                        f"嵌入模型 {self.name} 返回的向量维度不一或含无效数值，请检查 POLICY_EMBEDDING_MODEL"
                    )
                yield start, vectors
        except PolicyError:
            raise
        except Exception as error:
            # Every provider has errors of its own; whatever they are, the user gets one line.
            raise EmbeddingError(f"嵌入模型 {self.name} 不可用：{reason(error, self.endpoint)}") from error

    def embed_query(self, text: str, rarity: Rarity | None = None) -> Vectors:
        """Return the vector of a question.

        Args:
            text: the question.
            rarity: tells how rare its tokens are in the library, by which the built-in embedding weighs them.

        Raises:
            EmbeddingError: the endpoint failed, now or a moment ago, or its vector does not fit.
        """
        if isinstance(self.embeddings, WordEmbeddings):
            return question_vector(text, rarity(text) if rarity else {})
        return self._queries.vector(text)

    @property
    def failure(self) -> EmbeddingError | None:
        """Why the last question got no vector; None where it got one."""
        return self._queries.failure

    @cached_property
    def _queries(self) -> QueryEmbedding:
        asked = replace(self, embeddings=QuestionEmbeddings(self.hurried or self.embeddings))
        return QueryEmbedding(lambda text: asked.embed([text])[0])


def embedding_model(settings: LibrarySettings) -> EmbeddingModel:
    """Return the embedding that the settings name.

    Args:
        settings: with POLICY_EMBEDDING_MODEL as `model`, `provider:model`, `local:FOLDER` or `builtin:e5`, or
            empty for the built-in one.

    Returns:
        The model; an endpoint is not asked yet, and what lies in files is not loaded yet.

    Raises:
        SettingsError: the provider is unknown or its package is not installed, or the folder holds no model.
    """
    name = settings.policy_embedding_model
    if not name:
        return EmbeddingModel(BUILT_IN, _WEIGHT, False, WordEmbeddings())
    prompts = embedding_prompts(settings)
    own = _in_the_process(settings, prompts)
    if own:
        return own
    key = settings.openai_api_key.get_secret_value()

    def opened(timeout: float) -> TextEmbeddings:
        return PromptedEmbeddings(open_provider(name, settings, timeout), prompts)

    return EmbeddingModel(
        _recorded(name, prompts),
        _WEIGHT,
        True,
        RetriedEmbeddings(opened(settings.policy_embedding_timeout)),
        openai_endpoint(settings.openai_base_url, key, name, "POLICY_EMBEDDING_MODEL"),
        settings.policy_embedding_batch,
        settings.policy_embedding_concurrency,
        settings.policy_embedding_timeout,
        opened(min(_QUESTION_SECONDS, settings.policy_embedding_timeout)),
    )


def _in_the_process(settings: LibrarySettings, prompts: EmbeddingPrompts) -> EmbeddingModel | None:
    """Return the model of a folder or of a package, where the settings name one."""
    name, threads = settings.policy_embedding_model, settings.policy_model_threads
    folder = ModelFolder.named(name, "POLICY_EMBEDDING_MODEL")
    if folder is None and name != E5:
        return None
    embeddings = FolderEmbeddings(folder, threads) if folder else PackagedE5(threads)
    return EmbeddingModel(
        _recorded(folder.identity if folder else E5_MADE, prompts),
        _WEIGHT,
        True,
        PromptedEmbeddings(embeddings, prompts),
        batch=_IN_THE_PROCESS,
        deferred=True,
    )


def _recorded(name: str, prompts: EmbeddingPrompts) -> str:
    return f"{name}（{prompts.passage.strip()}）" if prompts.passage else name
