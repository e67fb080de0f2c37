"""What members of groups see on the page: their own documents and everybody's, and no trace of others'."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Row, select

from assistant import Assistant
from assistant.conversations import Conversations
from assistant.records.answer_links import AnswerLinks, new_link
from assistant.settings import AssistantSettings
from tests.assistant.access.mixed_library import GROUPS, STRANGER, Group, fill, forbidden
from tests.assistant.ui.browser import ask, settled
from tests.assistant.ui.test_accessibility import violations
from tests.assistant.ui.test_signing_in import signed_in
from tests.oidc_provider import Provider
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings
from vectorstore.tables import conversations

pytestmark = pytest.mark.browser
SETTINGS = {
    "POLICY_SIGN_IN": "true",
    "POLICY_ADMINISTRATORS": "boss@example.org",
    "POLICY_GROUP_CLAIM": "groups",
}
MEMBER, OTHER = GROUPS[0], GROUPS[1]
QUESTION = "大健康产业到2030年总规模多少亿元？"
PAGES = ("", "library", "ledger", "matching", "relations", "compare", "subscriptions", "drafts", "batches")


@pytest.fixture(scope="module")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a page on the mixed library."""
    folder = tmp_path_factory.mktemp("mixed")
    fill(folder)
    return folder


def let_in(browser: Browser, address: str, identity: Provider, reader: Group) -> Page:
    name = f"{'abc'[GROUPS.index(reader)] if reader in GROUPS else 'n'}@example.org"
    return signed_in(browser, address, identity, name, groups=[reader.name])


def newest_conversation(records: Records) -> Row[Any]:
    with records.reading() as connection:
        return connection.execute(
            select(conversations).order_by(conversations.c.begun_at.desc()).limit(1)
        ).one()


def texts(page: Page, address: str, hidden: list[str]) -> Iterator[str]:
    """Yield all that the pages hold, opened by their addresses, those of hidden documents with them."""
    deep = [f"library?document={hidden[0]}", f"compare?before={hidden[0]}&after={hidden[1]}"]
    deep += [f"relations?document={hidden[0]}"]
    for path in (*PAGES, *deep):
        page.goto(f"{address}/{path}")
        expect(page.locator("h1").first).to_be_visible()
        settled(page)
        yield page.content()


def test_the_pages_of_a_reader_hold_no_trace_of_others(
    browser: Browser, address: str, identity: Provider, library_folder: Path
) -> None:
    with PolicyLibrary.open(LibrarySettings.in_folder(library_folder)) as library:
        ids = {one.id: one.source for one in library.documents()}
    for reader, count in ((MEMBER, 5), (STRANGER, 2)):
        hidden = [key for key, source in ids.items() if forbidden(reader) & set(source)]
        page = let_in(browser, address, identity, reader)
        told = "".join(texts(page, address, hidden))
        assert not forbidden(reader) & set(told)
        assert not reader.secret or reader.secret in told
        assert f"共 {count} 份文件" in told
        page.goto(address)
        ask(page, QUESTION)
        expect(page.locator(".pa-source").first).to_be_visible()
        settled(page)
        assert not forbidden(reader) & set(page.content())
        page.context.close()


def test_a_link_to_an_answer_says_that_its_reader_may_not_see_what_it_cites(
    browser: Browser, address: str, identity: Provider, library_folder: Path
) -> None:
    question = f"{MEMBER.place}对首次入库的企业有什么奖励？"
    owner = let_in(browser, address, identity, MEMBER)
    ask(owner, question)
    expect(owner.locator(".pa-source").first).to_be_visible()
    settled(owner)
    with closing(Records(LibrarySettings.in_folder(library_folder))) as records:
        row = newest_conversation(records)
        (exchange,) = Conversations(records).exchanges(row.owner, row.id)
        link = new_link()
        AnswerLinks(records).make(row.owner, exchange, link)
    for reader in (OTHER, MEMBER):
        page = let_in(browser, address, identity, reader)
        page.goto(f"{address}/?answer={link}")
        if reader is OTHER:
            expect(page.get_by_text("这条回答引用了您无权查阅的文件，不予显示")).to_be_visible()
            settled(page)
            assert not forbidden(reader) & set(page.content())
            assert violations(page) == []
        else:
            expect(page.get_by_text("50万元").first).to_be_visible()
        page.context.close()


def test_an_earlier_answer_that_may_no_longer_be_seen_says_so_beside_a_later_one_that_may(
    browser: Browser, address: str, identity: Provider, library_folder: Path
) -> None:
    owner = let_in(browser, address, identity, MEMBER)
    ask(owner, f"{MEMBER.place}对首次入库的企业有什么奖励？")
    expect(owner.locator(".pa-source").first).to_be_visible()
    settled(owner)
    owner.context.close()
    settings = LibrarySettings.in_folder(library_folder)
    with closing(Records(settings)) as records, PolicyLibrary.open(settings) as library:
        row = newest_conversation(records)
        kept = Conversations(records)
        (exchange,) = kept.exchanges(row.owner, row.id)
        again = kept.ask_again(row.owner, exchange.id, exchange.question)
        kept.settle(
            row.owner, again.id, Assistant(library, AssistantSettings()).ask("今天天气怎么样？").answer
        )
    moved = signed_in(browser, address, identity, "a@example.org", groups=[OTHER.name])
    moved.goto(f"{address}/?conversation={row.id}")
    expect(moved.get_by_text("2/2")).to_be_visible()
    settled(moved)
    moved.get_by_role("button", name="上一版回答").click()
    expect(moved.get_by_text("这条回答引用了您无权查阅的文件，不予显示")).to_be_visible()
    assert not set(MEMBER.secret) & set(moved.content())


def test_an_administrator_sees_and_says_whose_documents_are(
    browser: Browser, address: str, identity: Provider
) -> None:
    boss = signed_in(browser, address, identity, "boss@example.org")
    boss.goto(f"{address}/library")
    expect(boss.get_by_text("共 11 份文件")).to_be_visible()
    expect(boss.get_by_text(f"仅限{MEMBER.name}").first).to_be_visible()
    settled(boss)
    boss.get_by_text("批量操作").click()
    expect(boss.locator(".st-key-bulk-groups")).to_be_visible()
