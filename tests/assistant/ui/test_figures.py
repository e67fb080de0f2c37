"""Indicators are drawn where they answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.exporting.series import Series
from assistant.settings import AssistantSettings
from assistant.types import Answer, Certainty
from assistant.ui import figures
from vectorstore.library import PolicyLibrary


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Series]:
    """What is drawn."""
    series: list[Series] = []
    monkeypatch.setattr(figures, "_show_series", series.append)
    return series


@pytest.fixture
def answer(example_library: PolicyLibrary) -> Answer:
    question = "临澜市生物医药产业2028年和2030年的规模目标分别是多少？"
    return Assistant(example_library, AssistantSettings(policy_chat_model="")).ask(question).answer


def test_an_indicator_that_answers_is_drawn(drawn: list[Series], answer: Answer) -> None:
    figures.show_charts(answer)
    assert drawn


def test_what_is_only_near_a_refused_question_is_not_drawn(drawn: list[Series], answer: Answer) -> None:
    figures.show_charts(replace(answer, certainty=Certainty.NONE))
    assert not drawn
