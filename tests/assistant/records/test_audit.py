from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from assistant.records.audit import Action, AuditLog
from vectorstore.records import Records
from vectorstore.tables import audit_log


def made_older(records: Records, days: int) -> None:
    """Let all lines of the log have been written some days ago."""
    then = datetime.now(UTC) - timedelta(days=days)
    with records.writing() as connection:
        connection.execute(update(audit_log).values(at=then))


def kept(records: Records) -> int:
    with records.reading() as connection:
        return connection.scalar(select(func.count()).select_from(audit_log)) or 0


def test_the_log_tells_who_did_what_the_newest_first(records: Records) -> None:
    log = AuditLog(records, days=30)
    log.note("甲", Action.ASKED, "e1", "岸电\x00？")
    log.note("乙", Action.OPENED, "d1")
    opened, asked = log.entries()
    assert (asked.who, asked.action, asked.subject, asked.detail) == ("甲", Action.ASKED, "e1", "岸电？")
    assert opened.action.label == "查看"
    assert log.entries(who="甲") == (asked,)
    assert log.entries(action=Action.OPENED) == (opened,)
    assert log.entries(since=opened.at - timedelta(microseconds=1)) == (opened,)
    assert log.entries(limit=1) == (opened,)


def test_what_is_older_than_the_retention_is_not_shown_and_goes_with_the_next_line(records: Records) -> None:
    log = AuditLog(records, days=30)
    log.note("甲", Action.ASKED)
    made_older(records, 29)
    assert len(log.entries()) == 1
    made_older(records, 31)
    assert log.entries() == ()
    log.note("乙", Action.ASKED)
    assert kept(records) == 1


def test_no_days_keep_no_log_and_clear_an_earlier_one(records: Records) -> None:
    AuditLog(records, days=30).note("甲", Action.ASKED)
    log = AuditLog(records, days=0)
    log.note("乙", Action.ASKED)
    assert kept(records) == 0
    assert log.entries() == ()
