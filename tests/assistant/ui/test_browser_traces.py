"""A question on the page begins a trace of its own: no request of the browser is one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.assistant.ui.browser import ask, served, settled
from tests.assistant.ui.libraries import fill
from tests.collector import collecting

pytestmark = pytest.mark.browser


def test_a_question_on_the_page_is_traced_without_its_words(tmp_path: Path, page: Page) -> None:
    fill(tmp_path, "到2030年，全市港口岸电使用率达到95%。")
    with (
        collecting() as collector,
        served(tmp_path, environment={"POLICY_TRACES_URL": collector.url}) as url,
    ):
        page.goto(url)
        settled(page)
        # The page has asked the questions that it proposes by then.
        asked = time.time_ns()
        ask(page, "2030年港口岸电使用率达到多少？")
        question = collector.await_span("question", since=asked)
        assert (question.parent, question.told["policy.citations"]) == (b"", 1)
        below = {span.name for span in collector.spans if span.parent == question.id}
        assert below == {"understand", "search", "draft"}
        assert "岸电".encode() not in b"".join(collector.bodies)
