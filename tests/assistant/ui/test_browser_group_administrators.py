"""An administrator of a group on the page: sees, takes in and changes what is the group's alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.assistant.access.mixed_library import GROUPS, HEAD, fill, forbidden
from tests.assistant.ui.browser import attach, settled
from tests.assistant.ui.test_accessibility import violations
from tests.assistant.ui.test_browser_groups import texts
from tests.assistant.ui.test_signing_in import signed_in
from tests.oidc_provider import Provider
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.viewers import Viewer

pytestmark = pytest.mark.browser
OWN, OTHER = GROUPS[0], GROUPS[1]
SETTINGS = {
    "POLICY_SIGN_IN": "true",
    "POLICY_ADMINISTRATORS": "boss@example.org",
    "POLICY_STAFF": "own@example.org,other@example.org,none@example.org",
    "POLICY_GROUP_CLAIM": "groups",
    "POLICY_GROUP_ADMINISTRATORS": f"head@example.org={OWN.name}",
}
UNUSABLE = "无法使用，请改名后再上传"


@pytest.fixture(scope="module")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a page on the mixed library."""
    folder = tmp_path_factory.mktemp("mixed")
    fill(folder)
    return folder


@pytest.fixture
def library(library_folder: Path) -> Iterator[PolicyLibrary]:
    """The page's library, whole."""
    with PolicyLibrary.open(LibrarySettings.in_folder(library_folder)) as opened:
        yield opened


@pytest.fixture
def head(browser: Browser, address: str, identity: Provider) -> Page:
    """The library's page as the administrator of a group sees it."""
    page = signed_in(browser, address, identity, "head@example.org")
    page.goto(f"{address}/library")
    expect(page.get_by_text("添加文件")).to_be_visible()
    settled(page)
    return page


def payload(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": f"青岚市{name[:-4]}\n\n第一条 {text}".encode()}


def hand_in(browser: Browser, address: str, identity: Provider, who: str, name: str, *groups: str) -> Page:
    staff = signed_in(browser, address, identity, f"{who}@example.org", groups=list(groups))
    staff.goto(f"{address}/library")
    staff.get_by_text("提交文件").click()
    attach(staff, payload(name, f"{name[:-4]}的内容。"))
    staff.get_by_role("button", name="提交审核").click()
    expect(staff.get_by_text("等待管理员审核：")).to_contain_text(name)
    return staff


def waiting(page: Page, name: str) -> Locator:
    return page.locator("[class*=st-key-framed-submission-]").filter(has_text=name)


def add(page: Page, file: FilePayload) -> None:
    settled(page)
    button = page.get_by_role("button", name="上传并收录")
    if not button.is_visible():
        page.get_by_text("添加文件").click()
    expect(button).to_be_visible()
    attach(page, file)
    button.click()


def test_the_pages_hold_no_trace_of_other_groups_and_none_is_an_administrator_s(
    head: Page, address: str, library: PolicyLibrary
) -> None:
    hidden = [one.id for one in library.documents() if forbidden(HEAD) & set(one.source)]
    told = "".join(texts(head, address, hidden))
    assert not forbidden(HEAD) & set(told)
    assert OWN.secret in told
    assert OTHER.name not in told
    for path in ("log", "sign-ins"):
        head.goto(f"{address}/{path}")
        expect(head.get_by_test_id("stChatInputTextArea")).to_be_visible()
        settled(head)
    for name in ("概览", "反馈", "日志", "登录人员"):
        expect(head.get_by_role("link", name=name)).to_have_count(0)


def test_what_members_handed_in_is_taken_in_or_turned_away_with_a_reason(
    browser: Browser, address: str, identity: Provider, library: PolicyLibrary
) -> None:
    hand_in(browser, address, identity, "other", "外单位材料.txt", OTHER.name)
    hand_in(browser, address, identity, "none", "公共材料.txt")
    hand_in(browser, address, identity, "own", "收入办法.txt", OWN.name)
    staff = hand_in(browser, address, identity, "own", "支出办法.txt", OWN.name)
    head = signed_in(browser, address, identity, "head@example.org")
    head.goto(f"{address}/library")
    expect(head.get_by_text("待审核的文件（2）")).to_be_visible()
    settled(head)
    told = head.content()
    assert not [word for word in ("外单位材料", "公共材料", OTHER.name) if word in told]
    assert violations(head) == []
    waiting(head, "支出办法.txt").get_by_role("button", name="退回").click()
    head.get_by_role("button", name="确定退回").click()
    expect(head.get_by_text("请填写退回的理由")).to_be_visible()
    head.get_by_label("理由").fill("已有<b>新版</b>")
    head.get_by_role("button", name="确定退回").click()
    expect(head.get_by_text("待审核的文件（1）")).to_be_visible()
    settled(head)
    waiting(head, "收入办法.txt").get_by_role("button", name="同意收录").click()
    expect(head.locator(".pa-report")).to_contain_text("新增 1 份")
    groups = library.file_groups()
    assert groups["上传/收入办法.txt"] == {OWN.name}
    staff.reload()
    expect(staff.get_by_text("支出办法.txt 已退回：已有<b>新版</b>")).to_be_visible()
    staff.get_by_role("button", name="知道了").click()
    expect(staff.get_by_text("支出办法.txt 已退回")).to_have_count(0)


def test_files_are_added_for_the_group_and_under_no_name_of_others(
    head: Page, browser: Browser, address: str, identity: Provider, library: PolicyLibrary
) -> None:
    boss = signed_in(browser, address, identity, "boss@example.org")
    boss.goto(f"{address}/library")
    add(boss, payload("公开通知.txt", "公开的内容。"))
    expect(boss.locator(".pa-report")).to_contain_text("新增 1 份")
    with library.write() as writer:
        writer.assign_groups(["上传/公开通知.txt"], [OTHER.name])
    add(head, payload("公开通知.txt", "另一内容。"))
    expect(head.get_by_text(f"文件名 '公开通知.txt' {UNUSABLE}")).to_be_visible()
    settled(head)
    assert OTHER.name not in head.content()
    add(head, payload("专项通知.txt", "专项的内容。"))
    expect(head.locator(".pa-report")).to_contain_text("新增 1 份")
    assert violations(head) == []
    assert library.file_groups()["上传/专项通知.txt"] == {OWN.name}
    (kept,) = (one for one in library.documents() if one.source == "上传/公开通知.txt")
    assert "公开的内容" in library.text(kept.id)


def test_a_document_of_the_group_alone_is_changed_and_no_other(
    head: Page, address: str, library: PolicyLibrary
) -> None:
    ids = {one.source: one.id for one in library.documents()}
    own = f"{OWN.secret}办法.txt"
    head.goto(f"{address}/library?document={ids['公开规划.txt']}")
    expect(head.get_by_label("发文机关")).to_be_disabled()
    expect(head.get_by_role("button", name="移出资料库")).to_have_count(0)
    head.goto(f"{address}/library?document={ids[own]}")
    expect(head.get_by_label("发文机关")).to_be_enabled()
    settled(head)
    head.get_by_label("发文机关").fill("青岚市财政局")
    head.get_by_role("button", name="保存更正").click()
    expect(head.get_by_text("已保存")).to_be_visible()
    # Meanwhile it has become another group's as well.
    settled(head)
    with library.write() as writer:
        writer.assign_groups([own], [OWN.name, OTHER.name])
    head.get_by_role("button", name="移出资料库").click()
    head.get_by_role("button", name="确定移出").click()
    expect(head.get_by_text("此文件不只属于您管理的部门，不能更改，请联系管理员")).to_be_visible()
    settled(head)
    assert OTHER.name not in head.content()
    assert own in {one.source for one in library.seen_by(Viewer(frozenset({OTHER.name}))).documents()}
    with library.write() as writer:
        writer.assign_groups([own], [OWN.name])


def test_several_documents_are_chosen_among_those_of_the_group(head: Page, library: PolicyLibrary) -> None:
    head.get_by_text("批量操作").click()
    expect(head.locator(".st-key-bulk-groups")).to_be_visible()
    settled(head)
    head.get_by_role("button", name="全选本页").click()
    own = [
        one for one in library.documents() if library.file_groups().get(one.source) == frozenset({OWN.name})
    ]
    expect(head.get_by_text(f"已选 {len(own)} 份")).to_be_visible()
    settled(head)
    head.get_by_label("地区").first.fill("云溪区")
    head.get_by_role("button", name="更正所选文件").click()
    head.get_by_role("button", name="确定", exact=True).click()
    expect(head.locator(".pa-report")).to_contain_text("已更正")
    assert {one.source for one in library.documents() if one.region == "云溪区"} == {
        one.source for one in own
    }
