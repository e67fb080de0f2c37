"""Two page servers and two workers of one library, in folders of their own: access, concurrency, kills."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest.queueing import enqueue
from tests.assistant.access.mixed_library import GROUPS, Group, forbidden, write
from tests.assistant.ui.browser import ask, served, settled
from tests.assistant.ui.test_signing_in import signed_in
from tests.oidc_provider import Provider
from tests.vectorstore.machines import environment, sharing, worker_on
from tests.vectorstore.servers import free_port, milvus_server
from vectorstore.doctor import examine
from vectorstore.file_queue import FileQueue
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SETTINGS = {"POLICY_SIGN_IN": "true", "POLICY_GROUP_CLAIM": "groups"}
FILES = 11
Machines = tuple[LibrarySettings, LibrarySettings]


@pytest.fixture
def machines(database_url: Callable[[], str], tmp_path: Path) -> Iterator[Machines]:
    with milvus_server(tmp_path / "milvus", free_port()) as engine:
        yield sharing(database_url(), tmp_path, engine)


@pytest.fixture
def addresses(machines: Machines, identity: Provider) -> Iterator[tuple[str, ExitStack, str]]:
    """The pages of both machines; what ends the first one stands between them."""
    for settings in machines:
        settings.policy_data_dir.mkdir()
    here, there = (
        served(one.policy_data_dir, identity.secrets, {**environment(one), **SETTINGS}, fresh=True)
        for one in machines
    )
    with there as other, ExitStack() as first:
        yield first.enter_context(here), first, other


def let_in(browser: Browser, address: str, identity: Provider, reader: Group) -> Page:
    return signed_in(browser, address, identity, f"{reader.name}@example.org", groups=[reader.name])


def question(reader: Group) -> str:
    return f"{reader.place}对首次入库的企业有什么奖励？"


def fill(machines: Machines, folder: Path) -> None:
    """Let two workers empty a queue, one of which is killed between storing and publishing."""
    with closing(FileQueue(machines[0])) as queue:
        for group, place in write(folder).items():
            enqueue([place], queue, groups=[group] if group else [])
        assert queue.waiting() == FILES
        killed = worker_on(machines[0], "-m", "tests.ingest.killed_worker", "before it is published")
        complaint = killed.communicate(timeout=200)[1]
        assert killed.returncode < 0, complaint
        workers = [worker_on(settings) for settings in machines]
        for process in workers:
            complaint = process.communicate(timeout=200)[1]
            assert process.returncode == 0, complaint
        assert queue.waiting() == 0
        assert queue.failed() == ()


def test_readers_find_their_own_and_no_other_at_either_server_and_go_on_when_one_is_killed(
    browser: Browser,
    addresses: tuple[str, ExitStack, str],
    identity: Provider,
    machines: Machines,
    tmp_path: Path,
) -> None:
    here, first, there = addresses
    pages = {
        reader: let_in(browser, address, identity, reader)
        for reader, address in zip(GROUPS, (here, there), strict=False)
    }
    fill(machines, tmp_path / "政策")
    # Both ask at once, pages that were open before there was a document.
    for reader, page in pages.items():
        ask(page, question(reader))
    for reader, page in pages.items():
        expect(page.locator(".pa-answer").last).to_contain_text("50万元")
        settled(page)
        assert reader.secret in page.content()
        assert not forbidden(reader) & set(page.content())
        page.goto(f"{page.url.partition('?')[0]}library")
        expect(page.get_by_text("共 5 份文件")).to_be_visible()
    first.close()
    reader, _ = GROUPS[:2]
    moved = let_in(browser, there, identity, reader)
    # What was said at the server that is gone goes on at the other one.
    moved.locator("[class*=st-key-history-open-] button").click()
    expect(moved.locator(".pa-question")).to_contain_text(question(reader))
    expect(moved.locator(".pa-answer").last).to_contain_text("50万元")
    ask(moved, f"{reader.place}申报材料应于何时提交？")
    expect(moved.locator(".pa-answer").last).to_contain_text("9月30日")
    settled(moved)
    assert not forbidden(reader) & set(moved.content())
    with PolicyLibrary.open(machines[1]) as library:
        assert len(library.documents()) == FILES
    assert examine(machines[1]).findings == ()
