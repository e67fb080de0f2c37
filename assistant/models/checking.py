"""Whether the configured model endpoints do what they are asked, and if not, what to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.models.chat_model import endpoint_of, explain, open_model, stream_chat
from assistant.models.reranking import Reranker
from assistant.models.time_limits import Limits, with_limits
from assistant.proof.entailment import configured
from assistant.settings import AssistantSettings, assistant_settings
from vectorstore.embeddings import embedding_model
from vectorstore.errors import EndpointError, PolicyError
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings, library_settings

_QUESTION = "这是连接测试，请只回答“好”。"
_TEXTS = ["这是连接测试。", "政策文件"]


@dataclass(frozen=True, slots=True)
class Check:
    """What came of trying one endpoint.

    Attributes:
        part: what was tried.
        passed: whether it can be used; what is built in can.
        text: what was found, or what is wrong and the way out, in one line.
    """

    part: str
    passed: bool
    text: str


def checks() -> Iterator[Check]:
    """Try the chat model, the embedding model and the reranker that the settings name, one after another."""
    yield _tried(own_words("对话模型"), lambda: check_chat(assistant_settings()))
    yield _tried(own_words("嵌入模型"), lambda: check_embedding(library_settings()))
    yield _tried(own_words("重排服务"), lambda: check_reranker(assistant_settings()))
    yield _tried(own_words("蕴含模型"), check_entailment)


def check_chat(settings: AssistantSettings) -> str:
    """Ask the chat model for a word and say how it went.

    Raises:
        PolicyError: it gave none; the text says why.
    """
    if not settings.policy_chat_model:
        return own_words("未设置 POLICY_CHAT_MODEL，回答由内置方式摘录原文")
    limits = Limits(
        settings.policy_first_token_timeout, settings.policy_token_timeout, settings.policy_answer_timeout
    )
    started = time.perf_counter()
    chat = open_model(settings.model_copy(update={"policy_retries": 0}))
    chunks = with_limits(stream_chat(chat, [("human", _QUESTION)]), limits)
    begun, text = False, ""
    try:
        for chunk in chunks:
            begun, text = True, str(chunk.text).strip()
            if text:
                break
    except EndpointError:
        raise
    except Exception as error:  # every provider has its own errors
        raise explain(error, settings, begun=begun) from None
    finally:
        chunks.close()
    if not text:
        raise EndpointError("模型服务没有给出任何文字，请检查 OPENAI_BASE_URL 和 POLICY_CHAT_MODEL")
    waited = f"{time.perf_counter() - started:.1f}"
    return own_words(
        f"{settings.chat_model_name} 可用（{endpoint_of(settings).host}，{waited} 秒后开始应答）"
    )


def check_embedding(settings: LibrarySettings) -> str:
    """Embed a text, search the library by vectors, and say how it went.

    Raises:
        PolicyError: the endpoint failed, or its vectors do not fit the library's.
    """
    model = embedding_model(settings)
    dimension = len(model.embed_query(_TEXTS[0]))
    with PolicyLibrary.open(settings) as library:
        library.search_vectors(_TEXTS[0], 1)
        filled = bool(library.documents())
    if not model.costly:
        return own_words("未设置 POLICY_EMBEDDING_MODEL，使用内置向量")
    place = own_words("本机") if model.deferred else model.endpoint.host
    name = model.name
    if filled:
        return own_words(f"{name} 可用（{place}，{dimension} 维，与资料库一致）")
    return own_words(f"{name} 可用（{place}，{dimension} 维）")


def check_reranker(settings: AssistantSettings) -> str:
    """Let the reranker order two texts and say how it went.

    Raises:
        PolicyError: it failed.
    """
    reranker = Reranker(settings)
    if not reranker.name:
        return own_words("未设置 POLICY_RERANK_URL 或 POLICY_RERANK_MODEL，不重排检索结果")
    reranker.order(_TEXTS[0], _TEXTS)
    return own_words(f"{reranker.name} 可用")


def check_entailment() -> str:
    """Ask the model that checks sentences for one, and say how it went.

    Raises:
        PolicyError: it cannot be used.
    """
    witness = configured()
    if witness is None:
        return own_words("未设置 POLICY_NLI_MODEL，核对语句不使用模型")
    witness.judged(*_TEXTS)
    return own_words(f"{witness.name} 可用（本机）")


def _tried(part: str, check: Callable[[], str]) -> Check:
    try:
        return Check(part, passed=True, text=check())
    except PolicyError as error:
        return Check(part, passed=False, text=str(error))
