from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assistant.conversations import Conversations
from tests.assistant.ui.samples import HOSTILE
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings
from vectorstore.tables import conversations

NOON = datetime.now().astimezone().replace(hour=12, minute=0)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with closing(Records(LibrarySettings.in_folder(tmp_path / "data"))) as kept:
        yield kept


def listed(records: Records, current: str = "") -> AppTest:
    """Draw the history of 甲."""

    def script(saved: object, current: str, today: object) -> None:
        import streamlit as st

        from assistant.ui.history import show_history

        opened = st.session_state.setdefault("opened", [current])
        show_history(saved, "甲", opened[-1], opened.append, today)  # type: ignore[arg-type]

    args = (Conversations(records), current, NOON.date())
    return AppTest.from_function(script, default_timeout=60, args=args).run()


def headings(page: AppTest) -> list[str]:
    bodies = [str(element.proto.body) for element in page.get("html")]
    return [body.split(">")[1].split("<")[0] for body in bodies if "pa-day" in body]


def titles(page: AppTest) -> list[str]:
    return [button.label for button in page.button if str(button.key).startswith("history-open-")]


def begun(records: Records, *questions: str) -> list[str]:
    return [Conversations(records).ask("甲", question).conversation_id for question in questions]


def changed(records: Records, identity: str, days_ago: int) -> None:
    then = (NOON - timedelta(days=days_ago)).astimezone(UTC)
    with records.writing() as connection:
        this = conversations.c.id == identity
        connection.execute(update(conversations).where(this).values(changed_at=then))


def test_conversations_are_listed_by_day_pinned_ones_first(records: Records) -> None:
    for days, identity in enumerate(begun(records, "甲一", "甲二", "甲三", "甲四")):
        changed(records, identity, (0, 1, 2, 400)[days])
    pinned = begun(records, "置顶的")[0]
    Conversations(records).pin("甲", pinned, True)
    Conversations(records).ask("乙", "别人的问题")
    page = listed(records)
    before, long_ago = NOON - timedelta(days=2), NOON - timedelta(days=400)
    same_year = f"{before.month}月{before.day}日"
    assert headings(page) == [
        "置顶",
        "今天",
        "昨天",
        same_year if before.year == NOON.year else f"{before.year}年{same_year}",
        f"{long_ago.year}年{long_ago.month}月{long_ago.day}日",
    ]
    assert titles(page) == ["置顶的", "甲一", "甲二", "甲三", "甲四"]


def test_a_search_narrows_the_list_in_any_script(records: Records) -> None:
    begun(records, "港口岸电", "人才公寓")
    page = listed(records)
    page.text_input(key="history-search").set_value("人才公寓補貼").run()
    assert titles(page) == []
    assert "没有找到" in page.caption[0].value
    page.text_input(key="history-search").set_value("人才公寓").run()
    assert titles(page) == ["人才公寓"]


def test_a_click_opens_a_conversation(records: Records) -> None:
    identity = begun(records, "港口岸电")[0]
    page = listed(records)
    page.button(key=f"history-open-{identity}").click().run()
    assert page.session_state["opened"][-1] == identity


def test_a_long_history_shows_more_when_asked(records: Records) -> None:
    begun(records, *(f"问题{number}" for number in range(25)))
    page = listed(records)
    assert len(titles(page)) == 20
    page.button(key="history-more").click().run()
    assert len(titles(page)) == 25


def test_a_conversation_is_renamed_and_pinned(records: Records) -> None:
    identity = begun(records, "港口岸电")[0]
    page = listed(records)
    page.button(key=f"history-manage-{identity}").click().run()
    page.text_input(key="history-title").set_value("港口专题")
    page.button(key="history-save").click().run()
    assert titles(page) == ["港口专题"]
    page.button(key=f"history-manage-{identity}").click().run()
    page.button(key="history-pin").click().run()
    assert headings(page) == ["置顶"]


def test_deleting_asks_first_and_leaves_a_conversation_that_is_open(records: Records) -> None:
    identity = begun(records, "港口岸电")[0]
    page = listed(records, current=identity)
    page.button(key=f"history-manage-{identity}").click().run()
    assert page.button(key="history-delete").disabled
    page.checkbox(key="history-sure").check().run()
    page.button(key="history-delete").click().run()
    assert Conversations(records).listed("甲") == ()
    assert page.session_state["opened"][-1] == ""


def test_hostile_titles_stay_text(records: Records) -> None:
    begun(records, HOSTILE)
    (title,) = titles(listed(records))
    assert "\\<script\\>" in title
    assert "![" not in title.replace("\\!\\[", "")


def test_an_empty_history_says_what_will_stand_there(records: Records) -> None:
    assert "保存" in listed(records).caption[0].value
