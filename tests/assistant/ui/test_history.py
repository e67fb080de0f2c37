from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assistant.conversations import Conversations
from assistant.ui.escaping import markdown_text
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
        from assistant.ui.shelf import Shelf

        opened = st.session_state.setdefault("opened", [current])
        show_history(Shelf(saved, "甲", opened[-1], opened.append), today)  # type: ignore[arg-type]

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


def test_one_click_deletes_and_leaves_a_conversation_that_is_open_and_another_brings_it_back(
    records: Records,
) -> None:
    identity = begun(records, "港口岸电")[0]
    page = listed(records, current=identity)
    page.button(key=f"history-delete-{identity}").click().run()
    assert titles(page) == []
    assert page.session_state["opened"][-1] == ""
    page.button(key="history-undo-button").click().run()
    assert titles(page) == ["港口岸电"]
    assert page.session_state["opened"][-1] == identity
    assert "history-undo-button" not in [button.key for button in page.button]


def test_what_can_be_brought_back_no_more_is_not_offered(records: Records) -> None:
    identity = begun(records, "港口岸电")[0]
    page = listed(records)
    page.button(key=f"history-delete-{identity}").click().run()
    with records.writing() as connection:
        long_ago = NOON - timedelta(days=1)
        connection.execute(update(conversations).values(deleted_at=long_ago.astimezone(UTC)))
    page.button(key="history-undo-button").click().run()
    assert titles(page) == []
    assert any("不能恢复" in str(element.proto.body) for element in page.get("html"))


def test_a_conversation_goes_into_a_new_folder_and_out_again(records: Records) -> None:
    first, _ = begun(records, "港口岸电", "人才公寓")
    page = listed(records)
    page.button(key=f"history-manage-{first}").click().run()
    page.text_input(key="history-new-folder").set_value("港口专题")
    page.button(key="history-save").click().run()
    assert page.expander[0].label == "港口专题（1）"
    assert Conversations(records).folders("甲") == {"港口专题": 1}
    assert titles(page)[-1] == "人才公寓"
    Conversations(records).move("甲", [first], "")
    assert [one.label for one in page.run().expander] == []


def test_several_are_selected_moved_and_deleted_at_once_and_brought_back(records: Records) -> None:
    begun(records, "甲一", "甲二", "甲三")
    page = listed(records)
    page.button(key="history-select").click().run()
    assert page.button(key="history-bulk-delete").disabled
    page.checkbox(key="history-all").check().run()
    page.text_input(key="history-all-new-folder").set_value("存档")
    page.button(key="history-move-now").click().run()
    assert Conversations(records).folders("甲") == {"存档": 3}
    page.button(key="history-select").click().run()
    page.checkbox(key="history-all").check().run()
    page.button(key="history-bulk-delete").click().run()
    assert Conversations(records).listed("甲") == ()
    page.button(key="history-undo-button").click().run()
    assert len(Conversations(records).listed("甲")) == 3


def test_hostile_titles_stay_text(records: Records) -> None:
    begun(records, HOSTILE)
    (title,) = titles(listed(records))
    assert "\\<script\\>" in title
    assert "![" not in title.replace("\\!\\[", "")


def test_an_empty_history_says_what_will_stand_there(records: Records) -> None:
    assert "保存" in listed(records).caption[0].value


def test_conversations_of_one_title_are_told_apart_by_their_time(records: Records) -> None:
    for hours, identity in enumerate(begun(records, "同一个问题", "同一个问题", "另一个问题")):
        with records.writing() as connection:
            then = (NOON - timedelta(hours=hours)).astimezone(UTC)
            connection.execute(
                update(conversations).where(conversations.c.id == identity).values(changed_at=then)
            )
    assert titles(listed(records)) == [
        markdown_text("12:00 同一个问题"),
        markdown_text("11:00 同一个问题"),
        "另一个问题",
    ]
