"""Asking every question of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from assistant.assistant import Assistant
from assistant.evaluation.figures import Evaluation
from assistant.evaluation.matching import comparable
from assistant.evaluation.outcome import SEARCHED, Outcome, judge
from assistant.evaluation.questions import GoldenQuestion
from assistant.types import Hit, Mode
from vectorstore.library import PolicyLibrary

Progress = Callable[[int, int], None]


def examine(
    assistant: Assistant,
    library: PolicyLibrary,
    questions: Sequence[GoldenQuestion],
    mode: Mode | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Search and ask every question and judge what comes back.

    Args:
        assistant: who answers.
        library: what it answers from; quotes are held against its documents.
        questions: what is asked, each in a conversation of its own.
        mode: who writes the answers; None is the model where one is configured.
        progress: told after each question how many are done and how many there are.

    Returns:
        What became of each question, in order.
    """

    @cache
    def document_text(document_id: str) -> str:
        return comparable(library.text(document_id))

    outcomes: list[Outcome] = []
    for question in questions:
        answer = assistant.ask(question.text, question.history, mode=mode).answer
        hits = _found(assistant, question) if question.answerable else []
        outcomes.append(judge(question, answer, hits, document_text))
        if progress:
            progress(len(outcomes), len(questions))
    return Evaluation(tuple(outcomes))


def _found(assistant: Assistant, question: GoldenQuestion) -> list[Hit]:
    return assistant.search(question.text, SEARCHED, history=question.history)
