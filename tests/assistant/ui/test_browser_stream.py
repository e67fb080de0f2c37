"""A model's answer while it grows, at its end, and where its reader stops it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.ui.browser import ask, served, settled
from tests.assistant.ui.libraries import fill
from tests.openai_server import OpenAIServer, Reply, Request
from vectorstore.types import Status

pytestmark = pytest.mark.browser
# More than an answer shows at once of what was said before.
LINES = [
    f"到2030年，全市{name}达到{number}个。"
    for number, name in enumerate(
        f"{kind}{what}"
        for kind in ("渔港", "码头", "海湾", "盐田", "灯塔", "滩涂")
        for what in ("泊位", "仓库", "站点", "园区", "船坞", "航标", "道路", "广场")
    )
]
QUESTION, FURTHER = "渔港泊位的数量目标是多少？", "那码头呢？"
_ENDING_SHOWN = """() => {
    const end = Array.from(document.querySelectorAll(".pa-answer")).pop().getBoundingClientRect().bottom;
    return end <= document.querySelector(".st-key-ask").getBoundingClientRect().top;
}"""
_SCROLLED = "() => document.querySelector('.stMain').scrollTop"


class Writer:
    """A model whose second half waits for a sign; beside answers it says nothing."""

    def __init__(self, server: OpenAIServer, first: str, second: str = "") -> None:
        self.going_on = threading.Event()
        self._pieces = (first, second)
        self._server = server

    def __call__(self, request: Request) -> Reply:
        return Reply(pieces=_Held(*self._pieces, self.going_on, self._server.stopping))


class _Held(list[str]):
    """The pieces of a stream: one part at once, the other when it is let go."""

    def __init__(self, first: str, second: str, sign: threading.Event, stopping: threading.Event) -> None:
        super().__init__([*first, *second])
        self._at, self._sign, self._stopping = len(first), sign, stopping

    def __iter__(self) -> Iterator[str]:
        for place, piece in enumerate(super().__iter__()):
            while place == self._at and not self._sign.wait(0.01) and not self._stopping.is_set():
                pass
            yield piece


@pytest.fixture
def address(tmp_path: Path, openai_server: OpenAIServer) -> Iterator[str]:
    fill(tmp_path, "".join(LINES), status=Status.DRAFT)
    settings = {
        "POLICY_CHAT_MODEL": "test",
        "OPENAI_BASE_URL": openai_server.url,
        "POLICY_TOKEN_TIMEOUT": "55",
        "POLICY_HELPER_TIMEOUT": "55",
    }
    with served(tmp_path, environment=settings) as running:
        yield running


def test_the_page_follows_a_long_answer_and_stays_where_it_is_at_the_end(
    page: Page, address: str, openai_server: OpenAIServer
) -> None:
    text = "\n".join(f"{line[:-1]}[1]。" for line in LINES)
    writer = Writer(openai_server, text[: len(text) // 2 + 250], text[len(text) // 2 + 250 :])
    openai_server.script = writer
    page.goto(address)
    ask(page, QUESTION)
    expect(page.locator(".pa-growing")).to_contain_text(LINES[14][:-1])
    page.wait_for_function(_ENDING_SHOWN, polling=100)
    expect(page.locator(".pa-draft, .pa-notice")).to_contain_text("征求意见稿")
    followed = page.evaluate(_SCROLLED)
    assert followed > 200
    writer.going_on.set()
    expect(page.get_by_role("button", name="修改问题")).to_be_visible()
    settled(page)
    expect(page.locator(".pa-answer summary")).to_have_count(0)
    assert page.evaluate(_SCROLLED) > followed - 40


def test_who_scrolls_back_is_left_there_until_the_button_leads_to_the_end(
    page: Page, address: str, openai_server: OpenAIServer
) -> None:
    text = "\n".join(f"{line[:-1]}[1]。" for line in LINES)
    writer = Writer(openai_server, text[:-20], text[-20:])
    openai_server.script = writer
    page.goto(address)
    ask(page, QUESTION)
    expect(page.locator(".pa-growing")).to_contain_text(LINES[20][:-1])
    page.wait_for_function(_ENDING_SHOWN, polling=100)
    page.mouse.move(800, 400)
    page.mouse.wheel(0, -2000)
    button = page.get_by_role("button", name="回到底部")
    expect(button).to_be_visible()
    expect(page.locator(".pa-question")).to_be_in_viewport()
    button.click()
    page.wait_for_function(_ENDING_SHOWN, polling=100)
    writer.going_on.set()


def test_stopping_ends_all_work_and_proves_no_half_sentence(
    page: Page, address: str, openai_server: OpenAIServer
) -> None:
    # It would be proved, were it known to end here.
    half = LINES[1].removesuffix("。")
    openai_server.script = Writer(openai_server, f"{LINES[0][:-1]}[1]。\n{half}", "。")
    page.goto(address)
    ask(page, QUESTION)
    expect(page.locator(".pa-growing")).to_contain_text(half)
    page.get_by_role("button", name="停止").click()
    expect(page.get_by_role("button", name="修改问题")).to_be_visible()
    settled(page)
    expect(page.locator(".pa-answer .pa-mark")).to_have_count(1)
    expect(page.get_by_text("可以继续问")).to_have_count(0)
    assert len(openai_server.requests) == 1


def test_stopping_waits_for_no_question_that_the_model_was_to_put_otherwise(
    page: Page, address: str, openai_server: OpenAIServer
) -> None:
    openai_server.replies(Reply(f"{LINES[0][:-1]}[1]。"))
    page.goto(address)
    ask(page, QUESTION)
    expect(page.get_by_role("button", name="修改问题")).to_be_visible()
    settled(page)
    silent = threading.Event()
    openai_server.script = lambda request: Reply("", hold=silent)
    ask(page, FURTHER)
    page.get_by_role("button", name="停止").click()
    expect(page.locator(".pa-answer").last).to_contain_text("回答已停止", timeout=20_000)
    silent.set()
