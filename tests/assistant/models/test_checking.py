"""`policy-assistant check`: one line for each endpoint, with what is wrong and the way out."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.assistant.asking import Run, records
from tests.assistant.strange_servers import https, web_page
from tests.openai_server import OpenAIServer, Reply
from vectorstore.settings import LibrarySettings

KEY = "sk-secret-of-the-tests"
Configure = Callable[..., None]


@pytest.fixture
def configure(openai_server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """Set the environment: chat model and endpoint unless told otherwise; None unsets."""

    def set_(**changed: str | None) -> None:
        values = {
            "OPENAI_API_KEY": KEY,
            "OPENAI_BASE_URL": openai_server.url,
            "POLICY_CHAT_MODEL": "test-chat",
            "POLICY_FIRST_TOKEN_TIMEOUT": "0.5",
        }
        for name, value in (values | changed).items():
            if value is not None:
                monkeypatch.setenv(name, value)

    return set_


def line_of(run: Run, part: str) -> tuple[int, str]:
    """Return the exit code and the one line about a part."""
    code, out, err = run("check")
    assert err == ""
    assert len(out.splitlines()) == 4
    assert KEY not in out
    return code, next(line for line in out.splitlines() if part in line)


def test_without_settings_the_built_in_parts_are_named(run: Run) -> None:
    code, out, _ = run("check")
    assert code == 0
    assert [line.split("，")[1] for line in out.splitlines()] == [
        "回答由内置方式摘录原文",
        "使用内置向量",
        "不重排检索结果",
        "核对语句不使用模型",
    ]


def test_what_works_is_told_with_its_address(
    run: Run, configure: Configure, openai_server: OpenAIServer
) -> None:
    configure(POLICY_RERANK_URL=openai_server.url)
    code, out, _ = run("check", "--json")
    assert code == 0
    assert [check["passed"] for check in records(out)] == [True] * 4
    host = openai_server.url.split("/")[2]
    assert [host in check["text"] for check in records(out)] == [True, False, True, False]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(status=401), "不接受密钥"),
        (Reply(status=402), "额度"),
        (Reply(status=403), "权限"),
        (Reply(status=404, message="The model `test-chat` does not exist."), "没有模型 test-chat"),
        (Reply(status=404, message="Not Found"), "OPENAI_BASE_URL"),
        (Reply(status=429), "稍后"),
        (Reply(status=503), "503"),
        (Reply(""), "没有给出任何文字"),
        (Reply("好", hold=threading.Event()), "POLICY_FIRST_TOKEN_TIMEOUT"),
        (Reply("", ending="cut"), "中途断开"),
    ],
)
def test_what_is_wrong_with_the_chat_model_is_told_in_one_line(
    run: Run, configure: Configure, openai_server: OpenAIServer, reply: Reply, told: str
) -> None:
    configure()
    openai_server.replies(reply)
    code, line = line_of(run, "对话模型")
    assert code == 1
    assert told in line
    assert len(openai_server.requests) == 1, "a check does not wait for retries"


def test_a_missing_key_is_told_apart_from_a_wrong_one(
    run: Run, configure: Configure, openai_server: OpenAIServer
) -> None:
    openai_server.key = "another"
    configure(OPENAI_API_KEY=None)
    assert "请设置 OPENAI_API_KEY" in line_of(run, "对话模型")[1]


def test_openai_itself_needs_a_key(run: Run, configure: Configure) -> None:
    configure(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
    code, line = line_of(run, "对话模型")
    assert code == 1
    assert "OPENAI_API_KEY" in line


def test_an_address_where_nobody_listens_or_that_nobody_knows(
    run: Run, configure: Configure, openai_server: OpenAIServer
) -> None:
    openai_server.close()
    configure()
    assert "无法连接 127.0.0.1" in line_of(run, "对话模型")[1]
    configure(OPENAI_BASE_URL="http://policy-endpoint.invalid/v1")
    line = line_of(run, "对话模型")[1]
    assert "policy-endpoint.invalid" in line
    assert "OPENAI_BASE_URL" in line


def test_https_asked_of_a_server_without_it(
    run: Run, configure: Configure, openai_server: OpenAIServer
) -> None:
    configure(OPENAI_BASE_URL=openai_server.url.replace("http://", "https://"))
    assert "应为 http:// 还是 https://" in line_of(run, "对话模型")[1]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="没有 openssl，无法签发证书 (no openssl)")
def test_a_certificate_that_cannot_be_verified(run: Run, configure: Configure, tmp_path: Path) -> None:
    with https(tmp_path) as url:
        configure(OPENAI_BASE_URL=url)
        assert "SSL_CERT_FILE" in line_of(run, "对话模型")[1]


def test_a_page_that_is_no_endpoint(run: Run, configure: Configure) -> None:
    with web_page() as url:
        configure(OPENAI_BASE_URL=url, POLICY_RERANK_URL=url)
        assert "OPENAI_BASE_URL" in line_of(run, "对话模型")[1]
        assert "POLICY_RERANK_URL" in line_of(run, "重排服务")[1]


def test_a_library_of_another_embedding_is_told_with_the_command_that_reembeds(
    run: Run, configure: Configure, example_settings: LibrarySettings
) -> None:
    configure(POLICY_EMBEDDING_MODEL="test-embedding")
    code, line = line_of(run, "嵌入模型")
    assert code == 1
    assert "policy-assistant reembed" in line


def test_vectors_that_do_not_fit_the_library_are_told(
    run: Run,
    configure: Configure,
    openai_server: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
    examples: Path,
    tmp_path: Path,
) -> None:
    configure(POLICY_EMBEDDING_MODEL="test-embedding")
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path))
    file = next(path for path in sorted(examples.iterdir()) if path.stat().st_size < 3000)
    assert run("ingest", str(file))[0] == 0
    openai_server.embed = lambda text: [1.0] * 5
    code, line = line_of(run, "嵌入模型")
    assert code == 1
    assert "5 维" in line
    assert "policy-assistant reembed" in line


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(status=401), "OPENAI_API_KEY"),
        (Reply(status=404, message="model test-embedding not found"), "POLICY_EMBEDDING_MODEL"),
        (Reply(status=500), "500"),
        (Reply(hold=threading.Event()), "没有及时应答"),
    ],
)
def test_what_is_wrong_with_the_embedding_model_is_told_at_once(
    run: Run,
    configure: Configure,
    openai_server: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    reply: Reply,
    told: str,
) -> None:
    configure(POLICY_EMBEDDING_MODEL="test-embedding", POLICY_EMBEDDING_TIMEOUT="0.3", POLICY_CHAT_MODEL=None)
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path))
    openai_server.replies(reply)
    code, line = line_of(run, "嵌入模型")
    assert code == 1
    assert told in line
    assert len(openai_server.requests) == 1


def test_an_embedding_that_works_tells_its_dimension(
    run: Run, configure: Configure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configure(POLICY_EMBEDDING_MODEL="test-embedding")
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path))
    code, line = line_of(run, "嵌入模型")
    assert code == 0
    assert "256 维" in line


def test_what_is_wrong_with_the_reranker_is_told(
    run: Run, configure: Configure, openai_server: OpenAIServer
) -> None:
    configure(POLICY_RERANK_URL=openai_server.url, POLICY_RERANK_KEY="k", POLICY_CHAT_MODEL=None)
    openai_server.key = "another"
    code, line = line_of(run, "重排服务")
    assert code == 1
    assert "POLICY_RERANK_KEY" in line
