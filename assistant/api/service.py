"""The routes of the HTTP service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import anyio.to_thread
from fastapi import FastAPI, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.routing import Route

from assistant.api.access import ADMITTED, PATIENCE, Access
from assistant.api.answering import Call, events, whole
from assistant.api.errors import explain_errors
from assistant.api.protocol import (
    MODEL,
    MODEL_WITH_SOURCES,
    ChatRequest,
    Completion,
    FactsRequest,
    SearchRequest,
    VerifyRequest,
)
from assistant.api.requests import RequestError, document_named, refuse_nothing_to_search
from assistant.assistant import Assistant
from assistant.json_records import checked_record, hit_record
from assistant.ledger.records import facts_record
from assistant.observing.observing import METRICS_TYPE
from assistant.readiness import readiness
from assistant.records.audit import Action, AuditLog
from assistant.types import Answer
from vectorstore.errors import PolicyError
from vectorstore.library import PolicyLibrary

if TYPE_CHECKING:
    from assistant.mcp.server import Mounted
    from assistant.observing.metrics import Metrics

_CALLER = "API"
_MODELS = (MODEL, MODEL_WITH_SOURCES)


def service(
    library: PolicyLibrary,
    assistant: Assistant,
    key: str = "",
    audit: AuditLog | None = None,
    patience: float = PATIENCE,
    tools: Mounted | None = None,
    metrics: Metrics | None = None,
) -> FastAPI:
    """Return the service.

    Args:
        library: what is asked about.
        assistant: who answers.
        key: what callers must show; "" lets this machine alone in.
        audit: where questions and answers are noted, if anywhere.
        patience: seconds that a request may stand still on its way.
        tools: the same for other models, at `/mcp`, if wanted.
        metrics: what is told of all of it, at `/metrics`, if wanted.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if tools is None:
            yield
            return
        async with tools.running():
            yield

    # Its pages of documentation would load scripts from elsewhere.
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.add_middleware(Access, key=key, patience=patience)
    explain_errors(app)
    routes = _Routes(library, assistant, audit)
    app.get("/health")(routes.health)
    app.get("/ready")(routes.ready)
    app.get("/v1/models")(routes.models)
    app.get("/v1/models/{name}")(routes.model)
    app.post("/search")(routes.search)
    app.post("/verify")(routes.verify)
    app.get("/facts")(routes.facts)
    app.post("/v1/chat/completions")(routes.chat)
    if metrics:
        app.get("/metrics")(lambda: Response(metrics.text(), media_type=METRICS_TYPE))
    if tools:
        app.router.routes.append(Route("/mcp", tools))
    return app


class _Routes:
    def __init__(self, library: PolicyLibrary, assistant: Assistant, audit: AuditLog | None) -> None:
        self._library = library
        self._assistant = assistant
        self._audit = audit

    def health(self, request: Request) -> dict[str, Any]:
        told: dict[str, Any] = {"status": "ok"}
        if request.scope[ADMITTED]:
            # That it lives does not hang on the library: `ready` says how that is.
            with suppress(PolicyError):
                told["documents"] = len(self._library.documents())
        return told

    def ready(self, request: Request) -> JSONResponse:
        found = readiness(self._library)
        return JSONResponse(found.record(told=request.scope[ADMITTED]), found.status)

    def models(self) -> dict[str, Any]:
        return {"object": "list", "data": [_model(name) for name in _MODELS]}

    def model(self, name: str) -> dict[str, Any]:
        return _model(_known(name))

    def search(self, wanted: SearchRequest) -> dict[str, Any]:
        refuse_nothing_to_search(self._library, wanted.scope)
        hits = self._assistant.search(wanted.query, wanted.limit, wanted.scope)
        return {"query": wanted.query, "results": [hit_record(hit) for hit in hits]}

    def verify(self, wanted: VerifyRequest) -> dict[str, Any]:
        refuse_nothing_to_search(self._library, wanted.scope)
        checked = self._assistant.verify(wanted.text, wanted.scope)
        return {"sentences": [checked_record(sentence) for sentence in checked]}

    def facts(self, wanted: Annotated[FactsRequest, Query()]) -> dict[str, Any]:
        library = self._library.pinned()
        refuse_nothing_to_search(library)
        document = document_named(library, wanted.document).id if wanted.document else ""
        return facts_record(library.ledger, wanted.filter_in(document), wanted.offset, wanted.limit)

    async def chat(self, wanted: ChatRequest, request: Request) -> Response:
        completion = Completion(_known(wanted.model))
        question = wanted.messages[-1]
        if question.role != "user" or not question.text.strip():
            raise RequestError(400, "最后一条消息应为用户的问题", param="messages")
        refuse_nothing_to_search(self._library, wanted.scope)
        await anyio.to_thread.run_sync(self._note, Action.ASKED, completion, question.text)
        stream = self._assistant.ask(question.text, wanted.history, wanted.scope)
        call = Call(wanted, completion, stream, partial(self._finished, completion))
        if wanted.stream:
            return StreamingResponse(events(call), media_type="text/event-stream")
        return JSONResponse(await whole(call, request))

    def _finished(self, completion: Completion, answer: Answer) -> None:
        self._note(Action.ANSWERED, completion, "refused" if answer.refused else answer.mode)

    def _note(self, action: Action, completion: Completion, detail: str) -> None:
        if self._audit:
            self._audit.note(_CALLER, action, completion.id, detail)


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "policy-assistant"}


def _known(name: str) -> str:
    if name not in _MODELS:
        raise RequestError(
            404, f"没有模型 {name[:50]}，可用：{'、'.join(_MODELS)}", "model_not_found", "model"
        )
    return name
