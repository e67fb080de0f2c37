"""Passages, settings and short ways to ask the scripted server for an answer."""

from collections.abc import Sequence

import pytest
from pydantic import SecretStr

from assistant.generative import AnswerModel, Ending
from assistant.settings import AssistantSettings
from assistant.types import Hit
from tests.openai_server import OpenAIServer
from vectorstore.errors import EndpointError
from vectorstore.types import Passage, PassageKind, Period, PolicyDocument, Status

KEY = "sk-secret-of-the-tests"


def hit(
    text: str, number: int = 1, *, status: Status = Status.IN_FORCE, title: str = "青川市产业规划"
) -> Hit:
    document = PolicyDocument(
        id=f"d{number}",
        source=f"{number}.txt",
        content_hash="0",
        title=title,
        period=Period(2026, 2090),
        status=status,
    )
    passage = Passage(
        id=f"d{number}:00000",
        document_id=document.id,
        ordinal=0,
        section=("第一章 总体要求", "第二节 目标"),
        kind=PassageKind.TEXT,
        text=text,
        page=None,
        start=0,
        end=len(text),
    )
    return Hit(passage, document, 1.0)


HITS = (hit("到2030年，产业规模力争达到300亿元。"), hit("建成园区5个。", 2, status=Status.DRAFT))


def settings(server: OpenAIServer, **changed: object) -> AssistantSettings:
    values: dict[str, object] = {
        "policy_chat_model": "test-chat",
        "openai_base_url": server.url,
        "openai_api_key": SecretStr(KEY),
        "policy_retries": 0,
    }
    return AssistantSettings.model_validate(values | changed)


def answer(server: OpenAIServer, **changed: object) -> tuple[str, Ending]:
    reply = AnswerModel(settings(server, **changed)).answer("产业规模多大", HITS)
    text = "".join(reply)
    return text, reply.ending


def ask(server: OpenAIServer, query: str, hits: Sequence[Hit]) -> str:
    return "".join(AnswerModel(settings(server)).answer(query, hits))


def failure(server: OpenAIServer, **changed: object) -> str:
    with pytest.raises(EndpointError) as caught:
        answer(server, **changed)
    message = str(caught.value)
    assert "\n" not in message
    assert KEY not in message
    return message
