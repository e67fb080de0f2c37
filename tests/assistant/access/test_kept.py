"""What is kept for people – answers, links, subscriptions – shows nothing that has become others'."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

import cli
from assistant import Assistant
from assistant.conversations import Conversations
from assistant.records.answer_links import AnswerLinks, new_link
from assistant.records.subscriptions import Subscriptions
from assistant.records.viewers import Viewers
from assistant.records.withholding import WITHHELD
from assistant.settings import AssistantSettings
from assistant.subscribing.checking import Checking
from assistant.subscribing.watched import WatchedFacts, WatchedQuestion
from tests.assistant.access.mixed_library import GROUPS, STRANGER, fill, forbidden
from vectorstore.facts import FactKind
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings
from vectorstore.viewers import UNLIMITED, Viewer

MEMBER, OTHER = GROUPS[0], GROUPS[1]
QUESTION = f"{MEMBER.place}对首次入库的企业有什么奖励？"
TODAY = date(2026, 11, 29)


@pytest.fixture
def settings(tmp_path: Path) -> LibrarySettings:
    fill(tmp_path)
    return LibrarySettings.in_folder(tmp_path)


@pytest.fixture
def library(settings: LibrarySettings) -> Iterator[PolicyLibrary]:
    with PolicyLibrary.open(settings) as opened:
        yield opened


@pytest.fixture
def records(settings: LibrarySettings) -> Iterator[Records]:
    with closing(Records(settings)) as kept:
        yield kept


def test_an_answer_is_withheld_from_whoever_may_not_see_what_it_cites(
    library: PolicyLibrary, records: Records
) -> None:
    kept, links = Conversations(records), AnswerLinks(records)
    answer = Assistant(library, AssistantSettings()).seen_by(MEMBER.viewer).ask(QUESTION).answer
    assert MEMBER.secret in repr(answer)
    asked = kept.ask("甲", QUESTION)
    kept.settle("甲", asked.id, answer)
    link = new_link()
    links.make("甲", asked, link)
    for reader, shown in ((MEMBER, True), (OTHER, False), (STRANGER, False)):
        seen = library.seen_by(reader.viewer)
        (exchange,) = kept.seen_by(seen).exchanges("甲", asked.conversation_id)
        followed = links.seen_by(seen).followed(link)
        assert followed is not None
        for one in (exchange, followed):
            assert (one.answer is not None, one.problem) == (shown, "" if shown else WITHHELD)
            assert shown or not set(MEMBER.secret) & set(repr(one))
    assert kept.seen_by(library.seen_by(UNLIMITED)).exchanges("甲", asked.conversation_id)[0].answer


def test_a_subscription_is_asked_as_its_owner_and_tells_nothing_of_what_became_others(
    library: PolicyLibrary, records: Records
) -> None:
    kept, viewers = Subscriptions(records), Viewers(records, sign_in=True)
    checking = Checking(kept, library, Assistant(library, AssistantSettings()), viewers)
    for owner, viewer in (("甲", MEMBER.viewer), ("乙", OTHER.viewer), ("无", Viewer())):
        viewers.note(owner, viewer)
        for watched in (WatchedQuestion(QUESTION, QUESTION), WatchedFacts(FactFilter(FactKind.MEASURE))):
            checking.subscribe(owner, watched, TODAY)
    for owner, reader in (("甲", MEMBER), ("乙", OTHER), ("无", STRANGER)):
        proofs = [proof for one in kept.listed(owner) for proof in one.proofs]
        assert not forbidden(reader, QUESTION) & set(repr(proofs))
        assert not reader.secret or reader.secret in repr(proofs)
    # What was proved then has become another department's.
    with library.write() as writer:
        writer.assign_groups([f"{MEMBER.secret}办法.txt"], ["档案局"])
    list(checking.check_due(TODAY))
    seen = kept.seen_by(library.seen_by(viewers.of("甲")))
    assert not set(MEMBER.secret) & set(repr([(one.proofs, one.reports) for one in seen.listed("甲")]))
    assert seen.unread("甲") == sum(one.unread for one in seen.listed("甲"))


def test_who_was_never_here_sees_what_is_for_everybody(records: Records) -> None:
    viewers = Viewers(records, sign_in=True)
    assert viewers.of("甲") == viewers.of("") == Viewer()
    viewers.note("甲", UNLIMITED)
    assert viewers.of("甲") == UNLIMITED
    viewers.note("甲", MEMBER.viewer)
    assert viewers.of("甲") == MEMBER.viewer
    assert Viewers(records, sign_in=False).of("") == UNLIMITED


def test_commands_say_whose_documents_are(
    settings: LibrarySettings,
    library: PolicyLibrary,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("POLICY_DATA_DIR", str(settings.policy_data_dir))
    folder = tmp_path / "内部"
    folder.mkdir()
    (folder / "预算.txt").write_text("青岚市预算\n\n第一条 预算为3亿元。", encoding="utf-8")
    assert cli.main(["ingest", str(folder), "--group", "财政局", "--workers", "1"]) == 0
    source = next(name for name in library.file_groups() if name.endswith("预算.txt"))
    assert library.file_groups()[source] == {"财政局"}
    assert cli.main(["ingest", str(folder), "--workers", "1"]) == 0
    assert library.file_groups()[source] == {"财政局"}
    assert cli.main(["documents", "groups", source, "--group", "教育局", "--group", "水务局"]) == 0
    assert library.file_groups()[source] == {"教育局", "水务局"}
    assert cli.main(["documents", "groups", source, "--everybody"]) == 0
    assert source not in library.file_groups()
    capsys.readouterr()
    assert cli.main(["ingest", str(folder), "--group", " ", "--workers", "1"]) == 2
    assert "部门名称不能为空" in capsys.readouterr().err
    assert source not in library.file_groups()
