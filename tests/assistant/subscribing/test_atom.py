"""The feed by RFC 4287: what a feed must have, and hostile text that stays text."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from assistant.records.feed_addresses import FeedAddress
from assistant.records.subscription import Report, Subscription
from assistant.subscribing.atom import Place, atom
from assistant.subscribing.watched import Change, Fate, Proof, WatchedQuestion
from tests.assistant.ui.samples import HOSTILE, seen
from vectorstore.languages.language import Language
from vectorstore.types import Status

A = "{http://www.w3.org/2005/Atom}"
MADE = datetime(2026, 11, 1, 8, tzinfo=UTC)
ADDRESS = FeedAddress("甲", uuid.uuid4().hex, MADE)
UNSEEN = "\x00\x08\x1b\ud800\ufffe\uffff\u202e"


def place(language: Language = Language.SIMPLIFIED) -> Place:
    return Place("http://host/subscriptions", "http://host/feeds/subscriptions/x.atom?a=1&b=2", language)


def proof(quote: str, title: str) -> Proof:
    return Proof(
        "", quote, (), (), quote, "d", "甲.txt", title, Status.IN_FORCE, "现行有效", ("第一章",), 0, 0, 1
    )


def subscription(*reports: Report, question: str = "岸电使用率？") -> Subscription:
    watched = WatchedQuestion(question, question)
    return Subscription(
        uuid.uuid4().hex, "甲", watched, MADE, False, ("a", 2), date(2026, 11, 29), MADE, (), "", reports
    )


def report(hours: int, *changes: Change) -> Report:
    return Report(uuid.uuid4().hex, MADE + timedelta(hours=hours), 2, False, changes)


def parsed(*subscriptions: Subscription, language: Language = Language.SIMPLIFIED) -> ElementTree.Element:
    return ElementTree.fromstring(atom(ADDRESS, subscriptions, place(language)))  # noqa: S314


def text(element: ElementTree.Element, name: str) -> str:
    (found,) = element.findall(A + name)
    return found.text or ""


def changed(old: str = "达到90%。", new: str = "达到95%。") -> Change:
    return Change(Fate.DIFFERS, proof(old, "青屿市办法"), proof(new, "青屿市办法"))


@pytest.mark.parametrize("subscriptions", [(), (subscription(report(2, changed()), report(1, changed())),)])
def test_a_feed_has_what_every_feed_must_have(subscriptions: tuple[Subscription, ...]) -> None:
    feed = parsed(*subscriptions)
    assert feed.tag == A + "feed"
    entries = feed.findall(A + "entry")
    for element in (feed, *entries):
        assert uuid.UUID(text(element, "id"))
        assert text(element, "title")
        assert datetime.fromisoformat(text(element, "updated")).utcoffset() == timedelta()
    assert text(feed.findall(A + "author")[0], "name")
    links = {link.get("rel"): link.get("href") for link in feed.findall(A + "link")}
    assert links == {"self": place().feed, "alternate": place().page}
    ids = [text(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids) == (2 if subscriptions else 0)
    moments = [text(entry, "updated") for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert text(feed, "updated") == (moments[0] if moments else "2026-11-01T08:00:00Z")


def test_ids_stay_as_they_are_while_more_comes() -> None:
    first = report(1, changed())
    one = subscription(first)
    before = parsed(one)
    after = parsed(subscription(report(2, changed()), first))
    assert text(before, "id") == text(after, "id")
    assert [text(entry, "id") for entry in after.findall(A + "entry")][1] == uuid.UUID(first.id).urn


def test_an_entry_tells_old_and_new_with_their_documents() -> None:
    (entry,) = parsed(subscription(report(1, changed()))).findall(A + "entry")
    assert text(entry, "title") == "岸电使用率？ · 内容变化 1 处"
    content = entry.findall(A + "content")[0]
    assert content.get("type") == "html"
    told = seen(content.text or "").text
    for words in ("90% → 95%", "原来：《青屿市办法》 › 第一章（现行有效）", "现在："):
        assert words in told


def test_hostile_words_in_question_title_and_quote_stay_words() -> None:
    hostile = UNSEEN + HOSTILE
    change = Change(Fate.NEW, None, proof(hostile, hostile))
    (entry,) = parsed(subscription(report(1, change), question=hostile)).findall(A + "entry")
    assert "<script>" in text(entry, "title")
    assert entry.findall(A + "title")[0].get("type") == "text"
    content = seen(text(entry, "content"))
    assert HOSTILE in content.text
    assert set(content.tags) <= {"div", "section", "h3", "p", "blockquote", "cite", "del", "ins"}
    assert content.links == []


def test_the_assistants_words_are_in_the_readers_language() -> None:
    feed = parsed(subscription(report(1, changed())), language=Language.ENGLISH)
    assert text(feed, "title") == "Policy document subscriptions"
    (entry,) = feed.findall(A + "entry")
    assert text(entry, "title") == "岸电使用率？ · 1 changed"
    assert "Before：《青屿市办法》 › 第一章（In force）" in seen(text(entry, "content")).text
