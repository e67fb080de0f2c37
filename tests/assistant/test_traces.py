"""What a collector of OpenTelemetry is told of requests and questions, and what it is never told."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from mcp.client import Client

from assistant import Assistant
from assistant.mcp.server import Mounted, mcp_server
from assistant.settings import AssistantSettings
from tests.assistant.answering import KEY, settings
from tests.assistant.api.serving import MODEL, PATIENCE, post, serving
from tests.assistant.asking import Filled, Run
from tests.assistant.mcp.clients import over_http, record_of, tools_of, within
from tests.collector import Collector, Got, collecting
from tests.openai_server import OpenAIServer, Reply
from tests.vectorstore.servers import free_port
from vectorstore.errors import SettingsError
from vectorstore.traces import Traces
from vectorstore.tracing import wanted_traces

ROOT = Path(__file__).parents[2]
TEXTS = {"规划.txt": "云岭市产业规划\n\n到2030年，产业规模力争达到300亿元。\n"}
QUESTION = "云岭市2030年产业规模目标是多少？"
CALLER, OF_CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
TRACEPARENT = f"00-{CALLER}-{OF_CALLER}-01"


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as running:
        yield running


@contextmanager
def tracing(url: str) -> Iterator[Traces]:
    """Trace for the length of a block, at whose end all is sent."""
    traces = Traces(url)
    yield traces
    traces.end()


def asked(url: str, *, stream: bool = False, **headers: str) -> str:
    body = {"model": MODEL, "messages": [{"role": "user", "content": QUESTION}], "stream": stream}
    answer = post(url, "/v1/chat/completions", body, **headers)
    assert answer.status_code == 200
    return answer.text


def parents(spans: list[Got]) -> dict[str, str]:
    """Return name of a span → name of what it is within, "" where that is not of this process."""
    names = {span.id: span.name for span in spans}
    return {span.name: names.get(span.parent, "") for span in spans}


@pytest.mark.parametrize("stream", [False, True])
def test_a_question_to_the_service_is_traced_within_its_caller_s_step(
    library_of: Filled, collector: Collector, stream: bool
) -> None:
    with (
        tracing(collector.url) as traces,
        serving(library_of(TEXTS), AssistantSettings(), traces=traces) as url,
    ):
        assert "300亿元" in asked(url, stream=stream, traceparent=TRACEPARENT)
        httpx2.get(f"{url}/ready", trust_env=False, timeout=PATIENCE)
    spans = collector.spans
    assert parents(spans) == {
        "request": "",
        "question": "request",
        "understand": "question",
        "search": "question",
        "draft": "question",
    }
    assert {span.trace.hex() for span in spans} == {CALLER}
    told = {span.name: span.told for span in spans}
    assert {span.parent.hex() for span in spans if span.name == "request"} == {OF_CALLER}
    assert told["request"] == {
        "http.request.method": "POST",
        "http.route": "/v1/chat/completions",
        "http.response.status_code": 200,
    }
    assert told["search"] == {"policy.engine": "folder", "policy.hits": 1}
    assert told["draft"] == {"policy.certainty": "sure", "policy.quotes": 1}
    assert told["question"] == {
        "policy.outcome": "sure",
        "policy.mode": "extractive",
        "policy.gave_way": False,
        "policy.citations": 1,
        "policy.standing": ["unknown"],
        "policy.notices": 0,
    }


def test_a_model_and_the_check_of_its_sentences_are_traced_and_nothing_that_anybody_said(
    library_of: Filled, collector: Collector, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply("到2030年，产业规模力争达到300亿元[1]。产业规模将达到500亿元[1]。"))
    with tracing(collector.url) as traces:
        assistant = Assistant(library_of(TEXTS), settings(openai_server), traces=traces)
        assert assistant.ask(QUESTION).answer.mode == "model"
        list(assistant.verify("到2030年，云岭市产业规模力争达到500亿元。"))
        assistant.search("产业规模")
    spans = collector.spans
    (question,) = (span for span in spans if span.name == "question")
    (model,) = (span for span in spans if span.name == "model")
    checks = [span.told for span in spans if span.name == "verify" and span.parent == question.id]
    assert model.parent == question.id
    assert [told["policy.verdict"] for told in checks] == ["supported", "contradicted"]
    (draft,) = (span for span in spans if span.name == "verify" and not span.parent)
    assert draft.told == {"policy.differs": 1}
    assert [span.name for span in spans if not span.parent].count("search") == 1
    sent = b"".join(collector.bodies)
    for said in (QUESTION, "产业", "亿元", "规划.txt", KEY):
        assert said.encode() not in sent
    assert not re.search(r"[一-鿿]|\\[0-7]{3}", re.sub(r"_id: .*", "", collector.text))


def test_a_model_that_fails_is_told_by_the_kind_of_its_error(
    library_of: Filled, collector: Collector, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply(status=500))
    with tracing(collector.url) as traces:
        _ = Assistant(library_of(TEXTS), settings(openai_server), traces=traces).ask(QUESTION).answer
    model = collector.await_span("model")
    assert model.failed
    assert model.told["error.type"] == "EndpointError"
    assert collector.await_span("draft").parent == model.parent
    assert collector.await_span("question").told["policy.gave_way"] is True


def test_a_question_that_is_given_up_ends_its_step(library_of: Filled, collector: Collector) -> None:
    with tracing(collector.url) as traces:
        stream = Assistant(library_of(TEXTS), AssistantSettings(), traces=traces).ask(QUESTION)
        next(iter(stream))
        stream.close()
    question = collector.await_span("question")
    assert question.told["policy.outcome"] == "stopped"
    assert not question.failed


def test_what_callers_write_into_addresses_is_not_told(library_of: Filled, collector: Collector) -> None:
    with (
        tracing(collector.url) as traces,
        serving(library_of(TEXTS), AssistantSettings(), "right-key", traces=traces) as url,
    ):
        for path in ("/secret-words", "/facts?region=secret-words", "/v1/models/secret-words"):
            bearer = {"Authorization": "Bearer right-key", "User-Agent": "secret-words"}
            httpx2.get(f"{url}{path}", headers=bearer, trust_env=False, timeout=PATIENCE)
        httpx2.get(f"{url}/facts", trust_env=False, timeout=PATIENCE)
    assert sorted(span.told["http.response.status_code"] for span in collector.spans) == [200, 401, 404, 404]
    assert "secret-words" not in collector.text
    assert "127.0.0.1" not in collector.text


def test_a_tool_that_is_called_over_http_is_traced_within_its_request(
    library_of: Filled, collector: Collector
) -> None:
    library = library_of(TEXTS)

    async def called() -> str:
        async with over_http(url, traceparent=TRACEPARENT) as client:
            return str(record_of(await client.call_tool("ask", {"question": QUESTION}))["text"])

    with (
        tracing(collector.url) as traces,
        serving(library, AssistantSettings(), tools=Mounted(tools_of(library)), traces=traces) as url,
    ):
        assert "300亿元" in within(called)
    assert collector.await_span("tool").told == {"policy.tool": "ask"}
    above = parents(collector.spans)
    assert (above["question"], above["tool"]) == ("tool", "request")
    assert {span.trace.hex() for span in collector.spans} == {CALLER}


def test_a_tool_that_is_called_over_pipes_begins_a_trace(library_of: Filled, collector: Collector) -> None:
    async def called() -> None:
        async with Client(mcp_server(tools_of(library_of(TEXTS)), traces)) as client:
            await client.list_tools()
            await client.call_tool("search", {"query": "产业规模"})

    with tracing(collector.url) as traces:
        within(called)
    assert parents(collector.spans) == {"tool": "", "search": "tool"}


def test_a_collector_that_is_away_changes_no_answer_and_is_told_once(
    library_of: Filled, caplog: pytest.LogCaptureFixture
) -> None:
    library, port = library_of(TEXTS), free_port()
    plain = Assistant(library, AssistantSettings()).ask(QUESTION).answer
    with tracing(f"http://somebody:secret@127.0.0.1:{port}") as traces:
        assistant = Assistant(library, AssistantSettings(), traces=traces)
        for _ in range(200):
            answer = assistant.ask(QUESTION).answer
            assert (answer.text, answer.citations) == (plain.text, plain.citations)
    (line,) = (record.getMessage() for record in caplog.records)
    assert f"127.0.0.1:{port}" in line
    assert "POLICY_TRACES_URL" in line
    assert "secret" not in line


@pytest.mark.parametrize(
    "url", ["collector:4318", "ftp://collector", "http://", "http://c:port", "http://c:99999", "http://a b"]
)
def test_a_wrong_address_is_one_line_at_the_start(
    run: Run, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("POLICY_TRACES_URL", url)
    code, out, err = run("serve", "--api", "--port", "0")
    assert (code, out) == (2, "")
    assert err.splitlines() == ["设置 POLICY_TRACES_URL 的值无效，请参照 .env.example 更正"]


def test_traces_are_made_where_they_are_wanted_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TRACES_URL", "http://127.0.0.1:4318")
    monkeypatch.setitem(sys.modules, "vectorstore.traces", None)
    with pytest.raises(SettingsError, match=r"policy-assistant\[traces\]"):
        wanted_traces()


def test_where_they_are_not_wanted_nothing_for_them_is_loaded(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from assistant import Assistant\n"
        "from assistant.settings import AssistantSettings\n"
        "from tests.assistant.asking import filled\n"
        "from vectorstore.tracing import wanted_traces\n"
        f"with filled(Path({str(tmp_path)!r}), {TEXTS!r}) as library:\n"
        "    assistant = Assistant(library, AssistantSettings(), traces=wanted_traces())\n"
        f"    assert assistant.ask({QUESTION!r}).answer.citations\n"
        "print([name for name in sys.modules if 'traces' in name or 'otlp.proto.http' in name])\n"
    )
    command = [sys.executable, "-c", program]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == "[]\n"
