"""Files that visitors have uploaded and not yet handed in: how much of them, and until when."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import cast

import streamlit.runtime as streamlit_runtime
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from assistant.settings import AccessSettings
from vectorstore.languages.language import own_words

_MEGABYTE = 1_000_000
_TOO_MUCH = own_words("上传的文件过多，请先提交已选的文件，或减少文件后重试")
# A sender that says nothing for so long holds a place for nothing.
_SILENCE_SECONDS = 60.0


class StagedFiles:
    """Counts what is held for each person, and lets no more in than is allowed."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._arriving: Counter[str] = Counter()

    async def take(
        self,
        app: ASGIApp,
        scope: Scope,
        receive: Receive,
        send: Send,
        owner: str,
        session: str,
        settings: AccessSettings,
    ) -> None:
        """Let one file in, as far as there is room for it.

        Args:
            app, scope, receive, send: the request, as ASGI has it.
            owner: who sends it.
            session: the page's session that it is for.
            settings: how much is allowed.
        """
        announced = Headers(scope=scope).get("content-length", "0")
        if not self._has_room(owner, int(announced) if announced.isdecimal() else 0, settings):
            await PlainTextResponse(_TOO_MUCH, 413)(scope, receive, send)
            return
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            try:
                message = await asyncio.wait_for(receive(), _SILENCE_SECONDS)
            except TimeoutError:
                return {"type": "http.disconnect"}
            size = len(message.get("body", b""))
            if not self._has_room(owner, size, settings):
                raise HTTPException(413, _TOO_MUCH)
            arrived += size
            self._arriving[owner] += size
            return message

        self._owners[session] = owner
        try:
            await app(scope, counted, send)
        finally:
            self._arriving[owner] -= arrived

    def sweep(self) -> None:
        """Free what sessions left that have gone."""
        for session in list(_manager().file_storage):
            if not streamlit_runtime.get_instance().is_active_session(session):
                _manager().remove_session_files(session)
                self._owners.pop(session, None)

    def _has_room(self, owner: str, more: int, settings: AccessSettings) -> bool:
        held = {
            session: sum(len(file.data) for file in list(files.values()))
            for session, files in list(_manager().file_storage.items())
        }
        own = sum(size for session, size in held.items() if self._owners.get(session, "") == owner)
        person, everybody = own + self._arriving[owner], sum(held.values()) + self._arriving.total()
        return (
            person + more <= settings.policy_upload_mb * _MEGABYTE
            and everybody + more <= settings.policy_uploads_mb * _MEGABYTE
        )


def hand_in(file_id: str) -> None:
    """Free a file of the page's session that has been taken."""
    context = get_script_run_ctx()
    if context is not None and streamlit_runtime.exists():
        _manager().remove_file(context.session_id, file_id)


def _manager() -> MemoryUploadedFileManager:
    return cast(MemoryUploadedFileManager, streamlit_runtime.get_instance().uploaded_file_mgr)
