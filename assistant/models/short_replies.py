"""What the chat model is asked beside the answer itself: a line or two, soon given up."""

from __future__ import annotations

import re
from collections.abc import Generator
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING

from assistant.models.chat_model import explain, open_model, stream_chat
from assistant.models.reasoning import without_reasoning
from assistant.models.time_limits import Limits, with_limits
from assistant.settings import AssistantSettings
from vectorstore.errors import EndpointError
from vectorstore.steps import note, step

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

_REPLY_CHARS = 20_000
_EXACT = re.compile(r"\d+(?:\.\d+)?|[a-z][a-z0-9&+-]*")


class ShortReplies:
    """Asks the configured chat model, once and with little patience: whoever asks can do without.

    Args:
        settings: the model, its endpoint and the patience.
    """

    def __init__(self, settings: AssistantSettings) -> None:
        self._settings = settings.model_copy(update={"policy_retries": 0})

    @cached_property
    def _chat(self) -> BaseChatModel:
        return open_model(self._settings)

    @step("model")
    def ask(self, rules: str, data: str, stopped: Event | None = None) -> str:
        """Return what the model says, without its thoughts; "" where it says nothing.

        Args:
            rules: what it is to do.
            data: what it is to do it with.
            stopped: set, from any thread, when nobody waits for it any more.

        Raises:
            EndpointError: the endpoint failed or was too slow.
            SettingsError: the model cannot be opened with these settings.
        """
        note(model=self._settings.chat_model_name)
        patience = self._settings.policy_helper_timeout
        stream = stream_chat(self._chat, [("system", rules), ("human", data)])
        chunks = with_limits(stream, Limits(patience, patience, patience), stopped)
        try:
            text = _read(chunks)
        except EndpointError:
            raise EndpointError("模型服务没有及时应答，可稍后再试或调大 POLICY_HELPER_TIMEOUT") from None
        except Exception as error:  # every provider has its own errors
            raise explain(error, self._settings, begun=False) from None
        finally:
            chunks.close()
        return "".join(without_reasoning([text], begins_thinking=True)).strip()


def exact_terms(folded: str) -> set[str]:
    """Return the figures and Latin words of a folded text: what a reply may neither change nor make up."""
    return set(_EXACT.findall(folded))


def _read(chunks: Generator[AIMessageChunk, None, None]) -> str:
    text = ""
    for chunk in chunks:
        text += str(chunk.text)
        if len(text) > _REPLY_CHARS:
            break
    # JSON can spell a character in two halves: those of two chunks belong together, one alone is no text.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
