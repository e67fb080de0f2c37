"""What a model may ask of each tool, and what it is told of arguments that do not fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from assistant.api.protocol import FactsRequest, Scoped, SearchRequest, Text, VerifyRequest
from assistant.api.requests import RequestError

_Arguments = TypeVar("_Arguments", bound=BaseModel)
_TOLD = 3
# What pydantic calls an error, and what a model is told of it.
_REASONS = {
    "missing": "必须给出",
    "extra_forbidden": "不是这个工具的参数",
    "string_type": "应为文字",
    "list_type": "应为文字的列表",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "string_too_short": "不能为空",
    "string_too_long": "不得超过{max_length}个字符",
    "too_long": "不得超过{max_length}项",
    "greater_than_equal": "不得小于{ge}",
    "less_than_equal": "不得大于{le}",
    "enum": "应为 {expected} 之一",
}


class SearchArguments(SearchRequest, extra="forbid"):
    """What `search` takes. A wrong name must not pass for no limit at all."""


class AskArguments(Scoped, extra="forbid"):
    """What `ask` takes."""

    question: Annotated[Text, StringConstraints(strip_whitespace=True, min_length=1)] = Field(
        description="完整的问题，一次一个；写明地区、年份和对象，不要用“它”“那里”，如：某市2030年地区生产总值目标是多少"
    )


class VerifyArguments(VerifyRequest, extra="forbid"):
    """What `verify` takes."""


class FactsArguments(FactsRequest, extra="forbid"):
    """What `facts` takes: as the HTTP service does, by fewer at a time."""

    limit: int = Field(default=20, ge=1, le=1_000, description="最多返回几条")


class DocumentArguments(BaseModel, extra="forbid"):
    """What `document` takes."""

    document: Text = Field(min_length=1, description="document_id 或文件名，如 search 所返回")
    offset: int = Field(default=0, ge=0, le=1_000_000_000, description="正文从第几个字符读起")
    limit: int = Field(default=4_000, ge=1, le=20_000, description="最多读几个字符")


def read(arguments: Mapping[str, Any] | None, kind: type[_Arguments]) -> _Arguments:
    """Return arguments as the tool takes them.

    Args:
        arguments: as the model gave them.
        kind: what the tool takes.

    Raises:
        RequestError: they do not fit; the text is one Chinese line that names each with the reason.
    """
    try:
        return kind.model_validate(dict(arguments or {}))
    except ValidationError as error:
        wrong = dict.fromkeys(_reason(one) for one in error.errors(include_url=False))
        raise RequestError(400, f"参数不符合要求：{'；'.join(list(wrong)[:_TOLD])}") from None


def _reason(error: Mapping[str, Any]) -> str:
    name = ".".join(str(step) for step in error["loc"])[:60]
    told = _REASONS.get(error["type"], "不是有效的值")
    return f"{name} {told.format_map({**error.get('ctx', {})})}"
