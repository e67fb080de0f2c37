"""Subscriptions and feed addresses as they are kept, each its owner's alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.records.feed_addresses import FeedAddresses, new_secret
from assistant.records.filing import UNDO
from assistant.records.scoping import Choice
from assistant.records.subscription import Found
from assistant.records.subscriptions import Subscriptions
from assistant.subscribing.watched import Change, Fate, Proof, Watched, WatchedFacts, WatchedQuestion
from tests.assistant.records.test_answer_links import records as records
from vectorstore.errors import LibraryError
from vectorstore.facts import FactKind, ValueKind
from vectorstore.ledger import BodyRole, FactFilter
from vectorstore.records import Records
from vectorstore.tables import feed_addresses, subscriptions
from vectorstore.types import Status

DAY = date(2026, 11, 29)
FIRST, SECOND = ("a" * 16, 1), ("a" * 16, 2)
ASKED = WatchedQuestion(
    "岸电？", "港口岸电使用率？", Choice(("青屿市",), (), True, (2026, 2030)), ("甲.txt",)
)
LISTED = WatchedFacts(
    FactFilter(FactKind.TASK, year=2027, value_kind=ValueKind.TARGET, body="市财政局", role=BodyRole.LEAD)
)


def proof(quote: str) -> Proof:
    place = ("d1", "甲.txt", "青屿市办法", Status.IN_FORCE, "现行有效", ("第一章",), 0, 0, len(quote))
    return Proof("", quote, (("指标", "岸电"),), (), quote, *place)


OLD, NEW = proof("到2030年达到90%。"), proof("到2030年达到95%。")
CHANGE = Change(Fate.DIFFERS, OLD, NEW)


def found(state: tuple[str, int] = FIRST, *proofs: Proof, day: date = DAY) -> Found:
    return Found(state, day, proofs)


@pytest.mark.parametrize("watched", [ASKED, LISTED])
def test_what_is_asked_and_proved_comes_back_as_it_was(records: Records, watched: Watched) -> None:
    kept = Subscriptions(records)
    identity = kept.make("甲", watched, found(FIRST, OLD))
    assert kept.make("甲", watched, found(SECOND, NEW)) == identity
    (one,) = kept.listed("甲")
    assert (one.watched, one.proofs, one.state, one.day) == (watched, (OLD,), FIRST, DAY)
    assert kept.made("甲") == {watched: identity}
    assert kept.listed("乙") == ()
    assert kept.made("乙") == {}


def test_each_state_of_the_library_and_each_day_is_asked_of_once(records: Records) -> None:
    kept = Subscriptions(records)
    identity = kept.make("甲", ASKED, found(FIRST, OLD))
    assert kept.due(FIRST, DAY) == ()
    assert kept.due(FIRST, DAY + timedelta(days=1)) == (identity,)
    assert kept.due(SECOND, DAY) == (identity,)
    assert kept.due(("b" * 16, 1), DAY) == (identity,)
    taken = kept.take(identity, SECOND, DAY)
    assert taken is not None
    assert kept.take(identity, SECOND, DAY) is None
    assert kept.due(SECOND, DAY) == ()
    kept.settle(taken, found(SECOND, NEW), [CHANGE])
    assert kept.due(SECOND, DAY) == ()
    (one,) = kept.listed("甲")
    assert one.proofs == (NEW,)
    assert [report.changes for report in one.reports] == [(CHANGE,)]


def test_what_a_process_left_undone_is_taken_up_again_after_a_while(records: Records) -> None:
    kept = Subscriptions(records)
    identity = kept.make("甲", ASKED, found(FIRST, OLD))
    assert kept.take(identity, SECOND, DAY) is not None
    assert kept.take(identity, SECOND, DAY) is None
    with records.writing() as connection:
        connection.execute(subscriptions.update().values(taken_at=datetime.now(UTC) - timedelta(minutes=11)))
    assert kept.take(identity, SECOND, DAY) is not None


def test_reports_are_unread_until_their_owner_has_seen_them(records: Records) -> None:
    kept = Subscriptions(records)
    one, other = (kept.make("甲", watched, found(FIRST, OLD)) for watched in (ASKED, LISTED))
    for identity in (one, other):
        taken = kept.take(identity, SECOND, DAY)
        assert taken is not None
        kept.settle(taken, found(SECOND, NEW), [CHANGE])
    assert (kept.unread("甲"), kept.unread("乙")) == (2, 0)
    assert [subscription.id for subscription in kept.listed("甲")] == [other, one]
    kept.mark_read("乙")
    kept.mark_read("乙", one)
    assert kept.unread("甲") == 2
    kept.mark_read("甲", one)
    assert kept.unread("甲") == 1
    kept.mark_read("甲")
    assert kept.unread("甲") == 0


def test_what_was_deleted_can_be_brought_back_for_a_while_by_its_owner(records: Records) -> None:
    kept = Subscriptions(records)
    identity = kept.make("甲", ASKED, found(FIRST, OLD))
    with pytest.raises(LibraryError, match="找不到这项订阅"):
        kept.delete("乙", identity)
    kept.delete("甲", identity)
    assert kept.listed("甲") == kept.listed() == ()
    assert kept.due(SECOND, DAY) == ()
    with pytest.raises(LibraryError, match="不能恢复"):
        kept.bring_back("乙", identity)
    kept.bring_back("甲", identity)
    assert len(kept.listed("甲")) == 1
    kept.delete("甲", identity)
    with records.writing() as connection:
        connection.execute(subscriptions.update().values(deleted_at=datetime.now(UTC) - UNDO))
    with pytest.raises(LibraryError, match="不能恢复"):
        kept.bring_back("甲", identity)


def test_nobody_has_more_than_can_be_looked_through(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.records.subscriptions.MOST", 1)
    kept = Subscriptions(records)
    kept.make("甲", ASKED, found())
    with pytest.raises(LibraryError, match="已达上限"):
        kept.make("甲", LISTED, found())
    kept.make("乙", LISTED, found())


def test_an_address_leads_to_its_owners_feed_until_it_is_renewed_or_withdrawn(records: Records) -> None:
    addresses = FeedAddresses(records)
    first, second = new_secret(), new_secret()
    assert addresses.made_at("甲") is None
    addresses.make("甲", first)
    before = addresses.followed(first)
    assert before is not None
    assert before.owner == "甲"
    addresses.make("甲", second)
    assert addresses.followed(first) is None
    after = addresses.followed(second)
    assert after is not None
    assert after.feed_id == before.feed_id
    addresses.withdraw("乙")
    assert addresses.made_at("甲") is not None
    addresses.withdraw("甲")
    assert addresses.followed(second) is None
    for secret in ("", "'; --", "%", first):
        assert addresses.followed(secret) is None


def test_what_is_kept_of_an_address_opens_nothing(records: Records) -> None:
    addresses, secret = FeedAddresses(records), new_secret()
    addresses.make("甲", secret)
    assert len(secret) >= 43
    with records.reading() as connection:
        row = connection.execute(feed_addresses.select()).one()
    assert secret not in map(str, row)
    for kept in (row.secret_hash, row.feed_id):
        assert addresses.followed(kept) is None
