"""What the page remembers: the conversation of a session, and what all sessions of the process share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assistant import Assistant
from assistant.settings import assistant_settings
from assistant.types import Answer, Turn
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings

_CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class Resources:
    """What every session of this process answers from."""

    library: PolicyLibrary
    assistant: Assistant


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it.

    Attributes:
        question: as it was typed.
        answer: the answer, or None while there is none.
        problem: the Chinese line that stands in place of an answer, or "".
    """

    question: str
    answer: Answer | None = None
    problem: str = ""

    @property
    def open(self) -> bool:
        """Whether the question still waits for its answer."""
        return self.answer is None and not self.problem


@st.cache_resource(show_spinner=False)
def resources() -> Resources:
    """Open the library and the assistant once for the process; after a failure the next call tries again.

    Raises:
        PolicyError: a setting or the library does not allow it.
    """
    library = PolicyLibrary.open(library_settings())
    return Resources(library, Assistant(library, assistant_settings()))


def conversation() -> tuple[Exchange, ...]:
    """Return this session's conversation, oldest exchange first."""
    exchanges: tuple[Exchange, ...] = st.session_state.get(_CONVERSATION, ())
    return exchanges


def ask(question: str) -> None:
    """Add a question to the conversation; a second click on what is still being answered adds nothing.

    Args:
        question: as it was typed.
    """
    exchanges = conversation()
    if exchanges and exchanges[-1].open and exchanges[-1].question == question:
        return
    st.session_state[_CONVERSATION] = (*exchanges, Exchange(question))


def settle(position: int, exchange: Exchange) -> None:
    """Put an answered exchange in place of the one that waited.

    Args:
        position: index in the conversation, from 0.
        exchange: the exchange with its answer or problem.
    """
    exchanges = conversation()
    st.session_state[_CONVERSATION] = (*exchanges[:position], exchange, *exchanges[position + 1 :])


def start_over() -> None:
    """Begin a new conversation."""
    st.session_state[_CONVERSATION] = ()


def turns(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """Return answered exchanges as the turns that the assistant takes for history.

    Args:
        exchanges: oldest first.
    """
    return tuple(
        turn
        for exchange in exchanges
        if exchange.answer is not None
        for turn in (Turn("user", exchange.question), Turn("assistant", exchange.answer.text))
    )
