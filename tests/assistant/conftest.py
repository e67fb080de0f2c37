"""A library to ask: that of the examples, and those that a test writes itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import pytest

from tests.assistant.asking import Ask, Filled, asker, filled
from vectorstore.library import PolicyLibrary


@pytest.fixture(scope="session")
def ask(example_library: PolicyLibrary) -> Ask:
    """Ask the example documents without a model."""
    return asker(example_library)


@pytest.fixture(scope="session")
def library_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Make a library of the texts that a test writes, for reading only; the same texts make one library."""
    made: dict[frozenset[tuple[str, str]], PolicyLibrary] = {}
    with ExitStack() as opened:

        def make(texts: Mapping[str, str]) -> PolicyLibrary:
            key = frozenset(texts.items())
            if key not in made:
                made[key] = opened.enter_context(filled(tmp_path_factory.mktemp("library"), texts))
            return made[key]

        yield make
