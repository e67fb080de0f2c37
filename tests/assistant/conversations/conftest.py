"""Conversations kept in each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversations import Conversations
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> LibrarySettings:
    """Settings of an empty library, once with each database."""
    settings = LibrarySettings.in_folder(tmp_path / "data")
    if request.param == "postgresql":
        return settings.model_copy(update={"policy_database_url": request.getfixturevalue("database_url")()})
    return settings


@pytest.fixture
def saved(settings: LibrarySettings) -> Iterator[Conversations]:
    records = Records(settings)
    yield Conversations(records)
    records.close()
