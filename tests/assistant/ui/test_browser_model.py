"""A model's answer on the page: what does not hold is marked, and nothing of it runs or leads elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from tests.assistant.answering import KEY
from tests.assistant.modelled import PROOF, QUESTION, number_of
from tests.assistant.ui.browser import CHROMIUM, ask, served, settled
from tests.openai_server import OpenAIServer, Reply
from tests.openai_server import Request as Asked
from vectorstore.settings import LibrarySettings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason=f"没有安装 {CHROMIUM}，浏览器测试略过 (Chromium is not installed)"
    ),
]

ELSEWHERE = "![图](https://evil.example/x.png)<img src=https://evil.example/y onerror=alert(1)>"


def test_failed_sentences_are_marked_within_reach_and_nothing_leaves(
    page: Page, example_settings: LibrarySettings, openai_server: OpenAIServer
) -> None:
    def reply(request: Asked) -> Reply:
        mark = f"[{number_of(request)}]" if PROOF in request.prompt else ""
        return Reply(f"{PROOF}{mark}。\n{PROOF.replace('980', '990')}{mark}。\n设有云端办事处。{ELSEWHERE}\n")

    openai_server.script = reply
    environment = {
        "POLICY_CHAT_MODEL": "test-chat",
        "OPENAI_BASE_URL": openai_server.url,
        "OPENAI_API_KEY": KEY,
    }
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    with served(example_settings.policy_data_dir, environment=environment) as address:
        page.goto(address)
        ask(page, QUESTION)
        struck = page.locator("del.pa-flagged")
        expect(struck).to_have_count(1)
        expect(page.locator("mark.pa-flagged").first).to_be_visible()
        expect(struck).to_contain_text("与资料不符")
        expect(page.locator(".pa-source").first).to_be_visible()
        settled(page)
        why = struck.locator(".pa-why")
        expect(why).to_have_css("opacity", "0")
        struck.focus()
        expect(why).to_have_css("opacity", "1")
        assert page.locator(".pa-answer img, .pa-answer script").count() == 0
        assert KEY not in page.content()
    hosts = {request.url.split("/")[2] for request in requests if request.url.startswith("http")}
    assert hosts == {address.removeprefix("http://")}
