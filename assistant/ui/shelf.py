"""A reader's conversations as the parts of the history see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.conversations import Conversations


@dataclass(frozen=True, slots=True)
class Shelf:
    """Whose conversations stand beside the page, and which of them is open.

    Attributes:
        conversations: where they are kept.
        owner: whose they are.
        current: id of the one before the reader, or "".
        open_conversation: puts another one before the reader; "" begins a new one.
    """

    conversations: Conversations
    owner: str
    current: str
    open_conversation: Callable[[str], None]
