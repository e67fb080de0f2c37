from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.languages.language import Language
from vectorstore.languages.settings import configured_language, terminal_language


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("POLICY_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_terminal_of_no_locale_is_spoken_to_in_chinese() -> None:
    assert terminal_language() is Language.SIMPLIFIED
    assert configured_language() is None


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("C", Language.SIMPLIFIED),
        ("POSIX", Language.SIMPLIFIED),
        ("C.UTF-8", Language.SIMPLIFIED),
        ("zh_CN.UTF-8", Language.SIMPLIFIED),
        ("zh_TW.UTF-8", Language.TRADITIONAL),
        ("zh_HK", Language.TRADITIONAL),
        ("en_GB.UTF-8", Language.ENGLISH),
        ("de_DE.UTF-8", Language.ENGLISH),
    ],
)
def test_a_terminal_follows_its_locale(
    monkeypatch: pytest.MonkeyPatch, locale: str, language: Language
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert terminal_language() is language


def test_the_more_specific_locale_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("LC_MESSAGES", "zh_TW.UTF-8")
    assert terminal_language() is Language.TRADITIONAL
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert terminal_language() is Language.ENGLISH


def test_the_setting_wins_over_the_locale(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    (tmp_path / ".env").write_text("POLICY_LANGUAGE=zh-Hant\n", encoding="utf-8")
    assert terminal_language() is Language.TRADITIONAL
    monkeypatch.setenv("POLICY_LANGUAGE", "zh-Hans")
    assert terminal_language() is Language.SIMPLIFIED
