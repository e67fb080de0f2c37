"""What the server of OpenAI's protocol is asked, and how a test has it answer."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast


@dataclass(frozen=True)
class Request:
    """One request as it arrived; header names are lower case."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def messages(self) -> list[dict[str, str]]:
        return cast(list[dict[str, str]], self.body.get("messages", []))

    @property
    def prompt(self) -> str:
        """The text of the last message."""
        return self.messages[-1]["content"]


@dataclass(frozen=True)
class Reply:
    """How the server treats one request.

    Attributes:
        text: what the model says; streamed in pieces of three characters unless `pieces` is given.
        pieces: the exact pieces of the stream.
        reasoning: sent before the text as `reasoning_content`.
        finish_reason: "stop", "length", "content_filter", or None for a server that never says it.
        status, code, param, message: another status than 200 is an error that says so.
        headers: sent along, such as Retry-After.
        ending: "done" closes properly; "cut" breaks the connection after the last piece; "endless" repeats
            the pieces until the client goes away; "stall" falls silent after the last piece.
        events: raw `data:` payloads sent after the text, for events that are no JSON.
        hold: the answer starts (after the headers of a stream) only when this event is set.
    """

    text: str = ""
    pieces: Sequence[str] = ()
    reasoning: str = ""
    finish_reason: str | None = "stop"
    status: int = 200
    code: str = ""
    param: str = ""
    message: str = "scripted error"
    headers: Mapping[str, str] = field(default_factory=dict)
    ending: Literal["done", "cut", "endless", "stall"] = "done"
    events: Sequence[str] = ()
    hold: threading.Event | None = None

    @property
    def split(self) -> Sequence[str]:
        return self.pieces or [self.text[at : at + 3] for at in range(0, len(self.text), 3)]
