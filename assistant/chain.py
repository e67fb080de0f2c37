"""The way of a question as a runnable of LangChain: understand | retrieve | answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any, TypedDict

from langchain_core.messages import MessageLikeRepresentation, convert_to_messages
from langchain_core.runnables import Runnable, RunnableConfig, RunnableGenerator, RunnableLambda
from langchain_core.runnables.config import get_callback_manager_for_config, run_in_executor
from langchain_core.runnables.utils import AddableDict

from assistant.answering import Case
from assistant.hybrid_retriever import found_document
from assistant.models.stream import AnswerStream
from assistant.types import Scope, Turn


class ChainInput(TypedDict, total=False):
    """What the chain is asked: `input`, and what `Assistant.ask` takes besides."""

    input: str
    chat_history: Sequence[MessageLikeRepresentation]
    scope: Scope


class AnswerChunk(AddableDict):
    """A part of an answer, or several added up: `input`, `context`, `answer` as LangChain's own chains name
    them, and at the end `result`, the finished `Answer`, whose text is then the `answer`.
    """

    def __add__(self, other: AddableDict) -> AnswerChunk:
        """Join what comes next."""
        joined = AnswerChunk(super().__add__(other))
        return AnswerChunk(joined, answer=joined["result"].text) if "result" in joined else joined


AnswerChain = Runnable[str | ChainInput, AnswerChunk]


def answer_chain(
    understand: Callable[[str, Sequence[Turn], Scope], Case],
    retrieve: Callable[[Case], Case],
    answer: Callable[[Case], AnswerStream],
) -> AnswerChain:
    """Return the three steps as a runnable: `invoke`, `stream`, `batch`, their asynchronous kin, callbacks.

    Args:
        understand: makes a case of a question, its history and scope.
        retrieve: finds the passages for it.
        answer: answers from them; a model's run is a child of the chain's.

    Returns:
        The chain; it takes a question or a `ChainInput` and gives the errors of `Assistant.ask`.
    """

    def understood(asked: str | ChainInput) -> Case:
        given: ChainInput = {"input": asked} if isinstance(asked, str) else asked
        history = [
            Turn("user" if message.type == "human" else "assistant", str(message.text))
            for message in convert_to_messages(list(given.get("chat_history", ())))
            if message.type in ("human", "ai")
        ]
        scope = given.get("scope", Scope())
        return understand(given["input"], history, scope)

    def retrieved(case: Case, config: RunnableConfig) -> Case:
        callbacks = get_callback_manager_for_config(config)
        run = callbacks.on_retriever_start({"name": "HybridRetriever"}, case.question.query)
        try:
            found = retrieve(case)
        except BaseException as error:
            run.on_retriever_error(error)
            raise
        run.on_retriever_end(list(map(found_document, found.hits)))
        return found

    def answered(cases: Iterator[Case]) -> Iterator[AnswerChunk]:
        for case in cases:
            yield AnswerChunk(input=case.text, context=list(map(found_document, case.hits)))
            stream = answer(case)
            try:
                for piece in stream:
                    yield AnswerChunk(answer=piece)
                yield AnswerChunk(result=stream.answer)
            finally:
                stream.close()

    async def answered_meanwhile(cases: AsyncIterator[Case]) -> AsyncIterator[AnswerChunk]:
        async for case in cases:
            chunks = answered(iter([case]))
            # StopIteration may not pass between threads of a coroutine.
            while (chunk := await run_in_executor(None, next, chunks, None)) is not None:
                yield chunk

    steps: Any = (
        RunnableLambda(understood, name="understand")
        | RunnableLambda(retrieved, name="retrieve")
        | RunnableGenerator(answered, answered_meanwhile, name="answer")
    )
    chain: AnswerChain = steps.with_types(input_type=str | ChainInput, output_type=AnswerChunk)
    return chain
