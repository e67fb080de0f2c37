"""Serves feeds under their secret addresses: who reads one with a program signs in nowhere."""

from __future__ import annotations

import hashlib
import re

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.days import today
from assistant.subscribing.atom import MEDIA_TYPE, Place, atom
from assistant.ui.sharing import resources
from vectorstore.errors import PolicyError
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words
from vectorstore.languages.settings import configured_language

_ADDRESS = re.compile(r"(?P<base>.*/)feeds/subscriptions/(?P<secret>[\w-]{20,100})\.atom")
_GONE = own_words("订阅地址不存在或已更换，请在“我的订阅”页复制新的地址")
# What a proxy keeps of it, or a page it is opened from learns, is nobody's.
_HEADERS = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"}


class Feeds:
    """Serves feeds, and leaves all else to the page.

    Args:
        app: the page's server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        found = _ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        response = await anyio.to_thread.run_sync(_response, request, found["base"], found["secret"])
        await response(scope, receive, send)


def _response(request: Request, base: str, secret: str) -> Response:
    wanted = request.query_params.get("lang", "")
    language = Language(wanted) if wanted in set(Language) else configured_language() or Language.SIMPLIFIED
    try:
        shared = resources()
        address = shared.feed_addresses.followed(secret)
        if address is None:
            return PlainTextResponse(translated(_GONE, language), 404, _HEADERS)
        shared.noticing.notice(today())
        site = f"{request.url.scheme}://{request.url.netloc}{base}"
        place = Place(f"{site}subscriptions", str(request.url), language)
        # As the owner sees the library, who is not here to be asked.
        seen = shared.seen_by(shared.viewers.of(address.owner))
        body = atom(address, seen.subscriptions.listed(address.owner), place)
    except PolicyError as error:
        return PlainTextResponse(translated(str(error), language), 503, _HEADERS)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={**_HEADERS, "ETag": tag})
    return Response(body, media_type=MEDIA_TYPE, headers={**_HEADERS, "ETag": tag})
