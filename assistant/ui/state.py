"""What the page remembers of one reader: the conversation, the scope, what is being changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.conversations import Exchange
from assistant.days import today
from assistant.proof.flagging import held_text
from assistant.records.audit import Action
from assistant.records.scoping import Choice, scope_of
from assistant.types import Turn
from assistant.ui import attached, opened, sharing, signing_in
from assistant.ui.notice import problem_line
from assistant.ui.sharing import Resources
from vectorstore.languages.language import own_words

_CONVERSATION = "conversation"
# What the chat's address named when it was drawn last.
_NAMED = "named"
_EDITED = "edited"
_PROBLEM = "problem"
_CHOICE = "scope"
_EARLIER = "earlier"
_TO_CHAT = "to_chat"


def owner() -> str:
    """Return whose conversations this session sees; "" where nobody signs in."""
    return signing_in.person().owner


def who() -> str:
    """Return what the log calls whoever sits before the page."""
    return signing_in.person().called


def shared() -> Resources:
    """Return what all sessions share, as whoever sits before the page may see it.

    Raises:
        PolicyError: it cannot be opened, or nobody is signed in.
    """
    return sharing.resources().seen_by(signing_in.person().viewer)


def conversation_id() -> str:
    """Return the conversation before the reader, or ""."""
    known: str = st.session_state.get(_CONVERSATION, "")
    return known


def follow_address(*, on_chat: bool) -> None:
    """Let the conversation be the one that the page's address names, and the address name it.

    Args:
        on_chat: whether the chat is drawn; the other pages' addresses name no conversation.
    """
    known, linked = conversation_id(), st.query_params.get(_CONVERSATION, "")
    gone_back = on_chat and not linked and st.session_state.get(_NAMED)
    if (linked or gone_back) and linked != known:
        attached.detach()
        _put(linked)
    elif on_chat and known and not linked:
        # So that a reload or a bookmark finds it again.
        st.query_params[_CONVERSATION] = known
    st.session_state[_NAMED] = conversation_id() if on_chat else ""


def open_conversation(identity: str) -> None:
    """Put a conversation before the reader; "" begins a new one.

    Args:
        identity: the conversation's id.
    """
    attached.detach()
    _lead_to(identity)


def _lead_to(identity: str) -> None:
    _put(identity)
    go_to_chat()
    if identity:
        st.query_params[_CONVERSATION] = identity
    else:
        st.query_params.pop(_CONVERSATION, None)


def go_to_chat() -> None:
    """Lead to the page of the conversation at the next drawing."""
    st.session_state[_TO_CHAT] = True


def _put(identity: str) -> None:
    st.session_state[_CONVERSATION] = identity
    st.session_state.pop(_EDITED, None)
    st.session_state.pop(_EARLIER, None)
    opened.close_sources()


def wants_chat() -> bool:
    """Whether a click, perhaps on another page, put a conversation before the reader; told once."""
    return bool(st.session_state.pop(_TO_CHAT, False))


def ask(question: str) -> None:
    """Add a question to the conversation; a second click on what is still being answered adds nothing.

    Args:
        question: as it was typed.
    """
    act(lambda shared: _asked(shared, question))


def ask_file(name: str, data: bytes, question: str) -> None:
    """Ask a question of a file alone; without one, the next question is about the file.

    Args:
        name: the file's name.
        data: its bytes.
        question: as it was typed, or "".
    """

    def asked(shared: Resources) -> None:
        attached.attach(shared.attachments.take(name, data))
        if question.strip():
            _asked(shared, question)

    act(asked)


def ask_again(exchange: Exchange, question: str) -> None:
    """Put a changed question, or the same once more, in place of one that was asked.

    Args:
        exchange: the exchange to replace; what follows it goes.
        question: what is asked now.
    """
    st.session_state.pop(_EDITED, None)
    opened.close_sources()
    act(lambda shared: _asked_again(shared, exchange, question))


def _asked(shared: Resources, question: str) -> None:
    attachment = attached.asked()
    scope = attachment.scope if attachment else scope_of(choice(), shared.library.documents(), today())
    if scope is None:
        st.session_state[_PROBLEM] = own_words("所选范围内没有文件，请放宽范围后再提问")
        return
    known = conversation_id()
    if known and shared.conversations.conversation(owner(), known) is None:
        # Deleted meanwhile, perhaps in another tab: the question is worth more than its place.
        known = ""
    exchange = shared.conversations.ask(owner(), question, known, scope)
    shared.audit.note(who(), Action.ASKED, exchange.id, question)
    _lead_to(exchange.conversation_id)


def _asked_again(shared: Resources, exchange: Exchange, question: str) -> None:
    again = shared.conversations.ask_again(owner(), exchange.id, question, exchange.scope)
    shared.audit.note(who(), Action.ASKED, again.id, question)


def open_source(source: opened.Source) -> None:
    """Open a citation's document beside the conversation.

    Args:
        source: the proof to look at.
    """
    opened.open_source(source)
    document = source.citation.document
    act(lambda shared: shared.audit.note(who(), Action.OPENED, document.id, document.title))


def act(action: Callable[[Resources], object]) -> None:
    """Do what a click asks for; a failure is told at the next drawing and takes nothing else down.

    Args:
        action: what is to be done with what all sessions share.
    """
    try:
        action(shared())
    except Exception as error:
        st.session_state[_PROBLEM] = problem_line(error, own_words("操作"))


def problem() -> str:
    """Return what went wrong with the last click, once."""
    line: str = st.session_state.pop(_PROBLEM, "")
    return line


def exchanges(shared: Resources) -> tuple[Exchange, ...]:
    """Return the conversation before the reader, oldest exchange first.

    Args:
        shared: where it is kept.
    """
    identity = conversation_id()
    return shared.conversations.exchanges(owner(), identity) if identity else ()


def turns(earlier: Sequence[Exchange]) -> tuple[Turn, ...]:
    """Return answered exchanges as the turns that the assistant takes for history.

    Args:
        earlier: oldest first.
    """
    return tuple(
        turn
        for exchange in earlier
        if (answer := exchange.answer) is not None
        for turn in (
            Turn("user", exchange.question),
            Turn("assistant", held_text(answer.text, answer.statements)),
        )
    )


def edited() -> str:
    """Return the id of the exchange whose question is being changed, or ""."""
    identity: str = st.session_state.get(_EDITED, "")
    return identity


def edit(exchange_id: str) -> None:
    """Change the question of an exchange; "" ends it.

    Args:
        exchange_id: the exchange's id.
    """
    st.session_state[_EDITED] = exchange_id


def all_shown() -> bool:
    """Whether a long conversation is shown from its beginning."""
    return bool(st.session_state.get(_EARLIER))


def show_all() -> None:
    """Show a long conversation from its beginning."""
    st.session_state[_EARLIER] = True


def choice() -> Choice:
    """Return what the reader limited the search to."""
    chosen: Choice = st.session_state.get(_CHOICE, Choice())
    return chosen


def choose(chosen: Choice) -> None:
    """Limit the next questions.

    Args:
        chosen: what to search.
    """
    st.session_state[_CHOICE] = chosen
