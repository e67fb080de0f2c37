"""Requests of a service as steps: what was called and what came of it, and nothing that callers say."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vectorstore.steps import Step, under_way

# Asked for every few seconds by those who watch.
_WATCHED = frozenset({"/health", "/ready", "/metrics"})


class Traced:
    """Traces requests, each within the step of its caller that it names (`traceparent`).

    Args:
        app: the service.
        traces: what a trace begins within.
    """

    def __init__(self, app: ASGIApp, traces: Step) -> None:
        self._app = app
        self._traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or scope["path"] in _WATCHED:
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        with under_way(self._traces.begin_request(headers)) as request:

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    request.tell(**{"http.response.status_code": message["status"]})
                await send(message)

            try:
                await self._app(scope, receive, sent)
            finally:
                # A path that is none of the service's is the caller's words.
                if route := getattr(scope.get("route"), "path", ""):
                    request.tell(**{"http.request.method": scope["method"], "http.route": route})
