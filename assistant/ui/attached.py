"""The files that a reader attached to questions: kept for this session alone, each for one conversation."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from assistant.records.attachments import Attachment, is_attached
from assistant.types import Scope
from assistant.ui.sharing import Resources

_HELD = "attachments"
_ASKED = "attachment"
# What a session may hold on the disk at once; the answers from older ones keep what they quote.
_MOST = 3


def attach(attachment: Attachment) -> None:
    """Let the next questions of the conversation be about a file alone.

    Args:
        attachment: the file.
    """
    st.session_state[_HELD] = (*_held(), attachment)[-_MOST:]
    st.session_state[_ASKED] = attachment


def detach() -> None:
    """Ask the library again; what was answered from the file can still be looked at."""
    st.session_state.pop(_ASKED, None)


def asked() -> Attachment | None:
    """Return the file that the next question is about, or None for the library."""
    attachment: Attachment | None = st.session_state.get(_ASKED)
    return attachment


def found(scope: Scope) -> Attachment | None:
    """Return the file that a question was limited to; None where it was another's, or is gone.

    Args:
        scope: of the question.
    """
    if not is_attached(scope):
        return None
    return next((one for one in _held() if one.scope == scope), None)


def within(shared: Resources, document_id: str) -> Resources:
    """Return what shows a document: the library, or the attached file that it was read from.

    Args:
        shared: what all sessions share.
        document_id: the document's id.
    """
    if document_id in shared.library.by_id:
        return shared
    holder = next((one for one in _held() if one.holds(document_id)), None)
    return shared if holder is None else replace(shared, library=holder.library)


def answering(shared: Resources, scope: Scope) -> Resources:
    """Return what answered a question: the library, or the attached file that it was limited to.

    Args:
        shared: what all sessions share.
        scope: of the question.
    """
    attachment = found(scope)
    if attachment is None:
        return shared
    return replace(shared, library=attachment.library, assistant=attachment.assistant())


def _held() -> tuple[Attachment, ...]:
    held: tuple[Attachment, ...] = st.session_state.get(_HELD, ())
    return held
