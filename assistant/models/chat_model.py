"""The chat model: how it is opened, and what its errors mean to a user.

LangChain's models take long to load; who asks no model does not wait for them.
"""

from __future__ import annotations

from collections.abc import Generator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from assistant.settings import AssistantSettings
from vectorstore.endpoints import (
    NO_CREDIT,
    OPENAI_URL,
    Endpoint,
    http_client,
    openai_endpoint,
    reason,
    status_of,
)
from vectorstore.errors import EndpointError, SettingsError
from vectorstore.languages.language import own_words

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

# Who speaks (system, human, ai) and what is said.
Message = tuple[str, str]
# What OpenAI and Azure, Qwen and GLM call a refusal of content.
_FILTERED = frozenset({"content_filter", "content_policy_violation", "data_inspection_failed", "1301"})


def load_client(settings: AssistantSettings) -> None:
    """Load what the configured model is opened with, for servers: no question need wait for it then."""
    if not settings.policy_chat_model:
        return
    import_module("langchain.chat_models")
    if settings.chat_provider == "openai":
        import_module("langchain_openai")


def open_model(settings: AssistantSettings) -> BaseChatModel:
    """Open the configured chat model; nothing is sent yet.

    A provider other than openai reads its own environment, as LangChain documents for it.

    Raises:
        SettingsError: the provider's package is missing or the settings do not fit it.
    """
    from langchain.chat_models import init_chat_model

    provider, name = settings.chat_provider, settings.chat_model_name
    try:
        if provider == "openai":
            return _open_openai(name, settings)
        unmoved: dict[str, Any] = (
            {"client_kwargs": {"follow_redirects": False}} if provider == "ollama" else {}
        )
        chat: BaseChatModel = init_chat_model(name, model_provider=provider, temperature=0, **unmoved)
        return chat
    except ImportError as error:
        package = (error.name or f"langchain_{provider}").partition(".")[0].replace("_", "-")
        raise SettingsError(f"POLICY_CHAT_MODEL 使用的 {provider} 需要先安装 {package}") from None
    except ValueError:
        raise SettingsError(
            f"无法按现有设置打开模型 {name}，请检查 POLICY_CHAT_MODEL 及 {provider} 的设置"
        ) from None


def _open_openai(name: str, settings: AssistantSettings) -> BaseChatModel:
    import openai
    from langchain.chat_models import init_chat_model

    url = settings.openai_base_url or OPENAI_URL
    # This read timeout bounds how long an abandoned connection lingers; `pacing` keeps the limits.
    timeout = openai.Timeout(
        max(settings.policy_first_token_timeout, settings.policy_token_timeout) + 1,
        connect=settings.policy_connect_timeout,
    )
    return init_chat_model(
        name,
        model_provider="openai",
        temperature=0,
        api_key=settings.openai_api_key.get_secret_value() or "not-needed",
        base_url=url,
        timeout=timeout,
        max_retries=settings.policy_retries,
        http_client=http_client(url, timeout),
        # Compatible servers speak chat completions; OpenAI itself needs its newer protocol for some models.
        use_responses_api=False if settings.openai_base_url else None,
    )


def stream_chat(chat: BaseChatModel, messages: list[Message]) -> Generator[AIMessageChunk, None, None]:
    """Yield a model's reply in chunks as they arrive.

    Questions and passages go to the model's endpoint alone: tracing is off, whatever the environment says.

    Raises:
        Exception: whatever the provider's client raises; `explain` puts it into words.
    """
    import openai
    from langsmith.run_helpers import tracing_context

    with tracing_context(enabled=False):
        try:
            yield from chat.stream(messages)
        except openai.BadRequestError as error:
            if error.param != "temperature":
                raise
            # Some reasoning models take no other temperature than the default.
            yield from chat.stream(messages, temperature=1)


def explain(error: Exception, settings: AssistantSettings, *, begun: bool) -> EndpointError:
    """Return one Chinese line for what went wrong at the endpoint; it never quotes what the endpoint said.

    Args:
        error: what the client raised.
        settings: name the model and the address in the message.
        begun: whether the endpoint had begun to answer.
    """
    import openai
    from langchain_core.exceptions import ContextOverflowError

    match error:
        case openai.APITimeoutError():
            text = own_words(
                f"模型服务{reason(error, endpoint_of(settings))}，或调大 POLICY_FIRST_TOKEN_TIMEOUT"
            )
        case openai.APIConnectionError() if begun:
            text = own_words("模型服务的连接中途断开，可稍后再试")
        case ContextOverflowError() | openai.APIError(code="context_length_exceeded"):
            text = own_words(f"资料超出模型 {settings.chat_model_name} 的窗口，请调小 POLICY_CONTEXT_TOKENS")
        case openai.APIError(code=code) if code in _FILTERED:
            text = content_filtered()
        case openai.APIError(code=code) if status_of(error) == 0 and begun and code not in NO_CREDIT:
            text = own_words("模型服务在回答中途报错，可稍后再试")
        case _:
            text = own_words(f"模型服务{reason(error, endpoint_of(settings))}")
    return EndpointError(text)


def endpoint_of(settings: AssistantSettings) -> Endpoint:
    """Return the chat model's endpoint as messages name it."""
    key = settings.openai_api_key.get_secret_value()
    return openai_endpoint(settings.openai_base_url, key, settings.chat_model_name, "POLICY_CHAT_MODEL")


def content_filtered() -> str:
    """Return the line for an answer that the endpoint's content filter withheld."""
    return own_words("模型服务的内容审核拦截了这次回答")
