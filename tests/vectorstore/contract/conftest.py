"""Every engine has to pass the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.vectorstore.conftest import on_engine
from tests.vectorstore.contract.memory_engine import MemoryEngine
from vectorstore.engines import ENGINES
from vectorstore.settings import LibrarySettings


@pytest.fixture(params=["folder", "chroma server", "postgresql", "memory", "milvus"])
def settings(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> LibrarySettings:
    """Settings of an empty library, once with each engine."""
    settings = on_engine(request.param, request, tmp_path / "data")
    if request.param != "memory":
        return settings
    monkeypatch.setitem(ENGINES, "memory", MemoryEngine)
    return settings.model_copy(update={"policy_search_url": SecretStr(f"memory://{tmp_path}")})
