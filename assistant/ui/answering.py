"""The answer in the making of a question on the page: from the library, or from the file attached to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from assistant.conversations import Exchange
from assistant.models.stream import AnswerStream
from assistant.records.attachments import GONE, is_attached
from assistant.records.audit import Action
from assistant.records.ongoing import OngoingAnswer
from assistant.types import Answer, Scope
from assistant.ui import attached, state
from assistant.ui.notice import problem_line
from assistant.ui.sharing import Resources
from vectorstore.errors import LibraryError
from vectorstore.languages.language import own_words


def answering(shared: Resources, exchange: Exchange, earlier: Sequence[Exchange]) -> OngoingAnswer | None:
    """Return the answer in the making of an open exchange; it goes on whatever becomes of this page.

    None where it has been kept since the exchange was read.

    Args:
        shared: what answers.
        exchange: the open exchange.
        earlier: what was said before it.
    """
    whose, named, history = state.owner(), state.who(), state.turns(earlier)
    attachment, of_a_file = attached.found(exchange.scope), is_attached(exchange.scope)

    def begin() -> AnswerStream:
        if attachment is not None:
            return attachment.assistant().ask(exchange.question, history, Scope())
        if of_a_file:
            raise LibraryError(GONE)
        return shared.assistant.ask(exchange.question, history, exchange.scope)

    def keep(outcome: Answer | Exception) -> None:
        if isinstance(outcome, Answer):
            shared.conversations.settle(whose, exchange.id, outcome)
            how = "refused" if outcome.refused else outcome.mode
            shared.audit.note(named, Action.ANSWERED, exchange.id, how)
        else:
            shared.conversations.fail(whose, exchange.id, problem_line(outcome, own_words("回答")))

    wanted = partial(shared.conversations.is_open, whose, exchange.id)
    return shared.ongoing.take_up(exchange.id, begin, keep, wanted)
