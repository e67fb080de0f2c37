"""The answer by a chat model, streamed from the same passages that the answer without a model quotes."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import Template
from threading import Event
from typing import TYPE_CHECKING

from assistant.days import today
from assistant.models.chat_model import Message, content_filtered, explain, open_model, stream_chat
from assistant.models.context import defuse, estimate_tokens, pack, recent
from assistant.models.reasoning import UnopenedThoughtsError, without_reasoning
from assistant.models.time_limits import Limits, with_limits
from assistant.proof.prompt_leaks import PromptLeak
from assistant.settings import AssistantSettings
from assistant.types import Hit, Turn
from prompts import load
from vectorstore.errors import EndpointError
from vectorstore.steps import begun, in_step, note

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

# The line that prompts/answer.md asks for, and what models make of it.
_NOT_FOUND = "资料中未找到"
_REFUSAL = f"【{_NOT_FOUND}】"
_BARE_REFUSAL = re.compile(rf"[【\[]?{_NOT_FOUND}(?:相关)?(?:内容|信息|资料)?[】\]]?[。.！!]?")
_REFUSAL_LENGTH = 16
# Where OpenAI, Ollama and Anthropic say why a model stopped, and what they say when it was not done.
_FINISH_KEYS = ("finish_reason", "done_reason", "stop_reason")
_UNFINISHED = frozenset({"", "length", "max_tokens"})
_HISTORY_SHARE = 0.2
_MARKS = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a model's answer ended.

    Attributes:
        refused: the model found no answer in the passages; no text was given out then.
        cut_short: the text stops before the model was done, by a limit or because the stream just ended.
    """

    refused: bool = False
    cut_short: bool = False


class Reply:
    """A model's answer in the making: iterate it for pieces of text, then ask how it ended.

    Attributes:
        hits: the passages the model was given; the answer's [n] means hits[n - 1].
    """

    def __init__(self, hits: tuple[Hit, ...], pieces: Generator[str, None, Ending]) -> None:
        self.hits = hits
        self._pieces = pieces
        self._ending: Ending | None = None

    def __iter__(self) -> Iterator[str]:
        """Yield the text as it arrives, marks and all.

        Raises:
            EndpointError: the endpoint failed, at the start or after some text.
        """
        if self._ending is None:
            self._ending = yield from in_step(begun("model"), self._pieces)

    @property
    def ending(self) -> Ending:
        """How the answer ended; what was not read to its end counts as cut short."""
        return self._ending or Ending(cut_short=True)

    def close(self) -> None:
        """Stop the answer; the endpoint is told by closing the connection."""
        self._pieces.close()


class AnswerModel:
    """Writes answers with the configured chat model; the connection is opened at the first answer and kept.

    Args:
        settings: the model, its endpoint and the budgets.
    """

    def __init__(self, settings: AssistantSettings) -> None:
        self._settings = settings
        # Learnt from the first reply that gives it away.
        self._begins_thinking = False

    @cached_property
    def _chat(self) -> BaseChatModel:
        return open_model(self._settings)

    def answer(
        self,
        query: str,
        hits: Sequence[Hit],
        history: Sequence[Turn] = (),
        stopped: Event | None = None,
    ) -> Reply:
        """Answer a question from passages.

        Args:
            query: the standalone question.
            hits: passages, best first; those that fit the budget are given to the model.
            history: the conversation before the question, oldest first; its latest turns are given along.
            stopped: set, from any thread, when nobody wants more of it.

        Returns:
            The answer; nothing is sent before it is iterated.

        Raises:
            EndpointError: the budget does not hold a single passage.
            SettingsError: the model cannot be opened with these settings.
        """
        chosen, passages = pack(hits, self._settings.policy_context_tokens, today())
        if not chosen:
            raise EndpointError("POLICY_CONTEXT_TOKENS 太小，容不下一段资料，请调大")
        messages = self._messages(query, passages, history)
        return Reply(chosen, self._pieces(self._chat, messages, stopped or Event()))

    def _messages(self, query: str, passages: str, history: Sequence[Turn]) -> list[Message]:
        rules = Template(load("answer").text).substitute(language=self._settings.language_name)
        asked = Template(load("question").text).substitute(passages=passages, question=defuse(query))
        budget = int(self._settings.policy_context_tokens * _HISTORY_SHARE)
        return [("system", rules), *map(_message, recent(history, budget)), ("human", asked)]

    def _pieces(
        self, chat: BaseChatModel, messages: list[Message], stopped: Event
    ) -> Generator[str, None, Ending]:
        settings = self._settings
        limits = Limits(
            settings.policy_first_token_timeout, settings.policy_token_timeout, settings.policy_answer_timeout
        )
        chunks = with_limits(stream_chat(chat, messages), limits, stopped)
        told = _Chunks(chunks, begins_thinking=self._begins_thinking)
        note(model=settings.chat_model_name)
        echo = PromptLeak(messages[0][1])
        tokens = 0
        try:
            for piece in told.pieces():
                if echo.heard(piece):
                    raise EndpointError("模型没有回答问题")
                yield piece
                tokens += estimate_tokens(piece)
                if tokens > settings.policy_answer_tokens:
                    return Ending(cut_short=True)
        except EndpointError:
            raise
        except UnopenedThoughtsError:
            self._begins_thinking = True
            raise EndpointError(f"模型 {settings.chat_model_name} 把思考过程当作回答发出，再问即可") from None
        except Exception as error:  # every provider has its own errors, and none may reach the user as it is
            raise explain(error, settings, begun=told.begun) from None
        finally:
            chunks.close()
        if stopped.is_set():
            return Ending(cut_short=True)
        if told.finish == "content_filter":
            raise EndpointError(content_filtered())
        if not tokens and not told.refused:
            raise EndpointError(f"模型 {settings.chat_model_name} 没有给出回答，请稍后再试或更换模型")
        return Ending(refused=told.refused, cut_short=not told.refused and told.finish in _UNFINISHED)


class _Chunks:
    """What a stream of chunks says, and what it tells beside its text.

    Attributes:
        begun: a chunk has arrived.
        finish: why the model stopped, in the endpoint's words.
        refused: the text is the line by which the model says that the passages hold no answer.
    """

    def __init__(self, chunks: Iterable[AIMessageChunk], *, begins_thinking: bool) -> None:
        self._chunks = chunks
        self._begins_thinking = begins_thinking
        self.begun = False
        self.finish = ""
        self.refused = False

    def pieces(self) -> Iterator[str]:
        """Yield the answer's text without thoughts, and nothing at all where the model refuses."""
        texts = without_reasoning(self._texts(), begins_thinking=self._begins_thinking)
        held = ""
        for text in texts:
            held = (held + text).lstrip()
            if held.startswith(_REFUSAL):
                break
            # Wait while this may still become the refusal, which is never shown.
            begun = held.lstrip("【[")[: len(_NOT_FOUND)]
            if len(held) > _REFUSAL_LENGTH or not _NOT_FOUND.startswith(begun):
                yield held
                yield from texts
                return
        self.refused = held.startswith(_REFUSAL) or _BARE_REFUSAL.fullmatch(held.rstrip()) is not None
        if held and not self.refused:
            yield held

    def _texts(self) -> Iterator[str]:
        for chunk in self._chunks:
            self.begun = True
            metadata = chunk.response_metadata
            self.finish = next((metadata[key] for key in _FINISH_KEYS if metadata.get(key)), self.finish)
            if text := str(chunk.text):
                yield text


def _message(turn: Turn) -> Message:
    if turn.role == "user":
        return "human", turn.content
    # The numbers of an earlier answer belong to other passages.
    return "ai", _MARKS.sub("", turn.content)
