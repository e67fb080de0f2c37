"""Short lines that tell the reader something; a failing part of the page becomes one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import streamlit as st

from assistant.ui.escaping import html_text
from assistant.ui.language import language, tell
from vectorstore.errors import PolicyError
from vectorstore.languages.language import own_words

_log = logging.getLogger(__name__)


def notice_html(text: str, kind: Literal["warning", "problem"] = "warning") -> str:
    """Return a notice of one line.

    Args:
        text: what the reader should know, in Simplified Chinese or in the reader's language.
        kind: a warning about a source, or a problem that kept something from being done.
    """
    role = "alert" if kind == "problem" else "note"
    return f'<div class="pa-notice pa-{kind}" role="{role}" lang="{language()}">{html_text(tell(text))}</div>'


@contextmanager
def guarded(part: str) -> Iterator[None]:
    """Draw one part of the page so that its failure leaves the others standing.

    Args:
        part: Chinese name of the part, named to the reader where the failure is not one we know.
    """
    try:
        yield
    except Exception as error:
        st.html(notice_html(problem_line(error, part), "problem"))


def problem_line(error: Exception, part: str) -> str:
    """Return the one Chinese line that tells a reader of a failure; one that we do not know goes to the log.

    Args:
        error: what was raised.
        part: Chinese name of what was being done or shown.
    """
    if isinstance(error, PolicyError):
        return str(error)
    _log.error("%s failed", part, exc_info=error)
    return own_words(f"{part}暂时不可用，请稍后重试；如仍未恢复，请管理员查看服务日志")
