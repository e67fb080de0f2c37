"""Conversations are found, named, pinned, put in folders, deleted and brought back."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from assistant.conversations import Conversations
from assistant.records.filing import UNDO
from assistant.records.history import title_of_question
from tests.assistant.conversations.kept import ANSWER
from vectorstore import tables
from vectorstore.errors import LibraryError
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings

QUERIES = (
    "岸电使用率",
    "岸電使用率",
    "目标 集卡",
    "集卡的使用率",
    "1200辆",
    "1,200 辆",
    "清洁能源",
    "９５％",
)


def test_conversations_are_found_by_words_of_question_and_answer_in_any_script(saved: Conversations) -> None:
    asked = saved.ask("", "目标是多少？")
    saved.settle("", asked.id, ANSWER)
    saved.ask("", "别的问题")
    for query in QUERIES:
        assert [found.id for found in saved.listed("", query)] == [asked.conversation_id], query


def test_signs_of_sql_find_only_themselves(saved: Conversations) -> None:
    asked = saved.ask("", "目标是多少")
    for query in ("%", "_", "100%", "'; DROP TABLE exchanges; --", "没有的词"):
        assert saved.listed("", query) == (), query
    assert saved.exchanges("", asked.conversation_id) == (asked,)


def test_pinned_conversations_come_first_then_what_was_changed_last(saved: Conversations) -> None:
    first, second, third = (saved.ask("", f"问题{n}").conversation_id for n in range(3))
    saved.ask("", "接着问", second)
    assert [one.id for one in saved.listed("")] == [second, third, first]
    saved.pin("", first, True)
    assert [one.id for one in saved.listed("")] == [first, second, third]
    assert [one.id for one in saved.listed("", limit=1)] == [first]
    saved.pin("", first, False)
    assert saved.listed("")[-1].id == first


def test_a_renamed_conversation_is_found_by_its_title(saved: Conversations) -> None:
    key = saved.ask("", "问").conversation_id
    saved.rename("", key, "  港口\n规划  ")
    saved.rename("", key, " ")
    assert [one.title for one in saved.listed("", "港口規劃")] == ["港口 规划"]


def test_a_deleted_conversation_is_brought_back_whole_also_what_was_answered_meanwhile(
    saved: Conversations,
) -> None:
    asked = saved.ask("甲", "岸电？")
    saved.delete("甲", asked.conversation_id)
    assert saved.listed("甲") == ()
    assert saved.conversation("甲", asked.conversation_id) is None
    assert saved.exchanges("甲", asked.conversation_id) == ()
    with pytest.raises(LibraryError, match="找不到"):
        saved.ask("甲", "还有呢", asked.conversation_id)
    with pytest.raises(LibraryError, match="找不到"):
        saved.ask_again("甲", asked.id, "岸电？")
    saved.settle("甲", asked.id, ANSWER)
    with pytest.raises(LibraryError, match="不能恢复"):
        saved.bring_back("乙", [asked.conversation_id])
    saved.bring_back("甲", [asked.conversation_id])
    (exchange,) = saved.exchanges("甲", asked.conversation_id)
    assert exchange.answer == ANSWER


def test_a_deleted_conversation_is_gone_for_good_when_its_time_is_over(
    saved: Conversations, settings: LibrarySettings
) -> None:
    asked = saved.ask("", "岸电？")
    saved.settle("", asked.id, ANSWER)
    saved.ask_again("", asked.id, "岸电？")
    saved.delete("", asked.conversation_id)
    with closing(Records(settings)) as records:
        with records.writing() as connection:
            connection.execute(update(tables.conversations).values(deleted_at=datetime.now(UTC) - UNDO))
        saved.ask("", "别的")
        with pytest.raises(LibraryError, match="不能恢复"):
            saved.bring_back("", [asked.conversation_id])
        with records.reading() as connection:
            left = connection.execute(select(tables.exchanges.c.question)).scalars().all()
            assert left == ["别的"]
            assert connection.execute(select(tables.earlier_answers)).all() == []


def test_conversations_are_put_in_folders_and_listed_by_them(saved: Conversations) -> None:
    first, second, third = (saved.ask("甲", f"问题{n}").conversation_id for n in range(3))
    saved.ask("乙", "别人的")
    saved.move("甲", [first, second], " 港口 \n专题 ")
    assert saved.folders("甲") == {"港口 专题": 2}
    assert saved.folders("乙") == {}
    assert [one.id for one in saved.listed("甲", folder="港口 专题")] == [second, first]
    assert [one.id for one in saved.listed("甲", folder="")] == [third]
    assert len(saved.listed("甲")) == 3
    with pytest.raises(LibraryError, match="找不到"):
        saved.move("乙", [first], "我的")
    saved.move("甲", [first, second], "")
    assert saved.folders("甲") == {}


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("请问临澜市高新技术企业的奖励标准是多少？", "临澜市高新技术企业的奖励标准"),
        ("你好，我想了解一下人才公寓怎么申请", "人才公寓怎么申请"),
        ("养老服务设施有哪些？", "养老服务设施"),
        ("是什么？", "是什么？"),
        ("港" * 60, "港" * 23 + "…"),
    ],
)
def test_a_title_is_what_the_question_is_about(question: str, title: str) -> None:
    assert title_of_question(question) == title
