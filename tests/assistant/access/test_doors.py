"""What programs reach through the HTTP service and over MCP holds no trace of another group either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from assistant import Assistant, ui
from assistant.api.keys import Keys
from assistant.mcp.server import Mounted
from assistant.mcp.tools import Tools
from assistant.observing.metrics import Metrics
from assistant.settings import AssistantSettings
from tests.assistant.access.mixed_library import GROUPS, STRANGER, Group, fill, forbidden
from tests.assistant.api.serving import post, serving
from tests.assistant.mcp.clients import over_http, text_of, within
from vectorstore.facts import FactKind
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.viewers import UNLIMITED

READERS = (*GROUPS, STRANGER)
WHOLE = "key-of-the-whole"
QUESTIONS = ("大健康产业2030年总规模多少亿元？", "哪些文件提到养老服务？", "对首次入库的企业有什么奖励？")
DRAFT = "到2030年，大健康产业总规模达到7亿元。对首次入库的企业，给予50万元奖励。"


def key_of(reader: Group) -> str:
    return f"key-of-{READERS.index(reader)}-and-more"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, PolicyLibrary]]:
    """The service on the mixed library, with a key for each reader; its address, and the library."""
    folder: Path = tmp_path_factory.mktemp("mixed")
    fill(folder)
    keys = Keys({WHOLE: UNLIMITED, **{key_of(reader): reader.viewer for reader in READERS}})
    with PolicyLibrary.open(LibrarySettings.in_folder(folder)) as library:
        settings, metrics = AssistantSettings(), Metrics(library)
        tools = Mounted(Tools(library, Assistant(library, settings)))
        with serving(library, settings, keys=keys, tools=tools, metrics=metrics) as url:
            yield url, library


def called(url: str, key: str, foreign: tuple[str, ...]) -> Iterator[str]:
    """Yield all that the service says to who holds a key, asked for others' documents, too."""
    shown = {"Authorization": f"Bearer {key}"}
    for question in QUESTIONS:
        messages = [{"role": "user", "content": question}]
        for model in ("policy-assistant", "policy-assistant-sources"):
            for stream in (False, True):
                chat = {"model": model, "messages": messages, "stream": stream}
                yield post(url, "/v1/chat/completions", chat, **shown).text
        yield post(url, "/search", {"query": question, "limit": 20}, **shown).text
        yield post(url, "/search", {"query": question, "documents": foreign}, **shown).text
    yield post(url, "/verify", {"text": DRAFT}, **shown).text
    for path in ("/health", "/ready", "/v1/models", "/metrics", "/facts", f"/facts?document={foreign[0]}"):
        yield got(url, path, **shown)
    for kind in FactKind:
        yield got(url, f"/facts?kind={kind.value}&limit=200", **shown)


def got(url: str, path: str, **headers: str) -> str:
    """Return what a path gives."""
    return httpx2.get(f"{url}{path}", headers=headers, trust_env=False, timeout=120).text


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_key_opens_its_groups_documents_alone(service: tuple[str, PolicyLibrary], reader: Group) -> None:
    url, library = service
    hidden = {one.id for one in library.documents()} - {
        one.id for one in library.seen_by(reader.viewer).documents()
    }
    told = "".join(called(url, key_of(reader), tuple(sorted(hidden))))
    assert "\\u34" not in told  # Nothing hides behind an escape.
    assert not forbidden(reader) & set(told)
    assert not reader.secret or reader.secret in told
    counted = got(url, "/health", Authorization=f"Bearer {key_of(reader)}")
    assert f'"documents":{len(library.documents()) - len(hidden)}' in counted


def test_the_key_of_the_whole_opens_all(service: tuple[str, PolicyLibrary]) -> None:
    url, library = service
    told = "".join(called(url, WHOLE, (library.documents()[0].id,)))
    assert forbidden(STRANGER) <= set(told)
    assert "policy_library_documents" in got(url, "/metrics", Authorization=f"Bearer {WHOLE}")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_no_tool_brings_a_trace(service: tuple[str, PolicyLibrary], reader: Group) -> None:
    url, library = service
    hidden = {one.id for one in library.documents()} - {
        one.id for one in library.seen_by(reader.viewer).documents()
    }

    async def used() -> list[str]:
        told = []
        async with over_http(url, Authorization=f"Bearer {key_of(reader)}") as client:
            await client.list_tools()
            calls: tuple[tuple[str, dict[str, Any]], ...] = (
                ("search", {"query": QUESTIONS[0], "limit": 20}),
                ("ask", {"question": QUESTIONS[1]}),
                ("verify", {"text": DRAFT}),
                *(("facts", {"kind": kind.value}) for kind in FactKind),
                *(("document", {"document": one}) for one in sorted(hidden)),
                *(("document", {"document": one.id}) for one in library.seen_by(reader.viewer).documents()),
            )
            for name, arguments in calls:
                result = await client.call_tool(name, arguments)
                assert result.is_error == (arguments.get("document") in hidden), text_of(result)
                told += [text_of(result), repr(result.structured_content)]
        return told

    told = "".join(within(used))
    assert not forbidden(reader) & set(told)
    assert not reader.secret or reader.secret in told


def test_no_page_draws_from_what_is_of_all_documents() -> None:
    folder = Path(ui.__file__).parent
    opening = {file.stem for file in folder.glob("*.py") if "resources()" in file.read_text(encoding="utf-8")}
    # Those that make the view, or show nothing of documents.
    assert opening == {"sharing", "state", "frame", "feeds", "probes"}
