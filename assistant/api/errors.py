"""Errors in the shape of OpenAI's protocol; the caller sees one Chinese line and never a traceback."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.api.protocol import error_record
from assistant.api.requests import RequestError, spoken
from vectorstore.errors import EndpointError, PolicyError

_INVALID = "invalid_request_error"
_SERVER = "server_error"


def explain_errors(app: FastAPI) -> None:
    """Let every error of the service leave it in the protocol's shape."""

    @app.exception_handler(RequestError)
    async def requested(_: Request, error: RequestError) -> JSONResponse:
        return _answer(error.status, str(error), _INVALID, error.code, error.param)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        places = [".".join(str(step) for step in item["loc"][1:]) for item in error.errors()]
        names = "、".join(dict.fromkeys(place for place in places if place and not place.isdigit()))
        text = f"请求的 {names} 不符合要求" if names else "请求不是有效的JSON"
        return _answer(400, text, _INVALID, param=places[0] if names else "")

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        text = {404: "没有这一地址", 405: "这一地址不接受该方法"}.get(error.status_code, "无法处理这一请求")
        return _answer(error.status_code, text, _INVALID)

    @app.exception_handler(PolicyError)
    async def policy(_: Request, error: PolicyError) -> JSONResponse:
        return _answer(502 if isinstance(error, EndpointError) else 503, str(error), _SERVER)

    @app.exception_handler(Exception)
    async def unexpected(_: Request, error: Exception) -> JSONResponse:
        return _answer(500, spoken(error), _SERVER)


def _answer(status: int, text: str, kind: str, code: str = "", param: str = "") -> JSONResponse:
    return JSONResponse(error_record(text, kind, code or None, param or None), status)
