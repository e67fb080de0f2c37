from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assistant.conversations import Conversations
from assistant.records.feedback import FeedbackBook, Opinion, Reason
from assistant.records.history import Exchange
from assistant.types import Turn
from tests.assistant.ui.samples import HOSTILE, answer, citation, seen
from tests.zones import in_china
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings
from vectorstore.tables import feedback

TEXT = "到2030年，全市港口岸电使用率达到95%。"


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with closing(Records(LibrarySettings.in_folder(tmp_path / "data"))) as kept:
        yield kept


def settled(records: Records, question: str = "岸电使用率的目标？", owner: str = "甲") -> Exchange:
    saved = Conversations(records)
    asked = saved.ask(owner, question)
    saved.settle(owner, asked.id, replace(answer(f"{TEXT}[1]", citation(TEXT, TEXT)), question=question))
    return saved.exchanges(owner, asked.conversation_id)[0]


def buttons(records: Records, exchange: Exchange) -> AppTest:
    """Draw what 甲 says of an answer."""

    def script(book: object, exchange: object, history: object) -> None:
        from assistant.ui.feedback import show_feedback_buttons

        show_feedback_buttons(book, "甲", exchange, history, {"对话模型": "无"})  # type: ignore[arg-type]

    args = (FeedbackBook(records), exchange, (Turn("user", "先前的问题"),))
    return AppTest.from_function(script, default_timeout=60, args=args).run()


def administered(records: Records) -> AppTest:
    """Draw the administrators' page."""

    def script(book: object) -> None:
        from datetime import date

        from assistant.ui.feedback import show_feedback

        show_feedback(book, date(2100, 1, 1))  # type: ignore[arg-type]

    return AppTest.from_function(script, default_timeout=60, args=(FeedbackBook(records),)).run()


def drawn(page: AppTest) -> str:
    assert not page.exception
    return "".join(str(element.proto.body) for element in page.get("html"))


def test_one_click_says_useful_and_another_takes_it_back(records: Records) -> None:
    exchange = settled(records)
    page = buttons(records, exchange)
    page.button(key=f"feedback-useful-{exchange.id}").click().run()
    (given,) = FeedbackBook(records).listed()
    assert (given.opinion, given.settings_used) == (Opinion(True), {"对话模型": "无"})
    assert given.history == (Turn("user", "先前的问题"),)
    assert [button.label for button in page.button] == ["已反馈：有用"]
    page.button(key=f"feedback-back-{exchange.id}").click().run()
    assert FeedbackBook(records).listed() == ()
    assert page.button(key=f"feedback-useful-{exchange.id}")


def test_not_useful_takes_a_reason_and_words(records: Records) -> None:
    exchange = settled(records)
    page = buttons(records, exchange)
    page.button_group[0].set_value(Reason.OUTDATED)
    page.text_area[0].set_value("已有新办法")
    page.button[1].click().run()
    (given,) = FeedbackBook(records).listed()
    assert given.opinion == Opinion(False, Reason.OUTDATED, "已有新办法")
    assert [button.label for button in page.button] == ["已反馈：没用（内容过时）"]


def test_administrators_see_question_answer_sources_and_settings(records: Records) -> None:
    opinion = Opinion(False, Reason.OTHER, "看不懂")
    FeedbackBook(records).give(
        "甲", settled(records), opinion, (Turn("user", "先前的问题"),), {"对话模型": "无"}
    )
    shown = seen(drawn(administered(records))).text
    for part in (
        "岸电使用率的目标？",
        "没用（其他）",
        "看不懂",
        "问：先前的问题",
        f"{TEXT}[1]",
        "现行有效",
        "对话模型：无",
    ):
        assert part in shown


def test_administrators_filter_by_opinion_reason_and_words(records: Records) -> None:
    book = FeedbackBook(records)
    book.give("甲", settled(records, "岸电的问题"), Opinion(True))
    book.give("乙", settled(records, "公寓的问题", "乙"), Opinion(False, Reason.NOT_FOUND))
    page = administered(records)
    assert "共 2 条反馈" in drawn(page)
    page.button_group(key="feedback-kind").set_value("没用").run()
    assert "公寓的问题" in drawn(page)
    assert "岸电的问题" not in drawn(page)
    page.button_group(key="feedback-reasons").set_value([Reason.OTHER]).run()
    assert "共 0 条反馈" in drawn(page)
    page.button_group(key="feedback-reasons").set_value([]).run()
    page.text_input(key="feedback-query").set_value("人才補貼").run()
    assert "共 0 条反馈" in drawn(page)


def test_hostile_feedback_is_shown_as_text(records: Records) -> None:
    FeedbackBook(records).give("甲", settled(records, HOSTILE), Opinion(False, Reason.OTHER, HOSTILE))
    shown = seen(drawn(administered(records)))
    assert not {"script", "img", "a"} & set(shown.tags)
    assert HOSTILE in shown.text


def test_a_day_begins_at_midnight_of_the_reader(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_china(monkeypatch):
        day = date(2026, 6, 2)
        midnight = datetime.combine(day, time()).astimezone()
        for name, hours in (("前夜的问题", -1), ("零点的问题", 0), ("凌晨的问题", 3)):
            exchange = settled(records, name)
            FeedbackBook(records).give("甲", exchange, Opinion(True), (), {})
            with records.writing() as connection:
                then = (midnight + timedelta(hours=hours)).astimezone(UTC)
                mine = feedback.c.exchange_id == exchange.id
                connection.execute(update(feedback).where(mine).values(at=then))
        page = administered(records)
        page.date_input(key="feedback-since").set_value(day).run()
        told = drawn(page)
        assert "凌晨的问题" in told
        assert "零点的问题" in told
        assert "前夜的问题" not in told
