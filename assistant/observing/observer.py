"""What is told of each answer, search and check."""

from __future__ import annotations

import logging
import time
from enum import StrEnum
from threading import Event

from assistant.checked_sentence import Finding
from assistant.models.stream import Pieces
from assistant.types import Answer, Certainty
from vectorstore.steps import note

_LOG = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a question."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"
    FAILED = "failed"
    STOPPED = "stopped"


def outcome_of(answer: Answer) -> Outcome:
    """Return what became of a question that got an answer."""
    return {
        Certainty.SURE: Outcome.SURE,
        Certainty.DOUBTFUL: Outcome.DOUBTFUL,
        Certainty.NONE: Outcome.REFUSED,
    }[answer.certainty]


class Observer:
    """Is told what is done and how long it took; this one lets it pass."""

    def asked(self, outcome: Outcome, mode: str, seconds: float, *, gave_way: bool = False) -> None:
        """Be told of a question.

        Args:
            outcome: what became of it.
            mode: who was to answer: extractive or model.
            seconds: from question to end.
            gave_way: whether the documents' own words took the place of the model's.
        """

    def searched(self, seconds: float) -> None:
        """Be told of a search for passages that somebody asked for."""

    def checked(self, finding: Finding, seconds: float) -> None:
        """Be told of a sentence of a draft that was held against the library."""


def observed(pieces: Pieces, observer: Observer, stopped: Event, *, by_model: bool) -> Pieces:
    """Make an answer, and tell what became of the question.

    Args:
        pieces: makes the answer.
        observer: is told.
        stopped: set when nobody wants more of it.
        by_model: whether a model is to write it.
    """
    started, mode = time.perf_counter(), "model" if by_model else "extractive"
    outcome, gave_way = Outcome.FAILED, False
    try:
        answer = yield from pieces
        outcome = Outcome.STOPPED if stopped.is_set() else outcome_of(answer)
        # Without any source there was nothing for the model to write from.
        gave_way = by_model and answer.mode != mode and bool(answer.citations)
        standings = sorted({citation.standing.value for citation in answer.citations})
        note(citations=len(answer.citations), standing=standings, notices=len(answer.notices))
        return answer
    except GeneratorExit:
        outcome = Outcome.STOPPED
        raise
    finally:
        seconds = time.perf_counter() - started
        told = {"outcome": outcome.value, "mode": mode, "seconds": round(seconds, 3), "gave_way": gave_way}
        _LOG.info("question", extra=told)
        note(outcome=outcome.value, mode=mode, gave_way=gave_way)
        observer.asked(outcome, mode, seconds, gave_way=gave_way)
