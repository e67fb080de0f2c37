"""The routes of the HTTP service."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import anyio.to_thread
from fastapi import FastAPI, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.routing import Route

from assistant.api.access import ADMITTED, PATIENCE, VIEWER, Access
from assistant.api.answering import Call, events, whole
from assistant.api.errors import explain_errors
from assistant.api.keys import Keys
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
from assistant.observing.traced import Traced
from assistant.readiness import readiness
from assistant.records.audit import Action, AuditLog
from assistant.types import Answer
from vectorstore.errors import PolicyError
from vectorstore.library import PolicyLibrary
from vectorstore.steps import UNTRACED, Step

if TYPE_CHECKING:
    from assistant.mcp.server import Mounted
    from assistant.observing.metrics import Metrics

_CALLER = "API"
_MODELS = (MODEL, MODEL_WITH_SOURCES)


def service(
    library: PolicyLibrary,
    assistant: Assistant,
    keys: Keys | None = None,
    audit: AuditLog | None = None,
    patience: float = PATIENCE,
    tools: Mounted | None = None,
    metrics: Metrics | None = None,
    traces: Step = UNTRACED,
) -> FastAPI:
    """Return the service.

    Args:
        library: what is asked about.
        assistant: who answers.
        keys: what callers must show, and which documents that opens; none lets this machine alone in.
        audit: where questions and answers are noted, if anywhere.
        patience: seconds that a request may stand still on its way.
        tools: the same for other models, at `/mcp`, if wanted.
        metrics: what is told of all of it, at `/metrics`, if wanted.
        traces: what requests are traced within.
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
    app.add_middleware(Access, keys=keys or Keys(), patience=patience)
    if traces is not UNTRACED:
        app.add_middleware(Traced, traces=traces)
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
        app.get("/metrics")(_counted(metrics))
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
                told["documents"] = len(self._seen(request)[0].documents())
        return told

    def ready(self, request: Request) -> JSONResponse:
        found = readiness(self._library)
        return JSONResponse(found.record(told=request.scope[ADMITTED]), found.status)

    def models(self) -> dict[str, Any]:
        return {"object": "list", "data": [_model(name) for name in _MODELS]}

    def model(self, name: str) -> dict[str, Any]:
        return _model(_known(name))

    def search(self, wanted: SearchRequest, request: Request) -> dict[str, Any]:
        library, assistant = self._seen(request)
        refuse_nothing_to_search(library, wanted.scope)
        hits = assistant.search(wanted.query, wanted.limit, wanted.scope)
        return {"query": wanted.query, "results": [hit_record(hit) for hit in hits]}

    def verify(self, wanted: VerifyRequest, request: Request) -> dict[str, Any]:
        library, assistant = self._seen(request)
        refuse_nothing_to_search(library, wanted.scope)
        checked = assistant.verify(wanted.text, wanted.scope)
        return {"sentences": [checked_record(sentence) for sentence in checked]}

    def facts(self, wanted: Annotated[FactsRequest, Query()], request: Request) -> dict[str, Any]:
        library = self._seen(request)[0].pinned()
        refuse_nothing_to_search(library)
        document = document_named(library, wanted.document).id if wanted.document else ""
        return facts_record(library.ledger, wanted.filter_in(document), wanted.offset, wanted.limit)

    async def chat(self, wanted: ChatRequest, request: Request) -> Response:
        completion = Completion(_known(wanted.model))
        question = wanted.messages[-1]
        if question.role != "user" or not question.text.strip():
            raise RequestError(400, "最后一条消息应为用户的问题", param="messages")
        library, assistant = self._seen(request)
        refuse_nothing_to_search(library, wanted.scope)
        await anyio.to_thread.run_sync(self._note, Action.ASKED, completion, question.text)
        stream = assistant.ask(question.text, wanted.history, wanted.scope)
        call = Call(wanted, completion, stream, partial(self._finished, completion))
        if wanted.stream:
            return StreamingResponse(events(call), media_type="text/event-stream")
        return JSONResponse(await whole(call, request))

    def _seen(self, request: Request) -> tuple[PolicyLibrary, Assistant]:
        """Return what the caller sees, and who answers from it."""
        viewer = request.scope[VIEWER]
        return self._library.seen_by(viewer), self._assistant.seen_by(viewer)

    def _finished(self, completion: Completion, answer: Answer) -> None:
        self._note(Action.ANSWERED, completion, "refused" if answer.refused else answer.mode)

    def _note(self, action: Action, completion: Completion, detail: str) -> None:
        if self._audit:
            self._audit.note(_CALLER, action, completion.id, detail)


def _counted(metrics: Metrics) -> Callable[[Request], Response]:
    def counted(request: Request) -> Response:
        if not request.scope[VIEWER].sees_all:
            # It counts the documents of all groups.
            raise RequestError(403, "此密钥只能查阅部分文件，不能读取运行指标", "forbidden")
        return Response(metrics.text(), media_type=METRICS_TYPE)

    return counted


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "policy-assistant"}


def _known(name: str) -> str:
    if name not in _MODELS:
        raise RequestError(
            404, f"没有模型 {name[:50]}，可用：{'、'.join(_MODELS)}", "model_not_found", "model"
        )
    return name
