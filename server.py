"""The page's server, with all loaded before the first visitor comes: `streamlit run server.py`.

`streamlit run app.py` serves the same page; there the first visitor waits for the modules and the library.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st


@asynccontextmanager
async def _loaded(_app: st.App) -> AsyncIterator[None]:
    await asyncio.to_thread(_load)
    yield


def _load() -> None:
    # Not above: Streamlit's caches look for its runtime when they are made, which is there by now.
    from assistant.ui.frame import make_ready

    make_ready()


app = st.App("app.py", lifespan=_loaded)
