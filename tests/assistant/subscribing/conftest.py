"""A library that changes, with subscriptions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.subscribing.changing_library import Changing, changing


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[Changing]:
    with changing(tmp_path) as made:
        yield made
