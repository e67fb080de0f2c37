from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assistant.days import today
from assistant.records.audit import Action, AuditLog, Entry
from assistant.ui.log import log_csv, log_html
from tests.assistant.ui.samples import HOSTILE, seen
from tests.zones import in_china
from vectorstore.languages.language import Language
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings
from vectorstore.tables import audit_log

AT = datetime(2026, 6, 1, 8, tzinfo=UTC)


def test_no_cell_of_the_table_is_a_formula_and_an_empty_one_stays_empty() -> None:
    entries = [Entry(AT, "", Action.ASKED, "=1+1", "岸电"), Entry(AT, "a@b.org", Action.CHANGED, "@x", "-2")]
    rows = list(csv.reader(io.StringIO(log_csv(entries).decode("utf-8-sig"))))
    assert [row[1:] for row in rows] == [["", "提问", "'=1+1", "岸电"], ["a@b.org", "更改", "'@x", "'-2"]]


@pytest.mark.parametrize(
    "words", ["＝1+1", "＋1", "－1", "＠SUM(A1)", "\n=1+1", "\r\n@x", " =1", "\u3000＝1", "\t"]
)
def test_signs_of_full_width_and_breaks_make_no_formula_either(words: str) -> None:
    rows = list(
        csv.reader(io.StringIO(log_csv([Entry(AT, words, Action.ASKED, "", "")]).decode("utf-8-sig")))
    )
    assert rows[0][1].startswith("'")


def test_hostile_words_stay_text() -> None:
    drawn = seen(log_html([Entry(AT, HOSTILE, Action.ASKED, HOSTILE, HOSTILE)]))
    assert not {"script", "img", "a"} & set(drawn.tags)
    assert drawn.text.count(HOSTILE) == 3


def test_the_page_shows_no_ids_and_tells_how_an_answer_was_given() -> None:
    entries = [
        Entry(AT, "", Action.ANSWERED, "Rn68YC-IFbvz1nal1jBATA", "extractive"),
        Entry(AT, "", Action.ASKED, "Rn68YC-IFbvz1nal1jBATA", "岸电"),
        Entry(AT, "", Action.ASKED, "问题.xlsx", "岸电"),
        Entry(AT, "", Action.ANSWERED, "qYga7JdJCMCOfJE6SPS5fg", "refused"),
    ]
    told = seen(log_html(entries)).text
    assert "YC-" not in told
    assert "fJE6" not in told
    assert "摘录原文" in told
    assert "未能回答" in told
    assert "问题.xlsx" in told
    assert "extractive" not in told


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with closing(Records(LibrarySettings.in_folder(tmp_path / "data"))) as kept:
        yield kept


def shown_since(records: Records, day: date) -> str:
    """Return what the page shows from a day on."""

    def script(log: object, today: object) -> None:
        from assistant.ui.log import show_log

        show_log(log, today)  # type: ignore[arg-type]

    args = (AuditLog(records, days=30), today())
    page = AppTest.from_function(script, default_timeout=60, args=args).run()
    page.date_input(key="log-since").set_value(day).run()
    assert not page.exception
    return "".join(str(element.proto.body) for element in page.get("html"))


def test_a_day_begins_at_midnight_of_the_reader(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_china(monkeypatch):
        day = today() - timedelta(days=2)
        midnight = datetime.combine(day, time()).astimezone()
        for name, at in (("前夜", -1), ("零点", 0), ("凌晨", 3)):
            AuditLog(records, days=30).note(name, Action.ASKED)
            with records.writing() as connection:
                then = (midnight + timedelta(hours=at)).astimezone(UTC)
                connection.execute(update(audit_log).where(audit_log.c.who == name).values(at=then))
        told = shown_since(records, day)
        assert "凌晨" in told
        assert "零点" in told
        assert "前夜" not in told


def test_the_file_tells_what_was_done_in_the_reader_s_language() -> None:
    entries = [Entry(AT, "", Action.ASKED, "岸电.txt", "岸电")]
    (row,) = csv.reader(io.StringIO(log_csv(entries, Language.ENGLISH).decode("utf-8-sig")))
    assert row[2].isascii()
    assert row[3:] == ["岸电.txt", "岸电"]


def test_a_column_that_holds_nothing_is_left_out() -> None:
    nobody = Entry(AT, "", Action.ASKED, "Rn68YC-IFbvz1nal1jBATA", "岸电")
    told = seen(log_html([nobody])).text
    assert "内容" in told
    assert "人员" not in told
    assert "人员" in seen(log_html([nobody, Entry(AT, "甲", Action.ASKED, "x", "岸电")])).text
