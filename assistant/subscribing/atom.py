"""What changed as a feed for feed readers (Atom, RFC 4287)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree
from lxml.builder import ElementMaker

from assistant.records.feed_addresses import FeedAddress
from assistant.records.subscription import Report, Subscription
from assistant.subscribing.told import counts, document_of, limits, name_of, say, subject, turns, value_of
from assistant.subscribing.watched import Change, Fate, Proof
from vectorstore.languages.language import Language

MEDIA_TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 100
_TOLD = 50
# What XML takes no text with, and the marks that turn the writing direction round.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_E = ElementMaker(namespace=ATOM, nsmap={None: ATOM})
_H = ElementMaker()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a feed is read.

    Attributes:
        page: address of the page of subscriptions.
        feed: address of the feed itself.
        language: of the assistant's own words in it.
    """

    page: str
    feed: str
    language: Language


def atom(address: FeedAddress, subscriptions: Sequence[Subscription], place: Place) -> bytes:
    """Return the feed of a person: an entry for each time that something changed, the newest first.

    Args:
        address: whose feed it is.
        subscriptions: the person's.
        place: where it is read.
    """
    found = [(one, report) for one in subscriptions for report in one.reports]
    found = sorted(found, key=lambda entry: entry[1].at, reverse=True)[:_ENTRIES]
    updated = found[0][1].at if found else address.made_at
    feed = _E.feed(
        {"{http://www.w3.org/XML/1998/namespace}lang": place.language.value},
        _E.id(_urn(address.feed_id)),
        _E.title(say("政策文件订阅", place.language)),
        _E.updated(_moment(updated)),
        _E.author(_E.name(say("政策文件问答", place.language))),
        _E.link(rel="self", type=MEDIA_TYPE, href=place.feed),
        _E.link(rel="alternate", type="text/html", href=place.page),
        *(_entry(subscription, report, place) for subscription, report in found),
    )
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(subscription: Subscription, report: Report, place: Place) -> etree._Element:
    told = counts(report.changes, place.language)
    title = f"{subject(subscription.watched, place.language)} · {told}"
    return _E.entry(
        _E.id(_urn(report.id)),
        _E.title(_clean(title), type="text"),
        _E.updated(_moment(report.at)),
        _E.published(_moment(report.at)),
        _E.link(rel="alternate", type="text/html", href=f"{place.page}?subscription={subscription.id}"),
        _E.summary(_clean(told), type="text"),
        _E.content(_content(subscription, report, place.language), type="html"),
    )


def _content(subscription: Subscription, report: Report, language: Language) -> str:
    """Return the changes as HTML; the feed holds it escaped once more (RFC 4287, section 3.1.1.2)."""
    parts = [_change(one, language) for one in report.changes[:_TOLD]]
    if more := len(report.changes) - _TOLD:
        parts += [_H.p(say("另有 {count} 处变化，请在页面查看", language, count=more))] if more > 0 else []
    if told := limits(subscription.watched, language):
        parts.insert(0, _H.p(_clean(say("范围：{chosen}", language, chosen=told))))
    return str(etree.tostring(_H.div(*parts), encoding="unicode", method="html"))


def _change(change: Change, language: Language) -> etree._Element:
    return _H.section(
        _H.h3(_clean(_heading(change, language))),
        *(_H.p(_H("del", _clean(old)), " → ", _H.ins(_clean(new))) for old, new in turns(change, language)),
        *_sides(change, language),
        *([_H.p(say(change.why, language))] if change.why else []),
    )


def _heading(change: Change, language: Language) -> str:
    name, value = name_of(change.shown, language), value_of(change.shown, language)
    told = f"{name}：{value}" if value and change.fate in (Fate.NEW, Fate.GONE) else name
    return " · ".join(filter(None, (say(change.fate.label, language), told)))


def _sides(change: Change, language: Language) -> Iterator[etree._Element]:
    both = change.fate is Fate.DIFFERS
    if both and change.before is not None:
        yield _quoted(change.before, say("原来", language), language)
    yield _quoted(change.shown, say("现在", language) if both else "", language)


def _quoted(proof: Proof, label: str, language: Language) -> etree._Element:
    place = f"{document_of(proof)}（{say(proof.standing_label, language)}）"
    told = f"{label}：{place}" if label else place
    return _H.blockquote(_H.p(_clean(proof.quote), lang="zh-CN"), _H.p(_H.cite(_clean(told))))


def _clean(text: str) -> str:
    return _UNSEEN.sub("", text)


def _urn(identity: str) -> str:
    return uuid.UUID(hex=identity).urn


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
