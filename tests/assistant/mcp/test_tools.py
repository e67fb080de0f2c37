"""The tools as the official client sees them: records, texts, refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp.types import Tool as Listed

from assistant import Assistant
from assistant.json_records import checked_record, hit_record
from assistant.mcp.server import mcp_server
from assistant.mcp.tools import Tools
from assistant.records.audit import Action, AuditLog
from assistant.settings import AssistantSettings
from ingest.pipeline import parse
from tests.assistant.api.serving import QUESTION
from tests.assistant.mcp.clients import call, record_of, text_of, tools_of, within
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings

WRONG = "对首次取得二类医疗器械注册证（不含诊断试剂）的，每个品种给予80万元奖励。"
RIGHT = "对首次取得二类医疗器械注册证（不含诊断试剂）的，每个品种给予50万元奖励。"
NAMES = ["search", "ask", "verify", "facts", "document"]


@pytest.fixture(scope="module")
def tools(example_library: PolicyLibrary) -> Tools:
    return tools_of(example_library)


@pytest.fixture(scope="module")
def plain(example_library: PolicyLibrary) -> Assistant:
    return Assistant(example_library, AssistantSettings())


def test_each_tool_tells_what_it_takes_and_returns_and_that_it_changes_nothing(tools: Tools) -> None:
    async def listed() -> list[Listed]:
        async with Client(mcp_server(tools)) as client:
            assert "只是资料" in (client.instructions or "")
            return (await client.list_tools()).tools

    told = within(listed)
    assert [tool.name for tool in told] == NAMES
    for tool in told:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        assert "适用：" in (tool.description or "")
        assert tool.output_schema is not None
        assert tool.input_schema["additionalProperties"] is False
        for name, field in tool.input_schema["properties"].items():
            assert field.get("description"), f"{tool.name}.{name}"


def test_an_answer_comes_with_its_numbered_sources(tools: Tools, plain: Assistant) -> None:
    expected = plain.ask(QUESTION).answer
    result = call(tools, "ask", question=QUESTION)
    record, text = record_of(result), text_of(result)
    assert record["text"] == expected.text
    assert [one["quote"] for one in record["citations"]] == [one.quote for one in expected.citations]
    assert not record["refused"]
    assert text.startswith(expected.text)
    for citation in expected.citations:
        assert f"\n[{citation.number}] {citation.label}（" in text
        assert f"\n> {citation.quote.splitlines()[0]}" in text


def test_what_the_library_does_not_hold_is_refused_and_said_to_be(tools: Tools) -> None:
    result = call(tools, "ask", question="恐龙为什么灭绝？")
    assert record_of(result)["refused"]
    assert "不要用自己的知识代答" in text_of(result)


def test_passages_are_those_of_the_service(tools: Tools, plain: Assistant) -> None:
    query = "首次认定 高新技术企业 奖励"
    hits = plain.search(query, 3)
    result = call(tools, "search", query=query, limit=3)
    assert record_of(result) == {"query": query, "results": [hit_record(hit) for hit in hits]}
    only = hits[0].document.source
    scoped = record_of(call(tools, "search", query=query, documents=[only]))["results"]
    assert {hit["document"] for hit in scoped} == {only}


def test_a_draft_is_checked_sentence_by_sentence(tools: Tools, plain: Assistant) -> None:
    draft = f"{RIGHT}{WRONG}火星基地将于2031年建成3座食堂。"
    result = call(tools, "verify", text=draft)
    sentences = record_of(result)["sentences"]
    assert sentences == [checked_record(one) for one in plain.verify(draft)]
    assert [one["finding"] for one in sentences] == ["agrees", "differs", "unfound"]
    assert [draft[one["start"] : one["end"]] for one in sentences] == [one["text"] for one in sentences]
    assert sentences[1]["suggestion"] == RIGHT
    text = text_of(result)
    assert text.startswith("共3句：相符1、不符1、未找到依据1")
    assert f"\n1. 相符：{RIGHT}\n" in text
    assert f"\n2. 不符：{WRONG}\n   原因：资料中为“50万元”，不是“80万元”\n   改为：{RIGHT}\n   [1] 《" in text


def test_facts_are_listed_with_their_proof_part_by_part(tools: Tools, example_library: PolicyLibrary) -> None:
    first = call(tools, "facts", kind="indicator", year=2030, limit=2)
    record = record_of(first)
    assert record["total"] > 2
    assert text_of(first).endswith("续读：offset=2")
    rest = record_of(call(tools, "facts", kind="indicator", year=2030, offset=2, limit=1000))
    assert record["total"] == 2 + len(rest["facts"])
    for one in record["facts"]:
        assert example_library.text(one["document_id"])[one["start"] : one["end"]] == one["quote"]
        assert "\n   > " in text_of(first)
    named = record["facts"][0]["document"]
    of_document = record_of(call(tools, "facts", document=named))
    assert {one["document"] for one in of_document["facts"]} == {named}


def test_a_document_is_read_from_any_place_of_its_outline(
    tools: Tools, example_library: PolicyLibrary
) -> None:
    document = next(one for one in example_library.documents() if "倍增" in one.source)
    whole = example_library.text(document.id)
    first = call(tools, "document", document=document.source, limit=100)
    record = record_of(first)
    assert (record["document_id"], record["title"]) == (document.id, document.title)
    assert (record["text"], record["total"]) == (whole[:100], len(whole))
    assert text_of(first).endswith("续读：offset=100")
    place = record["outline"][-1]
    rest = record_of(call(tools, "document", document=document.id, offset=place["start"], limit=20_000))
    assert rest["text"] == whole[place["start"] :]
    assert record_of(call(tools, "document", document=document.id, offset=10**8))["text"] == ""


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("ask", {}, "question 必须给出"),
        ("ask", {"question": "  "}, "question 不能为空"),
        ("ask", {"question": "目标", "region": "临澜市"}, "region 不是这个工具的参数"),
        ("ask", {"question": "目标", "regions": "临澜市"}, "regions 应为文字的列表"),
        ("ask", {"question": "规划\ud800"}, "question"),
        ("ask", {"question": "目标", "documents": ["没有的文件.txt"]}, "没有符合"),
        ("search", {"query": "目标", "limit": 51}, "limit 不得大于50"),
        ("search", {"query": "目标", "limit": "多"}, "limit 应为整数"),
        ("search", {"query": "长" * 30_000}, "query 不得超过20000个字符"),
        ("verify", {"text": "长" * 100_001}, "text 不得超过100000个字符"),
        ("facts", {"kind": "opinion"}, "kind 应为 "),
        ("facts", {"document": "没有"}, "没有文件 没有"),
        ("document", {"document": "../etc/passwd"}, "没有文件 ../etc/passwd"),
        ("document", {"document": "没有", "offset": -1}, "offset 不得小于0"),
    ],
)
def test_what_does_not_fit_is_told_in_one_line(
    tools: Tools, name: str, arguments: dict[str, Any], told: str
) -> None:
    result = call(tools, name, **arguments)
    assert result.is_error
    assert told in text_of(result)
    assert "\n" not in text_of(result)
    assert "Traceback" not in text_of(result)


def test_a_tool_that_does_not_exist_is_refused_with_those_that_do(tools: Tools) -> None:
    async def refused() -> str:
        async with Client(mcp_server(tools)) as client:
            with pytest.raises(MCPError) as caught:
                await client.call_tool("delete", {})
            return str(caught.value)

    assert within(refused).startswith("没有工具 delete，可用：search、ask")


def test_what_breaks_within_is_told_without_its_inside(
    example_library: PolicyLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("/secret/place")

    assistant = Assistant(example_library, AssistantSettings())
    monkeypatch.setattr(assistant, "search", broken)
    result = call(Tools(example_library, assistant), "search", query="目标")
    assert result.is_error
    assert text_of(result) == "服务内部出错，请稍后再试或查看服务日志"


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings.in_folder(tmp_path)) as library:
        for name, arguments in (("ask", {"question": "目标"}), ("facts", {}), ("verify", {"text": WRONG})):
            result = call(tools_of(library), name, **arguments)
            assert result.is_error
            assert text_of(result) == "资料库为空，请先导入文件：policy-assistant ingest 文件夹"


def test_what_is_ingested_meanwhile_is_found(tmp_path: Path) -> None:
    settings = LibrarySettings.in_folder(tmp_path)
    with PolicyLibrary.open(settings) as library, PolicyLibrary.open(settings) as other:
        tools = tools_of(library)
        for name in ("甲", "乙"):
            with other.write() as writer:
                text = f"云岭市{name}产业规划\n\n{name}产业规模达到300亿元。\n"
                writer.put(parse(text.encode(), f"{name}.txt"))
            found = record_of(call(tools, "search", query=f"{name}产业规模"))["results"]
            assert found[0]["document"] == f"{name}.txt"


def test_questions_and_answers_are_noted_in_the_log(example_library: PolicyLibrary, tmp_path: Path) -> None:
    audit = AuditLog(Records(LibrarySettings.in_folder(tmp_path)), days=1)
    call(tools_of(example_library, audit), "ask", question=QUESTION)
    noted = [(entry.who, entry.action, entry.detail) for entry in reversed(audit.entries())]
    assert noted == [("MCP", Action.ASKED, QUESTION), ("MCP", Action.ANSWERED, "extractive")]
