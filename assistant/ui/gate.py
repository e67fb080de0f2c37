"""Before Streamlit's server: what a visitor may not have is refused before a byte of it is read."""

from __future__ import annotations

import asyncio
import re

import anyio.to_thread
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.records.access import NOBODY, AccessError, Role
from assistant.settings import AccessSettings, access_settings
from assistant.ui.cookies import is_sign_in, sign_in_key
from assistant.ui.sharing import sign_ins
from assistant.ui.staged import StagedFiles
from vectorstore.errors import SettingsError

_OF_STREAMLIT = re.compile(r"_streamlit_\w*=")
_UPLOAD = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/[^/]+$")
# What shows documents, or how the server is doing; all else is the same for everybody.
_NEEDED = {
    "/media/": Role.READER,
    "/_stcore/metrics": Role.ADMINISTRATOR,
    # Whoever may ask may attach a file to a question; what goes into the library is checked where it goes in.
    "/_stcore/upload_file/": Role.READER,
}


class Gate:
    """Lets through who may have what is asked for, begins and ends sign-ins, and frees what visitors left.

    Args:
        app: Streamlit's server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._staged = StagedFiles()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        sign_ins().guarded = True
        needed = _needed(scope["path"])
        try:
            await self._pass(scope, receive, send, needed, access_settings())
        except SettingsError as error:
            if needed:
                await PlainTextResponse(str(error), 503)(scope, receive, send)
            else:
                # The page says what is wrong.
                await self._app(scope, receive, send)

    async def _pass(
        self, scope: Scope, receive: Receive, send: Send, needed: Role | None, settings: AccessSettings
    ) -> None:
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        key = sign_in_key(cookies)
        if key and sign_ins().find(key) is None:
            _forget_cookies(scope)
            key = ""
        known = NOBODY
        if needed and settings.policy_sign_in and scope.get("method") != "OPTIONS":
            try:
                known = await anyio.to_thread.run_sync(sign_ins().person, key, settings)
                known.check(needed)
            except AccessError as error:
                await PlainTextResponse(str(error), 403)(scope, receive, send)
                return
        if scope["path"].endswith("/auth/logout"):
            sign_ins().end(key)
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            self._sweep_later()
        elif (staged := _UPLOAD.search(scope["path"])) and scope["method"] == "PUT":
            await self._staged.take(self._app, scope, receive, send, known.owner, staged["session"], settings)
        else:
            await self._app(scope, receive, _Stamped(send, scope, settings, cookies))

    def _sweep_later(self) -> None:
        # A visitor whose network failed for a moment comes back to the session.
        asyncio.get_running_loop().call_later(
            st.get_option("server.disconnectedSessionTTL") or 0, self._staged.sweep
        )


class _Stamped:
    """Sends a response; a sign-in that it brings begins, and its cookies live no longer than that."""

    def __init__(self, send: Send, scope: Scope, settings: AccessSettings, cookies: dict[str, str]) -> None:
        self._send = send
        self._cookies = cookies
        self._secure = scope["scheme"] == "https" or _is_served_by_https()
        self._settings = settings

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            brought = [self._stamped(line) for line in headers.getlist("set-cookie")]
            if brought:
                del headers["set-cookie"]
                for line in brought:
                    headers.append("set-cookie", line)
                self._begin(headers, dict(_named(line) for line in brought if "Max-Age=0" not in line))
        await self._send(message)

    def _begin(self, headers: MutableHeaders, brought: dict[str, str]) -> None:
        key = sign_in_key(brought)
        if not key:
            return
        sign_ins().begin(key, self._settings.policy_sign_in_hours)
        # What an earlier, longer sign-in left would make the browser's cookies another key.
        for name in self._cookies:
            if is_sign_in(name) and name not in brought:
                headers.append("set-cookie", f"{name}=; Max-Age=0; Path=/")

    def _stamped(self, line: str) -> str:
        if not _OF_STREAMLIT.match(line):
            return line
        if self._secure and "secure" not in line.lower():
            line += "; Secure"
        if line.startswith("_streamlit_user") and "Max-Age=0" not in line:
            seconds = int(self._settings.policy_sign_in_hours * 3600)
            line = re.sub(r"Max-Age=\d+", f"Max-Age={seconds}", line)
        return line


def _needed(path: str) -> Role | None:
    """Return the role that a path asks for; None where it is the same for everybody."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    # The page's own signs and fonts lie in a folder of that name, and the door shows them, too.
    if path.startswith(f"/{base}/static/" if base else "/static/"):
        return None
    return next((role for part, role in _NEEDED.items() if part in path), None)


def _named(line: str) -> tuple[str, str]:
    name, _, value = line.partition(";")[0].partition("=")
    return name, value.strip('"')


def _is_served_by_https() -> bool:
    configured = st.secrets.get("auth", {}) if access_settings().policy_sign_in else {}
    return str(configured.get("redirect_uri", "")).startswith("https://")


def _forget_cookies(scope: Scope) -> None:
    """Take Streamlit's sign-in out of a request, so that it is one of somebody who has not signed in."""
    headers = MutableHeaders(scope=scope)
    kept = [
        part
        for part in headers.get("cookie", "").split(";")
        if not part.strip().startswith("_streamlit_user")
    ]
    headers["cookie"] = ";".join(kept).strip()
