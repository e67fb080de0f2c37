"""What the service is asked and what it answers, in the shapes of OpenAI's protocol."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, field_validator

from assistant.json_records import citation_record, statement_record
from assistant.models.context import estimate_tokens
from assistant.proof.flagging import flagged_text
from assistant.types import Answer, Scope, Turn
from vectorstore.facts import FactKind, ValueKind
from vectorstore.ledger import BodyRole, FactFilter

MODEL = "policy-assistant"
# For chat programs that show an answer's text alone.
MODEL_WITH_SOURCES = "policy-assistant-sources"
_TEXT_CHARS = 20_000
_DRAFT_CHARS = 100_000
_MESSAGES = 200
_PARTS = 100


# With a limit, pydantic also refuses half of a surrogate pair, which JSON can spell and nothing can store.
Text = Annotated[str, Field(max_length=_TEXT_CHARS)]


class TextPart(BaseModel):
    """A part of a message; only text is understood."""

    type: Literal["text"]
    text: Text


class Message(BaseModel):
    """A message of a conversation."""

    role: Literal["system", "developer", "user", "assistant"]
    content: list[TextPart] = Field(max_length=_PARTS)

    @field_validator("content", mode="before")
    @classmethod
    def _in_parts(cls, content: object) -> object:
        """Take a text for its only part, and null for none."""
        return [{"type": "text", "text": content}] if isinstance(content, str) else content or []

    @property
    def text(self) -> str:
        """The message's text."""
        return "\n".join(part.text for part in self.content)


class StreamOptions(BaseModel):
    """What a stream carries besides the answer."""

    include_usage: bool = False


class Scoped(BaseModel):
    """What a request may limit the search to."""

    regions: list[Text] = Field(
        default=[], max_length=100, description="只查这些地区的文件，如 某市；空为全部"
    )
    documents: list[Text] = Field(
        default=[],
        max_length=100,
        description="只查这些文件：search 返回的 document_id 或 document；空为全部",
    )

    @property
    def scope(self) -> Scope:
        """The limits as the assistant knows them."""
        return Scope(tuple(self.regions), tuple(self.documents))


class ChatRequest(Scoped):
    """A request for an answer; what it says of sampling is not heeded, as every answer rests on passages."""

    model: Text
    messages: list[Message] = Field(min_length=1, max_length=_MESSAGES)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None

    @property
    def wants_usage(self) -> bool:
        """Whether a stream is to tell the tokens."""
        return self.stream_options is not None and self.stream_options.include_usage

    @property
    def history(self) -> tuple[Turn, ...]:
        """The conversation before the question; instructions of the caller are none of it."""
        return tuple(
            Turn("user" if message.role == "user" else "assistant", message.text)
            for message in self.messages[:-1]
            if message.role in ("user", "assistant")
        )


class SearchRequest(Scoped):
    """A request for passages."""

    query: Text = Field(min_length=1, description="要查找的内容：问题或关键词，中文")
    limit: int = Field(default=10, ge=1, le=50, description="最多返回几段")


class VerifyRequest(Scoped):
    """A request to check a draft."""

    text: Annotated[
        str, Field(min_length=1, max_length=_DRAFT_CHARS, description="文稿全文，一句或多段，原样给出")
    ]


class FactsRequest(BaseModel):
    """Which facts are asked for, in the query of the address."""

    kind: FactKind | None = Field(
        default=None,
        description="indicator 指标、deadline 申报与时限、task 责任分工、measure 政策条款、"
        "reference 引用文件",
    )
    region: Text = Field(default="", description="地区名称或其中的字")
    year: int | None = Field(default=None, ge=1900, le=2200, description="该年份或包含该年份的期间")
    name: Text = Field(default="", description="指标名称或其中的字，如 地区生产总值；只用于指标")
    value_kind: ValueKind | None = Field(
        default=None, description="指标的值：actual 实际、target 目标、estimate 预计"
    )
    document: Text = Field(default="", description="只列这个文件的：document_id 或文件名")
    text: Text = Field(default="", description="原文中的字")
    relation: Text = Field(
        default="",
        description="时限：apply、close、effect、expiry、consultation；引用：basis、forwards、revises、repeals、"
        "interprets",
    )
    body: Text = Field(default="", description="承担任务的单位名称或其中的字")
    role: BodyRole | None = Field(default=None, description="该单位：lead 牵头、duty 责任单位、partner 配合")
    rejected: bool = Field(default=False, description="是否也列出已标为误读的")
    offset: int = Field(default=0, ge=0, le=10_000_000, description="跳过前几条")
    limit: int = Field(default=100, ge=1, le=1_000, description="最多返回几条")

    def filter_in(self, document: str) -> FactFilter:
        """Return the filter, its document by its id."""
        return FactFilter(
            self.kind,
            self.region,
            self.name,
            self.year,
            self.value_kind,
            document,
            text=self.text,
            relation=self.relation,
            body=self.body,
            role=self.role,
            rejected=self.rejected,
        )


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer on its way to the client.

    Attributes:
        model: the name it was asked by.
        id, created: what all its chunks carry.
    """

    model: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, request: ChatRequest, answer: Answer) -> dict[str, Any]:
        """Return the answer in one piece."""
        content = flagged_text(answer.text, answer.statements) + self.appendix(answer)
        message = {"role": "assistant", "content": content, **proof(answer)}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {**self._frame("chat.completion", [choice]), "usage": usage(request, answer)}

    def chunk(self, delta: dict[str, str], finish: str | None = None, **more: object) -> str:
        """Return one event of a stream."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return event({**self._frame("chat.completion.chunk", [choice]), **more})

    def usage_chunk(self, request: ChatRequest, answer: Answer) -> str:
        """Return the event that tells the tokens, where the client asked for it."""
        return event({**self._frame("chat.completion.chunk", []), "usage": usage(request, answer)})

    def appendix(self, answer: Answer) -> str:
        """Return notices and sources as text, for the model's name that asks for them."""
        if self.model != MODEL_WITH_SOURCES:
            return ""
        notices = [f"提示：{notice}" for notice in answer.notices]
        sources = [f"[{item.number}] {item.label}（{item.standing_words}）" for item in answer.citations]
        lines = [*notices, *(["资料来源：", *sources] if sources else [])]
        return "\n\n" + "\n".join(lines) if lines else ""

    def _frame(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": self.model,
            "choices": choices,
        }


def proof(answer: Answer) -> dict[str, Any]:
    """Return what the protocol has no place for: citations, checked sentences, notices, refusal."""
    return {
        "citations": [citation_record(citation) for citation in answer.citations],
        "statements": [statement_record(statement) for statement in answer.statements],
        "notices": list(answer.notices),
        "refused": answer.refused,
        "certainty": answer.certainty.value,
        "mode": answer.mode,
        "query": answer.query,
    }


def usage(request: ChatRequest, answer: Answer) -> dict[str, int]:
    """Return about how many tokens question and answer take."""
    asked = sum(estimate_tokens(message.text) for message in request.messages)
    told = estimate_tokens(answer.text)
    return {"prompt_tokens": asked, "completion_tokens": told, "total_tokens": asked + told}


def event(record: dict[str, Any]) -> str:
    """Return a record as an event of a stream."""
    return f"data: {json.dumps(record, ensure_ascii=False)}\n\n"


def error_record(
    message: str, kind: str, code: str | None = None, param: str | None = None
) -> dict[str, Any]:
    """Return an error in the protocol's shape."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}
