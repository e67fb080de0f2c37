"""A session of the page without a browser: Streamlit's own messages over its websocket."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one run of the page drew.

    Attributes:
        html: all pieces of HTML, in the order they came.
        chat_input: id of the line to ask in, or "".
        first_source: seconds until the first source of an answer was there; None for none.
        seconds: until the page was complete.
        leads_to: address that the page sends the browser to, or "".
    """

    html: str
    chat_input: str
    first_source: float | None
    seconds: float
    leads_to: str = ""


class Session:
    """One reader's session.

    Args:
        connection: to the page's server.
    """

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._chat_input = ""
        self._buttons: dict[str, str] = {}
        self.id = ""

    async def open(self) -> Drawn:
        """Draw the page for the first time."""
        return await self._run(BackMsg(rerun_script=ClientState()))

    async def ask(self, question: str) -> Drawn:
        """Ask a question as if it were typed."""
        message = BackMsg(rerun_script=ClientState())
        state = message.rerun_script.widget_states.widgets.add(id=self._chat_input)
        state.chat_input_value.data = question
        return await self._run(message)

    async def click(self, key: str) -> Drawn:
        """Click the button of a key."""
        message = BackMsg(rerun_script=ClientState())
        state = message.rerun_script.widget_states.widgets.add(id=self._buttons[key])
        state.trigger_value = True
        return await self._run(message)

    async def _run(self, message: BackMsg) -> Drawn:
        begun = time.perf_counter()
        await self._connection.send(message.SerializeToString())
        pieces: list[str] = []
        first_source = None
        leads_to = ""
        async for data in self._connection:
            assert isinstance(data, bytes)
            answer = ForwardMsg.FromString(data)
            element = answer.delta.new_element
            self._chat_input = element.chat_input.id or self._chat_input
            if element.button.id:
                self._buttons[element.button.id.split("-", 2)[2]] = element.button.id
            self.id = answer.new_session.initialize.session_id or self.id
            leads_to = answer.auth_redirect.url or leads_to
            pieces.append(element.html.body)
            if first_source is None and "pa-source-title" in element.html.body:
                first_source = time.perf_counter() - begun
            if answer.WhichOneof("type") == "script_finished":
                break
        return Drawn("".join(pieces), self._chat_input, first_source, time.perf_counter() - begun, leads_to)


@asynccontextmanager
async def session(address: str, cookies: Mapping[str, str] = MappingProxyType({})) -> AsyncIterator[Session]:
    """Lend a session of a served page.

    Args:
        address: the page's, as `served` gives it.
        cookies: what the browser holds of the page's.
    """
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    protocols = ["streamlit", *filter(None, [cookies.get("_streamlit_xsrf", "")])]
    async with connect(
        url,
        subprotocols=list(map(Subprotocol, protocols)),
        additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        origin=Origin(address),
        max_size=None,
        proxy=None,
    ) as connection:
        yield Session(connection)
