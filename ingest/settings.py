"""How passages are cut."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.tokens import TokenBudget, cached_ranks
from vectorstore.settings import read_settings


class IngestSettings(BaseSettings):
    """Settings of the ingestion, from the environment or `.env` (see `.env.example`)."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    # Below this the words that a part of a long table row is led by would fill it.
    policy_passage_tokens: int = Field(default=800, ge=300, le=8_000)
    tiktoken_cache_dir: Path | None = None

    def budget(self) -> TokenBudget:
        """Return the budget of a passage, counted with tiktoken's ranks where they are there."""
        return TokenBudget(self.policy_passage_tokens, cached_ranks(self.tiktoken_cache_dir))


def ingest_settings() -> IngestSettings:
    """Read the ingestion's settings.

    Returns:
        The settings as the environment and `.env` give them.

    Raises:
        SettingsError: a value does not fit; the message names the setting.
    """
    return read_settings(IngestSettings)
