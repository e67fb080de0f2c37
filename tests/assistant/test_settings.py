from pathlib import Path

import pytest

from assistant.settings import AssistantSettings, assistant_settings
from vectorstore.errors import SettingsError


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_settings_there_is_no_model() -> None:
    assert assistant_settings().policy_chat_model == ""


@pytest.mark.parametrize(
    ("written", "provider", "name"),
    [
        ("gpt-4o", "openai", "gpt-4o"),
        ("openai:gpt-4o", "openai", "gpt-4o"),
        ("deepseek-chat", "openai", "deepseek-chat"),
        ("qwen3:8b", "openai", "qwen3:8b"),
        ("ollama:qwen3:8b", "ollama", "qwen3:8b"),
        ("deepseek:deepseek-chat", "deepseek", "deepseek-chat"),
    ],
)
def test_a_provider_is_what_stands_before_the_first_colon_where_it_is_known(
    written: str, provider: str, name: str
) -> None:
    settings = AssistantSettings(policy_chat_model=written, openai_base_url="http://127.0.0.1:1/v1")
    assert (settings.chat_provider, settings.chat_model_name) == (provider, name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENAI_BASE_URL", "models.example"),
        ("OPENAI_API_KEY", "您的密钥"),
        ("POLICY_LANGUAGE", "fr"),
        ("POLICY_CONTEXT_TOKENS", "many"),
        ("POLICY_RETRIES", "-1"),
        ("POLICY_FIRST_TOKEN_TIMEOUT", "0"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        assistant_settings()
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    assert value not in str(caught.value) or value == "0"


def test_openai_itself_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_CHAT_MODEL", "gpt-4o")
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        assistant_settings()


def test_a_server_of_one_s_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_CHAT_MODEL", "qwen3")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://10.0.0.8:8000/v1")
    assert assistant_settings().openai_base_url == "http://10.0.0.8:8000/v1"


def test_blanks_around_a_value_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", " sk-abc\n")
    monkeypatch.setenv("POLICY_CHAT_MODEL", " gpt-4o ")
    settings = assistant_settings()
    assert settings.openai_api_key.get_secret_value() == "sk-abc"
    assert settings.policy_chat_model == "gpt-4o"


def test_the_key_is_not_part_of_how_settings_print() -> None:
    assert "sk-abc" not in repr(AssistantSettings.model_validate({"openai_api_key": "sk-abc"}))
