from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.ui.browser import PATIENCE, ask, attach, attentive, settled
from tests.assistant.ui.test_accessibility import violations
from tests.oidc_provider import Provider

pytestmark = pytest.mark.browser
SETTINGS = {
    "POLICY_SIGN_IN": "true",
    "POLICY_ADMINISTRATORS": "boss@example.org",
    "POLICY_STAFF": "staff@example.org",
    "POLICY_SUBMISSIONS": "2",
}


def signed_in(browser: Browser, address: str, identity: Provider, email: str, **claims: object) -> Page:
    """Return the page as somebody sees it who has just signed in."""
    identity.claims = {
        "sub": f"sub-{email}",
        "email": email,
        "email_verified": True,
        "name": email.split("@")[0],
        **claims,
    }
    page = attentive(browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    expect(page.get_by_test_id("stChatInputTextArea")).to_have_count(0)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    return page


def test_each_role_sees_its_own_pages_and_a_direct_link_opens_no_other(
    browser: Browser, address: str, identity: Provider
) -> None:
    reader = signed_in(browser, address, identity, "reader@example.org")
    expect(reader.get_by_role("link", name="资料库")).to_be_visible()
    expect(reader.get_by_role("link", name="日志")).to_have_count(0)
    reader.goto(f"{address}/log")
    expect(reader.get_by_test_id("stChatInputTextArea")).to_be_visible()
    settled(reader)
    assert reader.get_by_text("导出为表格").count() == 0
    reader.goto(f"{address}/library")
    settled(reader)
    reader.get_by_role("button", name="查看").first.click()
    expect(reader.get_by_label("发文机关")).to_be_disabled()
    expect(reader.get_by_role("button", name="移出资料库")).to_have_count(0)
    boss = signed_in(browser, address, identity, "boss@example.org")
    boss.get_by_role("link", name="日志").click()
    expect(boss.get_by_text("导出为表格")).to_be_visible()
    expect(boss.get_by_text("reader@example.org").first).to_be_visible()


def test_nobody_sees_the_conversations_of_another_even_by_their_link(
    browser: Browser, address: str, identity: Provider
) -> None:
    one = signed_in(browser, address, identity, "one@example.org")
    ask(one, "港口岸电使用率的目标是多少")
    expect(one.locator(".pa-source").first).to_be_visible()
    expect(one).to_have_url(re.compile("conversation="))
    link = one.url
    other = signed_in(browser, address, identity, "other@example.org")
    other.goto(link)
    expect(other.get_by_test_id("stChatInputTextArea")).to_be_visible()
    settled(other)
    assert other.locator(".pa-question").count() == 0
    one.reload()
    expect(one.locator(".pa-question")).to_contain_text("岸电")


def test_the_way_out_leads_back_to_the_door(browser: Browser, address: str, identity: Provider) -> None:
    page = signed_in(browser, address, identity, "guest@example.org")
    page.get_by_text("guest · 设置").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("button", name="登录")).to_be_visible()
    expect(page.get_by_test_id("stChatInputTextArea")).to_have_count(0)


def test_whose_sign_in_has_expired_stands_before_the_door_again(
    browser: Browser, address: str, identity: Provider
) -> None:
    page = signed_in(browser, address, identity, "late@example.org")
    ask(page, "港口岸电使用率的目标是多少")
    expect(page.locator(".pa-source").first).to_be_visible()
    page.wait_for_url("**/*conversation=*")
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("button", name="登录")).to_be_visible()
    expect(page.locator(".pa-question")).to_have_count(0)


def test_an_administrator_ends_the_sign_in_of_another(
    browser: Browser, address: str, identity: Provider
) -> None:
    gone = signed_in(browser, address, identity, "gone@example.org")
    reader = signed_in(browser, address, identity, "stays@example.org")
    reader.goto(f"{address}/sign-ins")
    expect(reader.get_by_test_id("stChatInputTextArea")).to_be_visible()
    expect(reader.get_by_role("button", name="结束登录")).to_have_count(0)
    boss = signed_in(browser, address, identity, "boss@example.org")
    boss.get_by_role("link", name="登录人员").click()
    row = boss.locator("[class*=st-key-framed-sign-in]").filter(has_text="gone@example.org")
    row.get_by_role("button", name="结束登录").click()
    expect(boss.get_by_text("gone@example.org")).to_have_count(0)
    gone.reload()
    expect(gone.get_by_role("button", name="登录")).to_be_visible()
    expect(gone.get_by_test_id("stChatInputTextArea")).to_have_count(0)
    reader.reload()
    expect(reader.get_by_test_id("stChatInputTextArea")).to_be_visible()


def test_what_the_staff_hand_in_waits_until_an_administrator_takes_it_in(
    browser: Browser, address: str, identity: Provider, tmp_path: Path
) -> None:
    for name in ("渔港条例.txt", "航道条例.txt"):
        (tmp_path / name).write_text(
            f"青屿市{name[:4]}\n\n到2030年，全市渔港数量达到12个。", encoding="utf-8"
        )
    reader = signed_in(browser, address, identity, "reader@example.org")
    reader.get_by_role("link", name="资料库").click()
    expect(reader.get_by_text("共 1 份文件")).to_be_visible()
    expect(reader.locator("input[type=file]")).to_have_count(0)
    staff = signed_in(browser, address, identity, "staff@example.org")
    staff.get_by_role("link", name="资料库").click()
    staff.get_by_text("提交文件").click()
    staff.get_by_role("button", name="提交审核").click()
    expect(staff.get_by_text("请先选择文件", exact=True)).to_be_visible()
    attach(staff, *sorted(tmp_path.glob("*条例.txt")))
    staff.get_by_role("button", name="提交审核").click()
    expect(staff.get_by_text("等待管理员审核：")).to_contain_text("渔港条例.txt")
    expect(staff.get_by_text("共 1 份文件")).to_be_visible()
    assert violations(staff) == []
    attach(staff, {"name": "岸线条例.txt", "mimeType": "text/plain", "buffer": "青屿市岸线条例".encode()})
    staff.get_by_role("button", name="提交审核").click()
    expect(staff.get_by_text("岸线条例.txt 未能提交：等待审核的文件已达上限（2 份）")).to_be_visible()
    assert violations(staff) == []
    boss = signed_in(browser, address, identity, "boss@example.org")
    boss.get_by_role("link", name="资料库").click()
    expect(boss.get_by_text("待审核的文件（2）")).to_be_visible()
    assert violations(boss) == []
    waiting = boss.locator("[class*=st-key-framed-submission-]")
    waiting.filter(has_text="航道条例.txt").get_by_role("button", name="退回").click()
    boss.get_by_label("理由").fill("已有新版")
    boss.get_by_role("button", name="确定退回").click()
    expect(boss.get_by_text("待审核的文件（1）")).to_be_visible()
    settled(boss)
    waiting.filter(has_text="渔港条例.txt").get_by_role("button", name="同意收录").click()
    expect(boss.locator(".pa-report")).to_contain_text("新增 1 份")
    expect(boss.get_by_text("共 2 份文件")).to_be_visible()
    expect(waiting).to_have_count(0)
