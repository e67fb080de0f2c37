"""Which chat model writes answers, and how much it may cost in tokens and time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from vectorstore.errors import LibraryError, SettingsError
from vectorstore.settings import read_settings
from vectorstore.viewers import grouped

# The prefixes that langchain.chat_models.init_chat_model documents. Any other colon belongs to the model's
# own name, as in `qwen3:8b`, and a bare `deepseek-chat` is a model of the configured endpoint.
# fmt: off
_PROVIDERS = frozenset({
    "anthropic", "anthropic_bedrock", "azure_ai", "azure_openai", "baseten", "bedrock", "bedrock_converse",
    "cohere", "deepseek", "fireworks", "google_anthropic_vertex", "google_genai", "google_vertexai", "groq",
    "huggingface", "ibm", "litellm", "meta", "mistralai", "nvidia", "ollama", "openai", "openrouter",
    "perplexity", "together", "upstage", "xai",
})
# fmt: on

_ADDRESS = re.compile(r"[^@\s,，]+@[^@\s,，]+")


class AssistantSettings(BaseSettings):
    """Settings of answering, from the environment or `.env` (see `.env.example`).

    Attributes:
        policy_chat_model: the chat model, with a provider's prefix where it is not of an OpenAI-compatible
            endpoint (`ollama:qwen3`); empty means answers without a model.
        openai_api_key, openai_base_url: the OpenAI-compatible endpoint.
        policy_aliases: a file of names that mean the same; empty means those that the documents define.
        policy_language: language of page and commands (`vectorstore.languages.settings`), and the script that
            the model writes in; it writes Chinese where the page is English, as its sources do.
        policy_audit_days: how many days the log of questions and changes is kept; 0 keeps none.
        policy_context_tokens: budget for the passages of one question, in tokens.
        policy_answer_tokens: the longest answer, in tokens.
        policy_connect_timeout: seconds to reach the endpoint.
        policy_first_token_timeout: seconds to the first piece of the answer.
        policy_token_timeout: seconds between two pieces.
        policy_answer_timeout: seconds to the end of the answer.
        policy_helper_timeout: seconds for what the model does beside the answer: rewriting, suggesting.
        policy_rerank_url: address of a reranker; empty means passages keep the order in which they are found.
        policy_rerank_model, policy_rerank_key: its model and key, where it needs them; `local:FOLDER` is a
            model in ONNX form that needs no address.
        policy_rerank_timeout: seconds to its answer.
        policy_model_threads: processor cores that a model in the process may use; 0 means half of them.
        policy_nli_model: `local:FOLDER`, a model in ONNX form that tells whether one text follows
            from another; empty means sentences are checked without one.
        policy_api_key: what callers of the HTTP service must show; empty means it serves this machine alone.
        policy_api_keys: keys of callers who see only documents of some groups (`assistant.api.keys`).
        policy_metrics: whether servers count what they do, for Prometheus, at `/metrics`.
        policy_retries: how often a request that may succeed later is repeated.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, str_strip_whitespace=True
    )

    policy_chat_model: str = ""
    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: str = Field(default="", pattern=r"^(https?://[^\s/]+\S*)?$")
    policy_aliases: Path | None = None
    policy_language: Literal["zh-Hans", "zh-Hant", "en"] = "zh-Hans"
    policy_audit_days: int = Field(default=180, ge=0, le=36500)
    policy_context_tokens: int = Field(default=6000, ge=500)
    policy_answer_tokens: int = Field(default=2000, ge=50)
    policy_connect_timeout: float = Field(default=5, gt=0)
    policy_first_token_timeout: float = Field(default=60, gt=0)
    policy_token_timeout: float = Field(default=20, gt=0)
    policy_answer_timeout: float = Field(default=180, gt=0)
    policy_helper_timeout: float = Field(default=10, gt=0)
    policy_rerank_url: str = Field(default="", pattern=r"^(https?://[^\s/]+\S*)?$")
    policy_rerank_model: str = ""
    policy_rerank_key: SecretStr = SecretStr("")
    policy_rerank_timeout: float = Field(default=5, gt=0)
    policy_model_threads: int = Field(default=0, ge=0, le=256)
    policy_nli_model: str = Field(default="", pattern=r"^(local:.+)?$")
    policy_api_key: SecretStr = SecretStr("")
    policy_api_keys: SecretStr = SecretStr("")
    policy_metrics: bool = False
    policy_retries: int = Field(default=2, ge=0, le=10)

    @property
    def chat_provider(self) -> str:
        """LangChain's name of the chat model's provider; a name without a known prefix belongs to openai."""
        prefix, colon, _ = self.policy_chat_model.partition(":")
        return prefix if colon and prefix in _PROVIDERS else "openai"

    @property
    def chat_model_name(self) -> str:
        """The chat model's name as its provider knows it."""
        return self.policy_chat_model.removeprefix(f"{self.chat_provider}:")

    @property
    def language_name(self) -> str:
        """The script the model writes in, as a prompt names it."""
        return "繁体中文" if self.policy_language == "zh-Hant" else "简体中文"

    @field_validator("openai_api_key", "policy_rerank_key", "policy_api_key")
    @classmethod
    def _fits_a_header(cls, key: SecretStr) -> SecretStr:
        """A key travels in a header of the request, which holds nothing but plain characters."""
        value = key.get_secret_value().strip()
        if not (value.isascii() and value.isprintable()):
            raise ValueError("not printable ASCII")
        return SecretStr(value)

    @model_validator(mode="after")
    def _key_for_openai_itself(self) -> Self:
        """Only servers of one's own work without a key."""
        unreachable = not self.openai_api_key.get_secret_value() and not self.openai_base_url
        if self.policy_chat_model and self.chat_provider == "openai" and unreachable:
            raise ValueError("OPENAI_API_KEY")
        return self


class AccessSettings(BaseSettings):
    """Settings of who may use the page, from the environment or `.env`.

    Attributes:
        policy_sign_in: whether people sign in (OpenID Connect, configured in `.streamlit/secrets.toml`).
        policy_administrators, policy_staff: e-mail addresses, separated by commas.
        policy_group_administrators: addresses with the groups that they administer, `ADDRESS=group|group`.
        policy_role_claim: name of the claim in which the provider tells roles; empty means none does.
        policy_group_claim: name of the claim in which the provider tells groups; empty means none does.
        policy_role_seconds: how long a claimed role or group counts before the provider is asked again.
        policy_sign_in_hours: how long a sign-in lasts.
        policy_email_verified: whether the provider lets in none but verified addresses, without saying so.
        policy_upload_mb: most that one person may have uploaded and not yet handed in, in MB.
        policy_uploads_mb: the same of all people together.
        policy_submissions: how many files of the staff may wait for an administrator.
        policy_submissions_mb: how much they may be together, in MB.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, str_strip_whitespace=True
    )

    policy_sign_in: bool = False
    policy_administrators: str = ""
    policy_staff: str = ""
    policy_group_administrators: str = ""
    policy_role_claim: str = ""
    policy_group_claim: str = ""
    policy_role_seconds: float = Field(default=300, gt=0)
    policy_sign_in_hours: float = Field(default=12, gt=0)
    policy_email_verified: bool = False
    policy_upload_mb: float = Field(default=300, gt=0)
    policy_uploads_mb: float = Field(default=600, gt=0)
    policy_submissions: int = Field(default=500, gt=0)
    policy_submissions_mb: float = Field(default=2000, gt=0)

    @property
    def group_administrators(self) -> dict[str, frozenset[str]]:
        """Address, in small letters → the groups that it administers.

        Raises:
            SettingsError: an entry is no address with groups, or an address stands there twice.
        """
        known: dict[str, frozenset[str]] = {}
        try:
            for name, groups in grouped(self.policy_group_administrators):
                address = name.lower()
                if not _ADDRESS.fullmatch(address) or not groups or address in known:
                    raise SettingsError(
                        "设置 POLICY_GROUP_ADMINISTRATORS 的值无效，应形如 地址=部门|部门；另一地址=部门"
                        "（每个地址只写一次，至少有一个部门）"
                    )
                known[address] = groups
        except LibraryError as error:
            raise SettingsError(f"设置 POLICY_GROUP_ADMINISTRATORS 的值无效：{error}") from None
        return known


def access_settings() -> AccessSettings:
    """Read the settings of who may use the page.

    Raises:
        SettingsError: a value does not fit; the message names the setting.
    """
    settings = read_settings(AccessSettings)
    # A mistake is told at once, whoever comes.
    _ = settings.group_administrators
    return settings


def assistant_settings() -> AssistantSettings:
    """Read the settings of answering.

    Returns:
        The settings as the environment and `.env` give them.

    Raises:
        SettingsError: a value does not fit; the message names the setting.
    """
    try:
        return AssistantSettings()
    except ValidationError as error:
        names = "、".join(str(item["loc"][0]).upper() for item in error.errors() if item["loc"])
        if names:
            raise SettingsError(f"设置 {names} 的值无效，请参照 .env.example 更正") from None
        raise SettingsError(
            "已设置 POLICY_CHAT_MODEL，但没有设置 OPENAI_API_KEY；使用自建服务时请设置 OPENAI_BASE_URL"
        ) from None
