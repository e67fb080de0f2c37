"""An answer on its way to the client, whole or streamed; a client that goes away ends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
from fastapi import Request

from assistant.api.protocol import ChatRequest, Completion, error_record, event, proof
from assistant.api.requests import spoken
from assistant.models.stream import AnswerStream
from assistant.proof.flagging import Stretch
from assistant.types import Answer, CheckedStatement

_DONE = "data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class Call:
    """A question of a client, and its answer in the making.

    Attributes:
        wanted: what was asked.
        completion: frames the answer.
        stream: the answer; stopped where the client goes away.
        finished: told the answer once there is one.
    """

    wanted: ChatRequest
    completion: Completion
    stream: AnswerStream
    finished: Callable[[Answer], None]

    def answer(self) -> Answer:
        """Return the finished answer."""
        answer = self.stream.answer
        self.finished(answer)
        return answer


async def whole(call: Call, request: Request) -> dict[str, Any]:
    """Return an answer once it is finished.

    Args:
        call: what was asked.
        request: tells whether the client is still there.
    """
    watching = asyncio.create_task(_stop_when_gone(request, call.stream))
    try:
        answer = await anyio.to_thread.run_sync(call.answer)
    finally:
        watching.cancel()
    return call.completion.whole(call.wanted, answer)


async def _stop_when_gone(request: Request, stream: AnswerStream) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    stream.stop()


async def events(call: Call) -> AsyncIterator[str]:
    """Yield an answer as the events of a stream, its citations in the last chunk of the answer."""
    completion, stream = call.completion, call.stream
    yield completion.chunk({"role": "assistant", "content": ""})
    shown = held = ""
    flagging = _Flagging()
    pieces = iter(stream)
    try:
        while (
            piece := await anyio.to_thread.run_sync(next, pieces, None, abandon_on_cancel=True)
        ) is not None:
            if held:
                yield completion.chunk({"content": flagging.passed(held, stream.statements)})
            shown, held = shown + held, piece
        answer = await anyio.to_thread.run_sync(call.answer)
        rest = flagging.passed(_rest(answer, shown), answer.statements) + completion.appendix(answer)
        if rest:
            yield completion.chunk({"content": rest})
        yield completion.chunk({}, "stop", **proof(answer))
        if call.wanted.wants_usage:
            yield completion.usage_chunk(call.wanted, answer)
        yield _DONE
    except Exception as error:
        yield event(error_record(spoken(error), "server_error"))
    finally:
        stream.stop()


class _Flagging:
    """Puts the reason behind each sentence that does not hold, as the text goes out."""

    def __init__(self) -> None:
        self._passed = 0
        self._checked = 0

    def passed(self, text: str, statements: Sequence[CheckedStatement]) -> str:
        """Return the next text of an answer with its reasons; one that comes late stands before the text."""
        end, done, told = self._passed + len(text), 0, ""
        for statement in statements[self._checked :]:
            if statement.end > end:
                break
            self._checked += 1
            if not statement.holds:
                cut = max(statement.end - self._passed, done)
                told += f"{text[done:cut]}（{Stretch(statement.text, statement).warning}）"
                done = cut
        self._passed = end
        return told + text[done:]


def _rest(answer: Answer, shown: str) -> str:
    """Return what is still to be shown: the end of the answer, or all of it where another took its place."""
    if answer.text.startswith(shown.rstrip()):
        return answer.text[len(shown) :]
    return "\n\n" + "\n".join([*answer.notices[:1], answer.text])
