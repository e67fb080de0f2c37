"""A library of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings


@pytest.fixture
def settings(tmp_path: Path) -> LibrarySettings:
    # Validated from a plain mapping, so that neither the environment nor a .env file has a say.
    return LibrarySettings.model_construct(policy_data_dir=tmp_path / "data")


@pytest.fixture
def library(settings: LibrarySettings) -> Iterator[PolicyLibrary]:
    with PolicyLibrary.open(settings) as opened:
        yield opened
