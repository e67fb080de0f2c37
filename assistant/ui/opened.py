"""The sources that a reader has open beside the conversation, and where each was turned to."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from assistant.types import Answer, Citation

_OPENED = "sources"
_ACTIVE = "source"
# More titles than these nobody tells apart in the width of a panel.
_MOST = 6
_NAME = "source-search-"


@dataclass(frozen=True, slots=True)
class Source:
    """A citation that a reader opened.

    Attributes:
        answer: the answer that cites.
        citation: one of its citations.
        passage: id of the passage that its document was turned to; "" for the citation's.
        page: the page that its original was turned to, from 1; None for the quote's.
        match: the place of what is looked for that was gone to, from 0; None for the next one.
    """

    answer: Answer
    citation: Citation
    passage: str = ""
    page: int | None = None
    match: int | None = None

    @property
    def document_id(self) -> str:
        """The id of the document that is open."""
        return self.citation.document.id


def open_source(source: Source) -> None:
    """Open the document of a citation, beside those that are open; the oldest of too many goes.

    Args:
        source: the proof to look at.
    """
    # Not taken away but emptied: the browser would show again what it has.
    if search_key(source) in st.session_state:
        st.session_state[search_key(source)] = ""
    _put(source)
    for oldest in opened_sources()[:-_MOST]:
        _close(oldest.document_id)
    show_source(source.document_id)


def show_source(document_id: str) -> None:
    """Bring one of the open documents before the reader.

    Args:
        document_id: the document's id.
    """
    st.session_state[_ACTIVE] = document_id


def close_source(document_id: str = "") -> None:
    """Close a document; the neighbour of the one before the reader takes its place.

    Args:
        document_id: the document's id; "" for the one before the reader.
    """
    source = opened_source()
    if source is None or document_id not in ("", source.document_id):
        _close(document_id)
        return
    place = opened_sources().index(source)
    _close(source.document_id)
    if left := opened_sources():
        show_source(left[min(place, len(left) - 1)].document_id)


def close_sources() -> None:
    """Close all opened documents."""
    for source in opened_sources():
        _close(source.document_id)


def opened_sources() -> tuple[Source, ...]:
    """Return what is open, one a document, as it was opened."""
    sources: tuple[Source, ...] = st.session_state.get(_OPENED, ())
    return sources


def opened_source() -> Source | None:
    """Return the citation whose document is before the reader."""
    active = st.session_state.get(_ACTIVE)
    return next((source for source in opened_sources() if source.document_id == active), None)


def search_key(source: Source) -> str:
    """Return the key of the line in which words are looked for in a document.

    Args:
        source: whose document is open.
    """
    return _NAME + source.document_id


def show_passage(passage_id: str) -> None:
    """Turn the document before the reader to another passage.

    Args:
        passage_id: the passage's id.
    """
    if source := opened_source():
        _put(replace(source, passage=passage_id))


def turn_to(page: int | None) -> None:
    """Turn the original before the reader to a page; None is the one on which the quote stands.

    Args:
        page: its number, from 1.
    """
    if source := opened_source():
        _put(replace(source, page=page))


def show_match(number: int | None) -> None:
    """Go to one of the places of what is looked for; None is the next one from the passage.

    Args:
        number: of the place, from 0.
    """
    if source := opened_source():
        _put(replace(source, match=number))


def _put(source: Source) -> None:
    """Let a document stand where it stood, or last where it was not open."""
    others = opened_sources()
    known = any(one.document_id == source.document_id for one in others)
    st.session_state[_OPENED] = (
        tuple(source if one.document_id == source.document_id else one for one in others)
        if known
        else (*others, source)
    )


def _close(document_id: str) -> None:
    for source in opened_sources():
        if source.document_id == document_id:
            st.session_state.pop(search_key(source), None)
    st.session_state[_OPENED] = tuple(
        source for source in opened_sources() if source.document_id != document_id
    )
