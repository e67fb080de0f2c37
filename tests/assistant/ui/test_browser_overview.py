"""What administrators see of questions and documents at a glance, and what they do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.days import today
from tests.assistant.ui.browser import ask, served, settled
from tests.assistant.ui.libraries import fill_with, named
from tests.assistant.ui.test_accessibility import violations
from vectorstore.types import Period
from vectorstore.validity import Validity

pytestmark = pytest.mark.browser
TEXTS = {
    "青屿市岸电规划": "到2030年，全市港口岸电使用率达到95%。",
    "青屿市旧渔港规划": "到2020年，全市渔港数量达到9个。",
    "青屿市航道办法": "航道每年疏浚一次。",
}
ANSWERED = "青屿市2030年港口岸电使用率的目标是多少？"
REFUSED = "红烧肉怎么做？"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    ending = Validity(last_day=today() + timedelta(days=30), limited=True)
    standing = ((Period(2025, 2030), None), (Period(2015, 2020), None), (Period(), ending))
    fill_with(
        tmp_path,
        [
            named(f"d{at}", text, title=title, period=standing[at][0], validity=standing[at][1])
            for at, (title, text) in enumerate(TEXTS.items())
        ],
    )
    with served(tmp_path) as running:
        yield running


def answered(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    ask(page, ANSWERED)
    expect(page.locator(".pa-source")).to_have_count(1)
    settled(page)


def test_refused_and_disliked_questions_wait_until_somebody_has_handled_them(
    page: Page, address: str
) -> None:
    answered(page, address)
    page.get_by_role("button", name="没用").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("button", name="已反馈：没用").first).to_be_visible()
    settled(page)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".pa-question")).to_have_count(0)
    ask(page, REFUSED)
    expect(page.locator(".pa-refused")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="概览").click()
    figures = page.locator(".pa-figures div")
    expect(figures).to_have_text(
        [
            "提问2",
            "未能回答1（50%）",
            re.compile(r"^半数回答用时\d+\.\d 秒$"),
            re.compile(r"^95% 的回答用时不超过\d+\.\d 秒$"),
        ]
    )
    chart = page.get_by_role("heading", name="每日提问").locator(
        "xpath=following::*[@role='graphics-symbol']"
    )
    expect(chart.last).to_have_attribute("aria-label", re.compile(f"日期: {today():%m-%d}; 提问: 2"))
    expect(page.get_by_text("待处理的问题（2）")).to_be_visible()
    assert violations(page) == []
    task = page.locator("[class*=st-key-framed-task-refused]")
    expect(task).to_contain_text(REFUSED)
    task.get_by_role("button", name="标为已处理").click()
    expect(page.get_by_text("待处理的问题（1）")).to_be_visible()
    expect(task).to_have_count(0)
    settled(page)
    page.get_by_text("也显示已处理的").click()
    expect(task).to_contain_text("已处理")
    expect(task.get_by_role("button", name="标为已处理")).to_have_count(0)
    settled(page)
    # In a conversation of one's own, with what the library knows now.
    page.locator("[class*=st-key-framed-task-disliked]").get_by_role("button", name="在新对话中打开").click()
    expect(page.locator(".pa-question")).to_have_count(1)
    expect(page.locator(".pa-question")).to_contain_text(ANSWERED)
    expect(page.locator(".pa-source")).to_have_count(1)


def test_documents_that_are_over_or_never_cited_are_named_and_lead_to_their_page(
    page: Page, address: str
) -> None:
    answered(page, address)
    page.get_by_role("link", name="概览").click()
    soon = page.get_by_text("90 天内到期的文件（1）")
    expect(soon).to_be_visible()
    expect(page.get_by_text("已到期、已废止的文件（1）")).to_be_visible()
    never = page.get_by_text("时段内未被引用的文件（2）")
    settled(page)
    soon.click()
    expect(page.get_by_role("link", name="青屿市航道办法").first).to_be_visible()
    expect(page.get_by_text(f"至 {today() + timedelta(days=30)}").first).to_be_visible()
    never.click()
    link = page.get_by_role("link", name="青屿市旧渔港规划").last
    expect(link).to_be_visible()
    assert violations(page) == []
    link.click()
    expect(page.get_by_role("heading", level=1, name="青屿市旧渔港规划")).to_be_visible()


def test_what_was_replaced_is_listed_with_what_took_its_place(page: Page, tmp_path: Path) -> None:
    title, number = "青屿市渔港管理办法", "青政发〔{}〕3号"
    fill_with(
        tmp_path,
        [
            named(
                name,
                f"{year}年起，渔港每月清淤一次。",
                title=title,
                document_number=number.format(year),
                issued_on=date(year, 3, 9),
                repeals=repeals,
            )
            for name, year, repeals in (("old", 2020, ()), ("new", 2026, (number.format(2020),)))
        ],
    )
    with served(tmp_path) as running:
        page.goto(f"{running}/overview")
        over = page.get_by_text("已到期、已废止的文件（1）")
        expect(over).to_be_visible()
        settled(page)
        over.click()
        row = page.get_by_role("listitem").filter(has_text="已废止，现行文件：")
        links = row.get_by_role("link")
        expect(links).to_have_text([f"{title}（青政发〔2020〕3号）", f"{title}（青政发〔2026〕3号）"])


def test_the_log_tells_what_was_asked_and_how_it_was_answered_without_names_for_programs(
    page: Page, address: str
) -> None:
    answered(page, address)
    page.get_by_role("link", name="日志").click()
    told = page.locator(".pa-log")
    expect(told).to_contain_text(ANSWERED)
    expect(told).to_contain_text("摘录原文")
    assert not re.search(r"[\w-]{20}|extractive", told.inner_text(), re.ASCII)
