"""The source that a reader has open beside the conversation."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from assistant.types import Answer, Citation

_SOURCE = "source"
_PASSAGE = "source_passage"


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
    st.session_state[_SOURCE] = source
    st.session_state.pop(_PASSAGE, None)


def close_source() -> None:
    """Close the opened document."""
    st.session_state.pop(_SOURCE, None)
    st.session_state.pop(_PASSAGE, None)


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
