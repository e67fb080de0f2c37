"""Which languages there are, and what marks a text as the assistant's own words."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

_Marked = TypeVar("_Marked")


class Language(StrEnum):
    """A language that readers are spoken to in; its value is its tag (BCP 47)."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"

    @property
    def own_name(self) -> str:
        """What its readers call it."""
        return {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}[self.value]


def own_words(marked: _Marked) -> _Marked:
    """Return it unchanged, marked for the catalogue: every Chinese text in it is said by the assistant.

    It marks what is made in Chinese and translated when it is shown.

    Args:
        marked: a text, a value that holds texts, or, as a decorator, a function that makes them.
    """
    return marked


def answer_line(marked: _Marked) -> _Marked:
    """Return it unchanged, marked for the catalogue as what may be a line or a cell of an answer.

    Other lines of an answer are a document's own words, which no catalogue must touch.

    Args:
        marked: as `own_words` takes it.
    """
    return marked
