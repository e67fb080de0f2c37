"""The language of the page: Simplified Chinese is written in the code, the others are made from it."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path

import opencc
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_ENGLISH = Path(__file__).with_name("english.toml")
_CHOICE = "language"


class Language(StrEnum):
    """A language of the page; its value is the tag that a page names it by (BCP 47)."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"

    @property
    def own_name(self) -> str:
        """What its readers call it."""
        return {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}[self.value]


def language() -> Language:
    """Return the language that this reader chose, by a click or by `?lang=`."""
    if get_script_run_ctx(suppress_warning=True) is None:
        # A thread without a reader, as the one that makes an answer.
        return Language.SIMPLIFIED
    if _CHOICE not in st.session_state:
        wanted = st.query_params.get("lang", "")
        st.session_state[_CHOICE] = Language(wanted) if wanted in set(Language) else Language.SIMPLIFIED
    return Language(st.session_state[_CHOICE])


def choose_language(chosen: Language) -> None:
    """Draw the page in another language from now on; the address keeps it over a reload."""
    st.session_state[_CHOICE] = chosen
    st.query_params["lang"] = chosen.value


def say(text: str, **values: object) -> str:
    """Return a text of the page in the reader's language.

    Args:
        text: the Simplified Chinese, with {names} for what changes.
        values: what stands for each name; it is not translated.
    """
    return translated(text, language()).format(**values)


@cache
def translated(text: str, wanted: Language) -> str:
    """Return a text of the page in a language; one that has no English stays Chinese.

    Args:
        text: the Simplified Chinese.
        wanted: the language.
    """
    if wanted is Language.ENGLISH:
        return english().get(text, text)
    if wanted is Language.TRADITIONAL:
        return str(opencc.OpenCC("s2t").convert(text))
    return text


@cache
def english() -> dict[str, str]:
    """Return the English of each text of the page."""
    return dict(tomllib.loads(_ENGLISH.read_text(encoding="utf-8")))
