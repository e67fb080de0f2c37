"""What load balancers are told of the API and of the page, while the library is there and while it is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from assistant.readiness import readiness
from assistant.settings import AssistantSettings
from tests.assistant.api.serving import PATIENCE, serving
from tests.assistant.asking import filled
from tests.assistant.breaking import unreadable
from tests.assistant.ui.browser import served
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

KEY = "right-key"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[PolicyLibrary]:
    with filled(tmp_path, {"规划.txt": "云岭市产业规划\n\n产业规模达到300亿元。\n"}) as made:
        yield made


def got(url: str, path: str, **headers: str) -> tuple[int, dict[str, object]]:
    answer = httpx2.get(f"{url}{path}", headers=headers, trust_env=False, timeout=PATIENCE)
    return answer.status_code, answer.json()


def test_a_library_that_is_gone_and_back_is_ready_again(library: PolicyLibrary, tmp_path: Path) -> None:
    assert readiness(library).generation == library.generation
    with unreadable(tmp_path):
        found = readiness(library)
        assert found.status == 503
        assert found.reason
        assert "\n" not in found.reason
    assert readiness(library).status == 200


def test_an_empty_library_is_ready_to_be_filled(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings.in_folder(tmp_path)) as library:
        assert readiness(library).record(told=True) == {"status": "ready", "generation": 0}


def test_the_service_tells_the_reason_to_holders_of_the_key_alone(
    library: PolicyLibrary, tmp_path: Path
) -> None:
    shown = {"Authorization": f"Bearer {KEY}"}
    with serving(library, AssistantSettings(), KEY) as url:
        assert got(url, "/ready") == (200, {"status": "ready"})
        assert got(url, "/ready", **shown)[1]["generation"] == library.generation
        with unreadable(tmp_path):
            assert got(url, "/ready") == (503, {"status": "unavailable"})
            assert got(url, "/ready", **shown)[1]["reason"]
            # It lives all the same: to start it anew would mend nothing.
            assert got(url, "/health", **shown) == (200, {"status": "ok"})
        assert got(url, "/ready")[0] == 200


def test_the_page_is_ready_while_its_library_is(tmp_path: Path) -> None:
    with filled(tmp_path, {"规划.txt": "云岭市产业规划\n\n产业规模达到300亿元。\n"}):
        pass
    with served(tmp_path) as url:
        assert got(url, "/ready")[0] == 200
        with unreadable(tmp_path):
            status, told = got(url, "/ready")
            assert (status, told["status"]) == (503, "unavailable")
            assert told["reason"]
        assert got(url, "/ready")[0] == 200
