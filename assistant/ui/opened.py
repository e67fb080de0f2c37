"""The source that a reader has open beside the conversation."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from assistant.types import Answer, Citation

_SOURCE = "source"
_PASSAGE = "source_passage"
_PAGE = "source_page"
_MATCH = "source_match"


@dataclass(frozen=True, slots=True)
class Source:
    """A citation that a reader opened.

    Attributes:
        answer: the answer that cites.
        citation: one of its citations.
    """

    answer: Answer
    citation: Citation


def open_source(source: Source) -> None:
    """Open the document of a citation at its passage.

    Args:
        source: the proof to look at.
    """
    close_source()
    st.session_state[_SOURCE] = source


def close_source() -> None:
    """Close the opened document."""
    for key in (_SOURCE, _PASSAGE, _PAGE, _MATCH):
        st.session_state.pop(key, None)


def opened_source() -> Source | None:
    """Return the citation whose document is open."""
    source: Source | None = st.session_state.get(_SOURCE)
    return source


def show_passage(passage_id: str) -> None:
    """Turn the opened document to another passage.

    Args:
        passage_id: the passage's id.
    """
    st.session_state[_PASSAGE] = passage_id


def shown_passage() -> str:
    """Return the id of the passage that the opened document was turned to, or ""."""
    passage_id: str = st.session_state.get(_PASSAGE, "")
    return passage_id


def turn_to(page: int | None) -> None:
    """Turn the opened original to a page; None is the one on which the quote stands.

    Args:
        page: its number, from 1.
    """
    st.session_state[_PAGE] = page


def turned_to() -> int | None:
    """Return the page that the opened original was turned to; None for the quote's."""
    page: int | None = st.session_state.get(_PAGE)
    return page


def show_match(number: int | None) -> None:
    """Go to one of the places of what is looked for in the opened document; None is the next one from here.

    Args:
        number: of the place, from 0.
    """
    st.session_state[_MATCH] = number


def shown_match() -> int | None:
    """Return the place that was gone to, or None."""
    number: int | None = st.session_state.get(_MATCH)
    return number
