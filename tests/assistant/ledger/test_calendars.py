"""Deadlines as a calendar file, parsed as calendar programs parse it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event

from assistant.ledger.calendars import ics_of
from assistant.ledger.yearly import count_without_day
from tests.vectorstore.samples import parsed
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import Deadline, Fact, FactReading, Statement
from vectorstore.languages.language import Language
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.validity import Validity

MADE = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TEXT = "申报材料每年提交一次，2026年须于5月1日前提交;逾期, 不予受理。"
LONG = "青岚市支持企业开展技术改造、培育专精特新企业和推动产业园区绿色化发展若干措施; 试行, 修订"


def fill(library: PolicyLibrary, *statements: Statement, title: str = LONG, **known: Any) -> None:
    document = parsed("办法.txt", TEXT, title=title)
    facts = tuple(Fact(one, 0, TEXT[:-1], 0, len(TEXT) - 1) for one in statements)
    with library.write() as writer:
        writer.put(replace(document, document=replace(document.document, **known), facts=FactReading(facts)))


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


@pytest.mark.parametrize(
    ("length", "first", "rule"),
    [
        ("6月30日", date(2026, 6, 30), "FREQ=YEARLY;UNTIL=20281231"),
        ("3月1日至3月31日", date(2027, 3, 31), "FREQ=YEARLY;UNTIL=20281231"),
        ("2月底", date(2027, 2, 28), "FREQ=YEARLY;UNTIL=20281231;BYMONTHDAY=-1;BYMONTH=2"),
        ("2月29日", date(2028, 2, 29), "FREQ=YEARLY;UNTIL=20281231"),
    ],
)
def test_a_day_of_every_year_comes_again_until_its_document_ends(
    tmp_path: Path, length: str, first: date, rule: str
) -> None:
    validity = Validity(date(2026, 5, 1), date(2028, 12, 31), limited=True)
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        fill(library, Deadline("apply", counted_from="每年", length=length), validity=validity)
        content = made(library)
    (event,) = events(content)
    assert event.decoded("dtstart") == first
    assert f"RRULE:{rule}".encode() in content


def test_what_no_calendar_can_hold_is_counted(tmp_path: Path) -> None:
    counted = [Deadline("close", counted_from="受理之日", length="30日"), Deadline("close", length="5日")]
    unclear = Deadline("apply", counted_from="每年", length="9月31日")
    yearly = Deadline("apply", counted_from="每年", length="6月30日")
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        fill(library, *counted, unclear, yearly, Deadline("apply", "", "2026-05-01"))
        assert count_without_day(library.ledger, FactFilter()) == 3
        assert len(events(made(library))) == 2


def test_the_end_of_validity_and_documents_that_are_over_are_told_as_such(tmp_path: Path) -> None:
    ends = Deadline("expiry", "2026-01-01", "2026-12-31")
    yearly = Deadline("apply", counted_from="每年", length="6月30日")
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        fill(library, ends, yearly, title="青岚市办法", issued_on=date(2024, 3, 1))
        with library.write() as writer:
            writer.put(parsed("新办法.txt", title="青岚市新办法", repeals=("青岚市办法",)))
        content = made(library)
    told = {str(event["summary"]) for event in events(content)}
    assert told == {"到期（已废止/被替代）：青岚市办法", "申报（已废止/被替代）：青岚市办法"}
    assert b"UNTIL=20260102" in content
