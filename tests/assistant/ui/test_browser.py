from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.assistant.ui.browser import CHROMIUM, ask, fits, quotations_in_full, served, settled
from tests.assistant.ui.libraries import fill
from tests.assistant.ui.samples import HOSTILE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason=f"没有安装 {CHROMIUM}，浏览器测试略过 (Chromium is not installed)"
    ),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_is_in_sight_with_its_quote_highlighted_and_nothing_leaves_the_host(
    page: Page, examples_page: str, scheme: str
) -> None:
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(examples_page)
    expect(page.locator("[class*=st-key-example-]")).to_have_count(4)
    page.locator("[class*=st-key-example-] button").first.click()
    expect(page.locator(".pa-source").first).to_be_visible()
    expect(page.locator(".pa-question")).to_be_in_viewport()
    expect(page.locator(".pa-answer p").first).to_be_in_viewport()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_in_viewport()
    ground = {"light": "rgb(255, 239, 179)", "dark": "rgb(91, 74, 12)"}[scheme]
    settled(page)
    page.locator(".pa-mark a").last.click()
    expect(page.locator(".pa-reading mark").first).to_be_in_viewport()
    expect(page.locator(".pa-reading mark").first).to_have_css("background-color", ground)
    ask(page, "还有哪些支持措施")
    expect(page.locator(".pa-question")).to_have_count(2)
    expect(page.locator(".pa-question").last).to_be_in_viewport()
    hosts = {request.url.split("/")[2] for request in requests if request.url.startswith("http")}
    assert hosts == {examples_page.removeprefix("http://")}


def test_hostile_document_text_is_shown_as_text(page: Page, tmp_path: Path) -> None:
    fill(
        tmp_path,
        f"坚持“一港三湾{HOSTILE[:10]}”布局。港口岸电使用率的目标是{HOSTILE}。到2030年，更新渔船达到12艘。",
        title=f"港口办法{HOSTILE[:120]}",
        region="$x$ :smile: **市**",
    )
    page.on("dialog", lambda dialog: pytest.fail(f"a document opened a dialog: {dialog.message}"))
    with served(tmp_path) as address:
        page.goto(address)
        expect(page.get_by_role("button", name="$x$")).to_contain_text("**市**")
        ask(page, "港口岸电使用率的目标是多少")
        expect(page.locator(".pa-preview").first).to_contain_text("<script>document.title='坏'</script>")
        quotations_in_full(page)
        card = page.locator(".pa-card").first
        expect(card).to_contain_text("<script>document.title='坏'</script><img src=x onerror=alert(1)>")
        expect(card).to_contain_text("![图](https://example.org/x.png)")
        expect(card).to_contain_text("$E=mc^2$ **粗** :red[红] :smile: &lt;")
        expect(page).to_have_title("政策文件问答")
        settled(page)
        assert page.locator("main img, main .katex").count() == 0
        fits(page, ".stMain")


def test_an_empty_library_says_how_it_is_filled_and_needs_no_restart(page: Page, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        page.goto(address)
        expect(page.locator(".pa-empty")).to_contain_text("policy-assistant ingest")
        fill(tmp_path, "到2030年，全市更新渔船达到12艘。")
        page.get_by_role("button", name="刷新").click()
        page.get_by_role("button", name="更新渔船").click()
        expect(page.locator(".pa-preview").first).to_contain_text("12艘")
