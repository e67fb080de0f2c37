"""A visitor of the page without a browser: cookies, requests, and a sign-in at the tests' provider."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urljoin

import httpx

from tests.assistant.ui.protocol import Session, session
from tests.oidc_provider import Provider

XSRF = "_streamlit_xsrf"


class Visitor:
    """Somebody with a client of HTTP and its cookies.

    Args:
        address: the page's.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = httpx.Client(base_url=address, trust_env=False, timeout=600)
        self.http.get("/_stcore/health")

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self.http.cookies.jar}

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        async with session(self.address, self.cookies) as opened:
            yield opened

    async def sign_in(self, provider: Provider, **claims: object) -> None:
        provider.claims = {"sub": "1", "email_verified": True, **claims}
        async with self.session() as opened:
            await opened.open()
            leads_to = (await opened.click("sign-in")).leads_to
        self.http.get(urljoin(self.address, leads_to), follow_redirects=True)
        assert "_streamlit_user" in self.cookies

    def upload(self, opened: Session, data: bytes, name: str = "0" * 32) -> httpx.Response:
        return self.http.put(
            f"/_stcore/upload_file/{opened.id}/{name}",
            files={"file": ("plan.txt", data)},
            headers={"X-Xsrftoken": self.cookies[XSRF]},
        )


def finished(work: Coroutine[Any, Any, None]) -> None:
    """Wait for work in a thread of its own, as the browser of other tests keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
