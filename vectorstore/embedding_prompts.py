"""What is written before questions and before passages, because an embedding was trained with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vectorstore.settings import LibrarySettings
from vectorstore.text_embeddings import TextEmbeddings

_NONE = "none"
_TASK = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"


@dataclass(frozen=True, slots=True)
class EmbeddingPrompts:
    """What precedes each text.

    Attributes:
        query: before a question.
        passage: before a passage; another one gives other vectors.
    """

    query: str = ""
    passage: str = ""


# As the models' own cards say; the first that fits counts. m3e, bge-m3 and gte want none.
_KNOWN = (
    (r"qwen3-embedding", EmbeddingPrompts(query=_TASK)),
    (r"\be5-.*instruct|\be5-mistral|gte-qwen.*instruct", EmbeddingPrompts(query=f"{_TASK} ")),
    (r"\be5\b", EmbeddingPrompts("query: ", "passage: ")),
    (r"bge-.*noinstruct", EmbeddingPrompts()),
    (r"bge-(small|base|large)-zh", EmbeddingPrompts(query="为这个句子生成表示以用于检索相关文章：")),
    (
        r"bge-(small|base|large)-en",
        EmbeddingPrompts(query="Represent this sentence for searching relevant passages: "),
    ),
)


def known_prompts(model: str) -> EmbeddingPrompts:
    """Return the prompts that a model was trained with.

    Args:
        model: as POLICY_EMBEDDING_MODEL names it: a name, a provider's name, or a folder. What is built in
            knows questions from passages by itself.
    """
    name = re.split(r"[/\\]", model.lower())[-1].replace("_", "-")
    if name.startswith("builtin"):
        return EmbeddingPrompts()
    return next((prompts for known, prompts in _KNOWN if re.search(known, name)), EmbeddingPrompts())


def embedding_prompts(settings: LibrarySettings) -> EmbeddingPrompts:
    """Return the prompts of the settings' model: those that the settings name, else those it is known for."""
    known = known_prompts(settings.policy_embedding_model)
    return EmbeddingPrompts(
        _chosen(settings.policy_embedding_query_prompt, known.query),
        _chosen(settings.policy_embedding_passage_prompt, known.passage),
    )


def _chosen(value: str, known: str) -> str:
    # An empty setting is one that is not there, so that none has a word of its own.
    return (known if not value else "" if value == _NONE else value).replace("\\n", "\n")


class PromptedEmbeddings:
    """Writes prompts before what an embedding is given.

    Args:
        embeddings: the embedding.
        prompts: what precedes each text.
    """

    def __init__(self, embeddings: TextEmbeddings, prompts: EmbeddingPrompts) -> None:
        self._embeddings = embeddings
        self._prompts = prompts

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        return self._embeddings.embed_documents([self._prompts.passage + text for text in texts])

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        return self._embeddings.embed_query(self._prompts.query + text)


class QuestionEmbeddings:
    """Embeds every text as a question.

    Args:
        embeddings: the embedding, which may tell questions from passages.
    """

    def __init__(self, embeddings: TextEmbeddings) -> None:
        self._embeddings = embeddings

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed questions."""
        return [self._embeddings.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        return self._embeddings.embed_query(text)
