"""A service to ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.settings import AssistantSettings
from tests.assistant.api.serving import serving
from vectorstore.library import PolicyLibrary


@pytest.fixture(scope="module")
def url(example_library: PolicyLibrary) -> Iterator[str]:
    """The address of a service that answers without a model."""
    with serving(example_library, AssistantSettings()) as address:
        yield address
