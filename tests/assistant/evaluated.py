"""Answers whose worth is known."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation import GoldenQuestion, Outcome
from assistant.evaluation.matching import comparable
from assistant.evaluation.outcome import judge
from assistant.types import Answer, Certainty, Citation, Hit
from tests.assistant.answering import hit

SPEECH = "到2030年，产业规模力争达到300亿元，建成园区5个。"
ASKED = GoldenQuestion("q1", "产业规模多大？", must_include=("300亿",), evidence=("力争达到300亿元",))


def citation(number: int, of: Hit, quote: str) -> Citation:
    start = of.passage.text.find(quote)
    return Citation(
        number=number,
        passage=of.passage,
        document=of.document,
        quote=quote,
        start=start,
        end=start + len(quote),
        standing=of.document.status,
        label="《规划》",
    )


def answer(text: str, citations: Sequence[Citation] = (), *, refused: bool = False) -> Answer:
    return Answer(
        question="",
        query="",
        text=text,
        citations=tuple(citations),
        certainty=Certainty.NONE if refused else Certainty.SURE,
        mode="extractive",
        notices=(),
        seconds=0.02,
    )


def outcome(question: GoldenQuestion, given: Answer, hits: Sequence[Hit] = (), text: str = SPEECH) -> Outcome:
    return judge(question, given, hits, lambda _: comparable(text))


def right_outcome(question: GoldenQuestion = ASKED) -> Outcome:
    source = hit(SPEECH)
    given = answer("产业规模力争达到300亿元。[1]", [citation(1, source, "产业规模力争达到300亿元")])
    return outcome(question, given, [hit("别的内容。", 2), source])
