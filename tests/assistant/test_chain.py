"""The way of a question as a runnable of LangChain."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough

from assistant import Assistant, HybridRetriever
from assistant.chain import AnswerChunk
from assistant.settings import AssistantSettings
from assistant.types import Scope
from tests.assistant.modelled import FIGURE, QUESTION, number_of, with_model
from tests.coroutines import awaited
from tests.openai_server import OpenAIServer, Reply
from vectorstore.errors import SettingsError
from vectorstore.library import PolicyLibrary

REWARD = "首次认定的高新技术企业奖励多少"


class Heard(BaseCallbackHandler):
    """Notes the runs that a chain reports."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.parents: dict[str, Any] = {}
        self.documents = 0

    def on_chain_start(self, serialized: Any, inputs: Any, *, name: str = "", **rest: Any) -> None:
        self.runs.append(name)

    def on_retriever_start(self, serialized: Any, query: str, **rest: Any) -> None:
        self.runs.append("retriever")

    def on_retriever_end(self, documents: Any, **rest: Any) -> None:
        self.documents = len(documents)

    def on_chat_model_start(self, serialized: Any, messages: Any, **rest: Any) -> None:
        self.runs.append("model")
        self.parents["model"] = rest["parent_run_id"]


@pytest.fixture(scope="module")
def assistant(example_library: PolicyLibrary) -> Assistant:
    return Assistant(example_library, AssistantSettings())


def test_invoke_gives_the_answer_its_context_and_the_finished_result(assistant: Assistant) -> None:
    said = assistant.chain().invoke(QUESTION)
    answer = assistant.ask(QUESTION).answer
    assert said["input"] == QUESTION
    assert said["answer"] == answer.text == said["result"].text
    assert said["result"].citations == answer.citations
    cited = answer.citations[0].passage
    context = next(one for one in said["context"] if one.id == cited.id)
    assert context.page_content == cited.text
    assert context.metadata["source"] == answer.citations[0].document.source


def test_stream_batch_and_their_asynchronous_kin_agree(assistant: Assistant) -> None:
    chain = assistant.chain()

    async def streamed() -> list[AnswerChunk]:
        return [chunk async for chunk in chain.astream(QUESTION)]

    said = [
        "".join(chunk.get("answer", "") for chunk in chain.stream(QUESTION)),
        "".join(chunk.get("answer", "") for chunk in awaited(streamed())),
        awaited(chain.ainvoke(QUESTION))["answer"],
        chain.batch([QUESTION, REWARD])[0]["answer"],
        awaited(chain.abatch([REWARD, QUESTION]))[1]["answer"],
    ]
    assert len(set(said)) == 1
    assert said[0]


def test_history_and_scope_are_taken_as_langchain_gives_them(assistant: Assistant) -> None:
    chain = assistant.chain()
    before = [HumanMessage("临澜首次认定的高新技术企业奖励多少？"), AIMessage("20万元[1]。")]
    follow_up = chain.invoke({"input": "那砚川呢？", "chat_history": before})
    assert "砚川" in follow_up["result"].query
    assert "奖励" in follow_up["result"].query
    within = chain.invoke({"input": REWARD, "scope": Scope(regions=("砚川",))})
    assert within["context"]
    assert all("砚川" in one.metadata["title"] for one in within["context"])


def test_callbacks_hear_of_the_retriever_and_of_the_model(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    words = f"地区生产总值达到{FIGURE}"
    openai_server.script = lambda request: Reply(f"目标为{FIGURE}[{number_of(request, words)}]。")
    heard = Heard()
    said = with_model(example_library, openai_server).chain().invoke(QUESTION, {"callbacks": [heard]})
    assert said["answer"] == f"目标为{FIGURE}[1]。"
    assert said["result"].mode == "model"
    assert {"understand", "retrieve", "answer", "retriever", "model"} <= set(heard.runs)
    assert heard.parents["model"]
    assert heard.documents == len(said["context"]) > 1


def test_what_a_model_said_gives_way_to_the_finished_text(
    example_library: PolicyLibrary, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply("目标为9999亿元[1]。"))
    said = with_model(example_library, openai_server).chain().invoke(QUESTION)
    assert said["result"].mode == "extractive"
    assert said["answer"] == said["result"].text


def test_a_model_that_is_not_configured_is_told_at_once(assistant: Assistant) -> None:
    with pytest.raises(SettingsError, match="POLICY_CHAT_MODEL"):
        assistant.chain("model")


def test_the_retriever_serves_a_stock_chain(example_library: PolicyLibrary) -> None:
    retriever = HybridRetriever(library=example_library, limit=4)
    prompt = ChatPromptTemplate.from_template("资料：{context}\n问题：{input}")
    model = FakeListChatModel(responses=["见资料。"])

    def joined(documents: Any) -> str:
        return "\n\n".join(document.page_content for document in documents)

    chain = {"context": retriever | joined, "input": RunnablePassthrough()} | prompt
    assert example_library.search_keywords(REWARD, 1)
    written = chain.invoke(REWARD).to_string()
    assert retriever.invoke(REWARD)[0].page_content in written
    assert (chain | model | StrOutputParser()).batch([REWARD, QUESTION]) == ["见资料。"] * 2
    assert awaited(retriever.abatch([REWARD, QUESTION])) == retriever.batch([REWARD, QUESTION])
