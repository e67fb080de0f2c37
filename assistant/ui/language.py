"""The language of the page, as its reader chose it."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from vectorstore.languages.catalogue import traditional, translated
from vectorstore.languages.language import Language
from vectorstore.languages.settings import configured_language

_CHOICE = "language"


def language() -> Language:
    """Return the language that this reader chose, by a click or by `?lang=`, else the configured one."""
    if get_script_run_ctx(suppress_warning=True) is None:
        # A thread without a reader, as the one that makes an answer.
        return Language.SIMPLIFIED
    if _CHOICE not in st.session_state:
        wanted = st.query_params.get("lang", "")
        default = configured_language() or Language.SIMPLIFIED
        st.session_state[_CHOICE] = Language(wanted) if wanted in set(Language) else default
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
    return tell(text).format(**values)


def tell(text: str) -> str:
    """Return in the reader's language what was made elsewhere, with its values filled in.

    Args:
        text: the Simplified Chinese.
    """
    return translated(text, language())


def suggested(question: str) -> str:
    """Return a question that the reader may ask, in the script of the page.

    Args:
        question: in the words of the documents.
    """
    return traditional(question) if language() is Language.TRADITIONAL else question
