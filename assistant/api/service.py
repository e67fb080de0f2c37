"""The routes of the HTTP service."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.api.access import Access
from assistant.api.answering import events, whole
from assistant.api.errors import RequestError, explain_errors
from assistant.api.protocol import (
    MODEL,
    MODEL_WITH_SOURCES,
    ChatRequest,
    Completion,
    Scoped,
    SearchRequest,
)
from assistant.assistant import Assistant
from assistant.records import hit_record
from assistant.retriever import scoped
from vectorstore.errors import LibraryEmptyError
from vectorstore.library import PolicyLibrary

_MODELS = (MODEL, MODEL_WITH_SOURCES)


def service(library: PolicyLibrary, assistant: Assistant, key: str = "") -> FastAPI:
    """Return the service.

    Args:
        library: what is asked about.
        assistant: who answers.
        key: what callers must show; "" lets this machine alone in.
    """
    # Its pages of documentation would load scripts from elsewhere.
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(Access, key=key)
    explain_errors(app)

    @app.get("/health")
    def health() -> dict[str, Any]:
        return {"status": "ok", "documents": len(library.documents())}

    @app.get("/v1/models")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [_model(name) for name in _MODELS]}

    @app.get("/v1/models/{name}")
    def model(name: str) -> dict[str, Any]:
        return _model(_known(name))

    @app.post("/search")
    def search(wanted: SearchRequest) -> dict[str, Any]:
        _check(library, wanted)
        hits = assistant.search(wanted.query, wanted.limit, wanted.scope)
        return {"query": wanted.query, "results": [hit_record(hit) for hit in hits]}

    @app.post("/v1/chat/completions")
    async def chat(wanted: ChatRequest, request: Request) -> Response:
        completion = Completion(_known(wanted.model))
        question = wanted.messages[-1]
        if question.role != "user" or not question.text.strip():
            raise RequestError(400, "最后一条消息应为用户的问题", param="messages")
        _check(library, wanted)
        stream = assistant.ask(question.text, wanted.history, wanted.scope)
        if wanted.stream:
            return StreamingResponse(events(wanted, completion, stream), media_type="text/event-stream")
        return JSONResponse(await whole(wanted, completion, stream, request))

    return app


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "policy-assistant"}


def _known(name: str) -> str:
    if name not in _MODELS:
        raise RequestError(
            404, f"没有模型 {name[:50]}，可用：{'、'.join(_MODELS)}", "model_not_found", "model"
        )
    return name


def _check(library: PolicyLibrary, wanted: Scoped) -> None:
    """Refuse what no document could answer, for want of documents or within these limits."""
    documents = library.documents()
    if not documents:
        raise LibraryEmptyError("资料库为空，请先导入文件：policy-assistant ingest 文件夹")
    if not scoped(documents, wanted.scope):
        raise RequestError(400, "资料库中没有符合 regions 和 documents 的文件", param="documents")
