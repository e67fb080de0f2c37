"""The page's server, with all loaded before the first visitor comes: `streamlit run server.py`.

`streamlit run app.py` serves the same page to this machine alone: its first visitor waits for all that is
loaded, and nobody signs in there, for only here stands what guards sign-ins and uploads.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp


@asynccontextmanager
async def _loaded(_app: st.App) -> AsyncIterator[None]:
    await asyncio.to_thread(_load)
    yield


def _load() -> None:
    # Not above: Streamlit's caches look for its runtime when they are made, which is there by now.
    from assistant.ui.frame import make_ready
    from vectorstore.background import begin
    from vectorstore.errors import PolicyError
    from vectorstore.log_lines import begin_logging
    from vectorstore.settings import library_settings

    with suppress(PolicyError):
        begin_logging()
    make_ready()
    # What a stop of the machine interrupted goes on; whatever is wrong, the page says it.
    with suppress(PolicyError):
        begin(library_settings())


def _guarded(app: ASGIApp) -> ASGIApp:
    from assistant.ui.compressing import Compressed
    from assistant.ui.deep_links import DeepLinks
    from assistant.ui.feeds import Feeds
    from assistant.ui.gate import Gate
    from assistant.ui.probes import Probes

    return Probes(Gate(Feeds(DeepLinks(Compressed(app)))))


app = st.App("app.py", lifespan=_loaded, middleware=[Middleware(_guarded)])
