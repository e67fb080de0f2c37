"""Which language is wanted: `POLICY_LANGUAGE`, else the terminal's."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from vectorstore.languages.language import Language

_NAME = "POLICY_LANGUAGE"
# In this order, as gettext reads them (POSIX).
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_TRADITIONAL = ("zh_tw", "zh_hk", "zh_mo", "zh_hant")


def configured_language() -> Language | None:
    """Return the language of `POLICY_LANGUAGE`, from the environment or `.env`; None where none is set.

    What does not fit counts as none here: the settings of answering tell it.
    """
    wanted = os.environ.get(_NAME, "").strip() or _in_file()
    return Language(wanted) if wanted in set(Language) else None


def terminal_language() -> Language:
    """Return the language of a terminal: the configured one, else that of its locale."""
    configured = configured_language()
    if configured is not None:
        return configured
    locale = next(filter(None, (os.environ.get(name) for name in _LOCALE)), "").lower().replace("-", "_")
    if locale.split(".")[0] in ("", "c", "posix") or locale.startswith("zh"):
        return Language.TRADITIONAL if locale.startswith(_TRADITIONAL) else Language.SIMPLIFIED
    return Language.ENGLISH


def _in_file() -> str:
    file = Path(".env").absolute()
    return _read(file) if file.is_file() else ""


@cache
def _read(file: Path) -> str:
    # Only who has such a file waits for its reader.
    from dotenv import dotenv_values

    return (dotenv_values(file).get(_NAME) or "").strip()
