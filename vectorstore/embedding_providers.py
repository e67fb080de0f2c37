"""The clients of embedding endpoints, as LangChain knows them."""

from __future__ import annotations

from typing import Any

from vectorstore.endpoints import OPENAI_URL, http_client
from vectorstore.errors import SettingsError
from vectorstore.settings import LibrarySettings
from vectorstore.text_embeddings import TextEmbeddings

# The prefixes that langchain.embeddings.init_embeddings documents; any other colon belongs to the model's own
# name, as in bge-m3:latest.
# fmt: off
_PROVIDERS = frozenset({
    "azure_ai", "azure_openai", "bedrock", "cohere", "google_genai", "google_vertexai", "huggingface",
    "mistralai", "ollama", "openai",
})
# fmt: on


def open_provider(name: str, settings: LibrarySettings, timeout: float) -> TextEmbeddings:
    """Open the client of an embedding endpoint; it is not asked yet.

    Args:
        name: `model` or `provider:model`.
        settings: name the endpoint and its key.
        timeout: seconds that one request may take.

    Raises:
        SettingsError: the provider is unknown or its package is not installed.
    """
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
        url = settings.openai_base_url or OPENAI_URL
        options["base_url"] = url
        options["timeout"] = timeout
        options["max_retries"] = 0  # see `vectorstore.retrying`
        options["http_client"] = http_client(url, timeout)
    elif provider == "ollama":
        options["client_kwargs"] = {"follow_redirects": False}
    try:
        return init_embeddings(model, provider=provider, **options)
    except (ValueError, ImportError) as error:
        raise SettingsError(
            f"设置 POLICY_EMBEDDING_MODEL 的值“{name}”无法使用：提供方 {provider} 不受支持或未安装"
        ) from error
