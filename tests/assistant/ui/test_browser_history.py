from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.conversations import Conversations
from assistant.evaluation import read_questions
from tests.assistant.ui.browser import PATIENCE, ask, downloaded, quotations_in_full, served, settled
from tests.assistant.ui.libraries import fill
from tests.assistant.ui.test_accessibility import violations
from tests.openai_server import OpenAIServer, Reply, Request
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings

pytestmark = pytest.mark.browser
SENTENCE = "到2030年，全市港口岸电使用率达到95%。"
SHORE, CARE = "港口岸电使用率的目标是多少？", "养老服务设施怎么建设？"
ABOUT_SHORE, ABOUT_CARE = "港口岸电使用率的目标", "养老服务设施怎么建设"


@pytest.fixture
def settings(tmp_path: Path) -> LibrarySettings:
    return fill(tmp_path / "data", f"{SENTENCE}到2030年，清洁能源集卡占比达到60%。")


def asked(page: Page, question: str) -> None:
    """Ask, and wait for the answer with its source."""
    ask(page, question)
    expect(page.get_by_role("button", name="有用", exact=True)).to_be_visible()
    settled(page)


def dialog(page: Page) -> Locator:
    """Return the open dialog once it is drawn whole: what is filled in before may be drawn over."""
    opened = page.get_by_role("dialog")
    expect(opened).to_be_visible()
    settled(page)
    return opened


def in_history(page: Page) -> Locator:
    return page.locator("[class*=st-key-history-open-] button")


def test_a_conversation_outlives_reload_and_restart_and_its_link_opens_it(
    page: Page, settings: LibrarySettings
) -> None:
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        asked(page, SHORE)
        page.wait_for_url("**/*conversation=*")
        link = page.url.removeprefix(address)
        page.reload()
        expect(page.locator(".pa-question")).to_contain_text(SHORE)
        expect(page.locator(".pa-preview").first).to_contain_text("95%")
    with served(settings.policy_data_dir) as address:
        page.goto(address + link)
        expect(page.locator(".pa-question")).to_contain_text(SHORE)
        expect(page.locator(".pa-preview").first).to_contain_text("95%")
        page.goto(f"{address}/?conversation={'x' * 22}")
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
        expect(page.locator(".pa-question")).to_have_count(0)


def test_history_is_searched_opened_renamed_pinned_and_deleted(page: Page, settings: LibrarySettings) -> None:
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        for question in (SHORE, CARE):
            asked(page, question)
            page.get_by_role("button", name="新对话").click()
            expect(page.locator(".pa-question")).to_have_count(0)
        expect(in_history(page)).to_have_text([ABOUT_CARE, ABOUT_SHORE])
        page.get_by_placeholder("搜索历史对话").fill("養老 服務")
        page.get_by_placeholder("搜索历史对话").press("Enter")
        expect(in_history(page)).to_have_text([ABOUT_CARE])
        in_history(page).click()
        expect(page.locator(".pa-question")).to_contain_text(CARE)
        page.get_by_placeholder("搜索历史对话").fill("")
        page.get_by_placeholder("搜索历史对话").press("Enter")
        expect(in_history(page)).to_have_count(2)
        manage = page.locator("[class*=st-key-history-manage-] button").last
        manage.click()
        dialog(page).get_by_label("标题").fill("港口专题")
        page.get_by_role("button", name="保存").click()
        expect(in_history(page)).to_have_text([ABOUT_CARE, "港口专题"])
        manage.click()
        dialog(page).get_by_role("button", name="置顶").click()
        expect(in_history(page)).to_have_text(["港口专题", ABOUT_CARE])
        expect(page.locator(".pa-day")).to_have_text(["置顶", "今天"])
        for left, shown in ([ABOUT_CARE], 1), ([], 0):
            page.locator("[class*=st-key-history-delete-] button").first.click()
            expect(in_history(page)).to_have_text(left)
            expect(page.locator(".pa-question")).to_have_count(shown)
        page.get_by_role("button", name="撤销").click()
        expect(in_history(page)).to_have_text([ABOUT_CARE])
        expect(page.locator(".pa-question")).to_contain_text(CARE)


def test_answer_and_conversation_are_exported_and_read(
    page: Page, settings: LibrarySettings, tmp_path: Path
) -> None:
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        asked(page, SHORE)
        page.get_by_role("button", name="导出").click()
        word = docx.Document(str(downloaded(page.get_by_role("button", name="Word 简报"), tmp_path)))
        assert word.paragraphs[0].text == "政策问答简报"
        assert any(line.text.startswith(SENTENCE) for line in word.paragraphs)
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Word 简报")).to_have_count(0)
        settled(page)
        page.locator("[class*=st-key-history-manage-] button").click()
        file = downloaded(dialog(page).get_by_role("button", name="Markdown"), tmp_path)
        markdown = file.read_text(encoding="utf-8")
        assert f"{SENTENCE}" in markdown
        assert "[^1]: 《青屿市绿色港口发展办法》" in markdown


def test_feedback_reaches_the_administrators_and_becomes_a_question_file(
    page: Page, settings: LibrarySettings, tmp_path: Path
) -> None:
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        asked(page, SHORE)
        page.get_by_role("button", name="没用").click()
        page.get_by_text("内容过时").click()
        page.get_by_label("补充说明").fill("已有新办法")
        page.get_by_role("button", name="提交").click()
        expect(page.get_by_role("button", name="已反馈：没用（内容过时）")).to_be_visible()
        page.goto(f"{address}/feedback")
        expect(page.get_by_text("已有新办法")).to_be_visible()
        (question,) = read_questions(downloaded(page.get_by_role("button", name="导出为评测问题"), tmp_path))
        assert (question.text, question.kind) == (SHORE, "outdated")


def test_a_checked_citation_shows_its_mark_after_a_reload(page: Page, settings: LibrarySettings) -> None:
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        asked(page, SHORE)
        quotations_in_full(page)
        page.get_by_role("button", name="核对", exact=True).click()
        form = dialog(page)
        form.get_by_text("有误", exact=True).click()
        form.get_by_label("备注").fill("应引第三章")
        page.get_by_role("button", name="保存").click()
        expect(page.locator(".pa-sign").first).to_contain_text("有误")
        page.reload()
        expect(page.locator(".pa-sign").first).to_contain_text("应引第三章")


def test_an_answer_in_the_making_survives_reload_and_restart_and_is_asked_for_once_each(
    page: Page,
    settings: LibrarySettings,
    openai_server: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.url)
    monkeypatch.setenv("POLICY_CHAT_MODEL", "test-chat")
    held, arrived = threading.Event(), threading.Event()

    def reply(_: Request) -> Reply:
        arrived.set()
        return Reply(f"{SENTENCE}[1]", hold=held)

    openai_server.script = reply
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        ask(page, SHORE)
        assert arrived.wait(PATIENCE / 1000)
        page.wait_for_url("**/*conversation=*")
        page.reload()
        expect(page.locator(".pa-waiting")).to_be_visible()
        link = page.url.removeprefix(address)
        assert len(openai_server.requests) == 1
    arrived.clear()
    with served(settings.policy_data_dir) as address:
        page.goto(address + link)
        assert arrived.wait(PATIENCE / 1000)
        expect(page.locator(".pa-waiting")).to_be_visible()
        assert len(openai_server.requests) == 2
        held.set()
        expect(page.locator(".pa-source").first).to_be_visible()
    with closing(Records(settings)) as records:
        (conversation,) = Conversations(records).listed("")
        (exchange,) = Conversations(records).exchanges("", conversation.id)
        assert exchange.answer is not None
        assert exchange.answer.mode == "model"


def test_conversations_are_put_in_a_folder_and_several_are_exported_and_deleted_at_once(
    page: Page, settings: LibrarySettings, tmp_path: Path
) -> None:
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        for question in (SHORE, CARE):
            asked(page, question)
            page.get_by_role("button", name="新对话").click()
            expect(page.locator(".pa-question")).to_have_count(0)
        page.locator("[class*=st-key-history-manage-] button").last.click()
        form = dialog(page)
        form.get_by_label("新文件夹").fill("港口专题")
        form.get_by_label("新文件夹").press("Tab")
        page.get_by_role("button", name="保存").click()
        expect(in_history(page)).to_have_text([ABOUT_CARE])
        page.get_by_text("港口专题（1）").click()
        expect(in_history(page)).to_have_text([ABOUT_SHORE, ABOUT_CARE])
        assert violations(page) == []
        page.get_by_role("button", name="选择").click()
        page.get_by_text("全选").click()
        expect(page.get_by_text("已选 2 个对话")).to_be_visible()
        settled(page)
        assert violations(page) == []
        page.locator(".st-key-history-export-all button").click()
        file = downloaded(dialog(page).get_by_role("button", name="Markdown"), tmp_path)
        markdown = file.read_text(encoding="utf-8")
        assert SHORE in markdown
        assert CARE in markdown
        page.keyboard.press("Escape")
        settled(page)
        page.get_by_role("button", name="删除", exact=True).click()
        expect(page.get_by_text("已删除 2 个对话")).to_be_visible()
        expect(in_history(page)).to_have_count(0)
        page.get_by_role("button", name="撤销").click()
        expect(in_history(page)).to_have_text([ABOUT_CARE])
        expect(page.get_by_text("港口专题（1）")).to_be_visible()


def test_an_answer_given_before_stays_reachable_after_it_was_asked_for_again(
    page: Page, settings: LibrarySettings
) -> None:
    with served(settings.policy_data_dir) as address:
        page.goto(address)
        asked(page, SHORE)
        page.get_by_role("button", name="重新回答").click()
        expect(page.get_by_text("2/2")).to_be_visible()
        expect(page.get_by_role("button", name="重新回答")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="上一版回答").click()
        expect(page.get_by_text("1/2")).to_be_visible()
        expect(page.get_by_role("note")).to_contain_text("此后已重新回答")
        expect(page.locator(".pa-answer")).to_contain_text("95%")
        expect(page.get_by_role("button", name="重新回答")).to_have_count(0)
        assert violations(page) == []
        page.get_by_role("button", name="下一版回答").click()
        expect(page.get_by_text("2/2")).to_be_visible()
        expect(page.get_by_role("button", name="重新回答")).to_be_visible()
        page.reload()
        expect(page.get_by_text("2/2")).to_be_visible()
