"""What the HTTP service refuses, and how it says so."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import openai
import pytest

from assistant.settings import AssistantSettings
from tests.assistant.api.serving import ASKED, MODEL, PATIENCE, client, post, serving
from tests.openai_server import OpenAIServer
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"{", "JSON"),
        (b"[]", "JSON"),
        (b"\xff\xfe", "JSON"),
        ({"model": MODEL}, "messages"),
        ({"model": MODEL, "messages": []}, "messages"),
        ({"model": MODEL, "messages": [{"role": "user"}]}, "content"),
        ({"model": MODEL, "messages": [{"role": "user", "content": " "}]}, "最后一条消息"),
        ({"model": MODEL, "messages": [{"role": "assistant", "content": "好"}]}, "最后一条消息"),
        ({"model": MODEL, "messages": [{"role": "tool", "content": "好"}]}, "role"),
        ({"model": MODEL, "messages": [{"role": "user", "content": "长" * 30_000}]}, "content"),
        (
            {"model": MODEL, "messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
            "content.0.type",
        ),
        ({"model": MODEL, "messages": [{"role": "user", "content": 5}]}, "content"),
        ({"model": MODEL, "messages": [{"role": "user", "content": "规划\ud800"}]}, "content"),
        ({"model": MODEL, "messages": ASKED, "regions": ["\ud800"]}, "regions"),
        ({"model": "\ud800", "messages": ASKED}, "model"),
        ({"model": MODEL, "messages": ASKED, "n": 2}, "n"),
        ({"model": MODEL, "messages": ASKED, "documents": ["没有的文件.txt"]}, "documents"),
    ],
)
def test_bad_input_is_told_in_the_protocol_s_shape(url: str, body: object, named: str) -> None:
    answer = post(url, "/v1/chat/completions", body)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert named in error["message"]
    assert "\n" not in error["message"]
    assert error["type"] == "invalid_request_error"


def test_an_unknown_model_or_path_is_not_found(url: str) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        client(url).chat.completions.create(model="gpt-4", messages=ASKED)
    assert caught.value.code == "model_not_found"
    for path in ("/", "/docs", "/openapi.json", "/v1/nothing"):
        answer = httpx2.get(url + path, trust_env=False, timeout=PATIENCE)
        assert answer.status_code == 404
        assert answer.json()["error"]["message"]
    assert httpx2.get(f"{url}/search", trust_env=False, timeout=PATIENCE).status_code == 405


def test_too_large_a_request_is_refused(url: str) -> None:
    assert post(url, "/search", {"query": "长" * 400_000}).status_code == 413
    unannounced = httpx2.post(
        f"{url}/search", content=(b"x" * 100_000 for _ in range(30)), trust_env=False, timeout=PATIENCE
    )
    assert unannounced.status_code in (400, 413)


def test_a_body_that_stands_still_does_not_hold_its_place_for_ever(example_library: PolicyLibrary) -> None:
    with serving(example_library, AssistantSettings(), patience=0.2) as url:
        address = urlsplit(url)
        with socket.create_connection((str(address.hostname), address.port or 0), timeout=20) as caller:
            caller.sendall(b"POST /search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")
            # The server answers and closes, though nothing more is sent.
            said = b"".join(iter(lambda: caller.recv(4096), b""))
        assert said.startswith(b"HTTP/1.1 400")
        # One that is whole may take as long as its answer does.
        assert post(url, "/v1/chat/completions", {"model": MODEL, "messages": ASKED}).status_code == 200


def test_only_the_key_opens(example_library: PolicyLibrary) -> None:
    with serving(example_library, AssistantSettings(), key="right-key") as url:
        assert list(client(url, "right-key").models.list())
        for wrong in (b"wrong-key", b"right-ke", b"right-key2", "钥匙".encode()):
            shown = {b"Authorization": b"Bearer " + wrong}
            answer = httpx2.post(
                f"{url}/v1/chat/completions", json={}, headers=shown, trust_env=False, timeout=PATIENCE
            )
            assert answer.status_code == 401
            assert answer.json()["error"]["code"] == "invalid_api_key"
        with pytest.raises(openai.AuthenticationError):
            client(url, "wrong-key").chat.completions.create(model=MODEL, messages=ASKED)
        assert post(url, "/search", {"query": "产业"}).status_code == 401
        assert post(url, "/search", {"query": "产业"}, Authorization="right-key").status_code == 401
        assert post(url, "/search", {"query": "产业"}, Authorization="bearer right-key").status_code == 200
        assert httpx2.get(f"{url}/health", trust_env=False, timeout=PATIENCE).json() == {"status": "ok"}
        told = httpx2.get(
            f"{url}/health", headers={"Authorization": "Bearer right-key"}, trust_env=False, timeout=PATIENCE
        )
        assert told.json()["documents"] == len(example_library.documents())


@pytest.mark.parametrize("host", ["policy.example", "policy.example:8600", "127.0.0.1.policy.example", ""])
def test_without_a_key_only_this_machine_s_own_names_open(url: str, host: str) -> None:
    answer = post(url, "/search", {"query": "产业"}, Host=host)
    assert answer.status_code in (400, 403)
    assert post(url, "/search", {"query": "产业"}, Host="localhost:8600").status_code == 200


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path) -> None:
    with (
        PolicyLibrary.open(LibrarySettings.in_folder(tmp_path)) as library,
        serving(library, AssistantSettings()) as url,
    ):
        answer = post(url, "/search", {"query": "产业"})
    assert answer.status_code == 503
    assert "policy-assistant ingest" in answer.json()["error"]["message"]


@pytest.mark.parametrize("streamed", [True, False])
def test_an_error_on_the_way_is_one_line_in_the_protocol_s_shape(
    example_settings: LibrarySettings, openai_server: OpenAIServer, streamed: bool
) -> None:
    changed = {"policy_embedding_model": "test-embedding", "openai_base_url": openai_server.url}
    with (
        PolicyLibrary.open(example_settings.model_copy(update=changed)) as library,
        serving(library, AssistantSettings()) as url,
        pytest.raises(openai.APIError, match="policy-assistant reembed"),
    ):
        list(client(url).chat.completions.create(model=MODEL, messages=ASKED, stream=streamed))
