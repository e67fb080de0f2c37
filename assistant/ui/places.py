"""Places of documents, their texts side by side, each open where it is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from assistant.days import today
from assistant.ui.document import place_of
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.reading import TO_THE_QUOTE, reading_html
from assistant.ui.sources import document_head
from vectorstore.library import PolicyLibrary
from vectorstore.types import Passage, PolicyDocument


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document's clean text, in characters; empty where the document has no such place."""

    document: PolicyDocument
    start: int
    end: int


def show_places(library: PolicyLibrary, places: Sequence[Place]) -> None:
    """Draw texts side by side, one below the other on a phone.

    Args:
        library: where the texts are.
        places: where each is opened.
    """
    for column, place in zip(st.columns(len(places)), places, strict=True):
        with column:
            st.html(document_head(place.document, today()))
            passage = _passage(library, place)
            if passage is None:
                st.html(f'<p class="pa-facts">{html_text(say("该文件中没有对应的内容"))}</p>')
                continue
            st.html(f'<div class="pa-facts" lang="zh-CN">{html_text(place_of(passage))}</div>')
            st.html(reading_html(library.text(place.document.id), passage, (place.start, place.end)))
    st.html(TO_THE_QUOTE, unsafe_allow_javascript=True)


def _passage(library: PolicyLibrary, place: Place) -> Passage | None:
    """Return the passage in which a place begins, or the last one before it, made as wide as the place."""
    if place.start == place.end:
        return None
    before = [one for one in library.passages(place.document.id) if one.start <= place.start]
    if not before:
        return None
    held = before[-1]
    return replace(held, end=max(held.end, place.end))
