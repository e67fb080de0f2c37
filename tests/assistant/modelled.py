"""An assistant with a scripted model, and what is asked of it."""

from __future__ import annotations

import re

from assistant import Assistant
from tests.assistant.answering import settings
from tests.openai_server import OpenAIServer, Request
from vectorstore.library import PolicyLibrary

QUESTION = "海岬高新区2030年地区生产总值目标是多少？"
FIGURE = "980亿元"
PROOF = f"地区生产总值达到{FIGURE}"
NUMBER = re.compile(r'<资料 编号="(\d+)">')


def with_model(library: PolicyLibrary, server: OpenAIServer, **changed: object) -> Assistant:
    """Return an assistant whose model is the scripted server."""
    return Assistant(library, settings(server, **changed))


def number_of(request: Request, words: str = PROOF) -> int:
    """Return the number under which the passage that holds these words was given to the model."""
    return int(NUMBER.findall(request.prompt[: request.prompt.index(words)])[-1])
