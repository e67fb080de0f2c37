"""Deadlines as a calendar file, parsed as calendar programs parse it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from icalendar import Calendar, Event

from assistant.ledger.calendars import ics_of
from tests.vectorstore.samples import parsed
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import Deadline, Fact, FactReading, Statement
from vectorstore.languages.language import Language
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

MADE = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TEXT = "申报材料须于2026年5月1日前提交;逾期, 不予受理。"
LONG = "青岚市支持企业开展技术改造、培育专精特新企业和推动产业园区绿色化发展若干措施; 试行, 修订"


def fill(library: PolicyLibrary, *statements: Statement, title: str = LONG) -> None:
    document = parsed("办法.txt", TEXT, title=title)
    facts = tuple(Fact(one, 0, TEXT[:-1], 0, len(TEXT) - 1) for one in statements)
    with library.write() as writer:
        writer.put(replace(document, facts=FactReading(facts)))


def events(content: bytes) -> list[Event]:
    return [event for event in Calendar.from_ical(content).walk("VEVENT") if isinstance(event, Event)]


def made(library: PolicyLibrary) -> bytes:
    return ics_of(library.ledger.every(FactFilter()), MADE)


def test_a_deadline_is_a_whole_day_with_its_words(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        fill(library, Deadline("apply", "2026-04-01", "2026-05-01"))
        content = made(library)
    (event,) = events(content)
    assert event.decoded("dtstart") == date(2026, 5, 1)
    assert event["summary"] == f"申报：{LONG}"
    assert TEXT[:-1] in str(event["description"])
    assert "2026-04-01—2026-05-01" in str(event["description"])
    assert event.decoded("dtstamp") == MADE
    assert b"DTSTART;VALUE=DATE:20260501" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_what_is_counted_from_another_day_is_left_out_and_a_repeated_day_stands_once(tmp_path: Path) -> None:
    close = Deadline("close", counted_from="公告发布之日", length="30日")
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        fill(library, Deadline("apply", "", "2026-05-01"), Deadline("apply", "", "2026-05-01"), close)
        assert len(events(made(library))) == 1


def test_a_day_keeps_its_name_over_new_versions_and_corrections(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        fill(library, Deadline("apply", "", "2026-05-01"))
        (before,) = events(made(library))
        fill(library, Deadline("apply", "", "2026-05-01"), title="青岚市新办法")
        (found,) = library.ledger.facts(FactFilter())
        said = (("last_day", "2026-06-01"),)
        with library.write() as writer:
            writer.revise(FactRevision("办法.txt", found.fact.kind, found.fact.quote, found.fact.read, said))
        (after,) = events(made(library))
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") == date(2026, 6, 1)


def test_what_a_day_is_for_is_told_in_the_reader_s_language_and_the_title_as_it_is(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        fill(library, Deadline("apply", "2026-04-01", "2026-05-01"))
        content = ics_of(library.ledger.every(FactFilter()), MADE, Language.ENGLISH)
    (event,) = events(content)
    told, _, title = str(event["summary"]).partition("：")
    assert told.isascii()
    assert title == LONG
