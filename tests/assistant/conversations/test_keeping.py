"""What was asked and answered is kept, whole, for the person it belongs to."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant.conversations import Conversations
from assistant.types import Scope
from tests.assistant.conversations.kept import ANSWER, again
from tests.assistant.ui.samples import HOSTILE, answer
from tests.vectorstore.samples import parsed
from vectorstore.backup import backup, restore
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild
from vectorstore.settings import LibrarySettings


def test_a_restart_shows_the_whole_answer_as_it_was(saved: Conversations, settings: LibrarySettings) -> None:
    scope = Scope(regions=("青屿市",), documents=("d1",))
    asked = saved.ask("甲", "岸电使用率的目标？", scope=scope)
    assert saved.settle("甲", asked.id, ANSWER)
    (conversation,) = again(settings).listed("甲")
    (exchange,) = again(settings).exchanges("甲", conversation.id)
    assert exchange.answer == ANSWER
    assert (exchange.question, exchange.scope, exchange.open) == ("岸电使用率的目标？", scope, False)
    assert conversation.title == "岸电使用率的目标"


def test_a_question_is_kept_before_it_is_answered_and_a_second_click_adds_none(
    saved: Conversations, settings: LibrarySettings
) -> None:
    asked = saved.ask("", "岸电？")
    (open_,) = again(settings).exchanges("", asked.conversation_id)
    assert open_ == asked
    assert open_.open
    assert saved.ask("", "岸电？", asked.conversation_id) == asked
    assert len(saved.exchanges("", asked.conversation_id)) == 1


def test_the_first_outcome_of_a_question_stays(saved: Conversations) -> None:
    asked = saved.ask("", "岸电？")
    assert saved.is_open("", asked.id)
    assert saved.fail("", asked.id, "模型服务无法连接")
    assert not saved.is_open("", asked.id)
    assert not saved.settle("", asked.id, ANSWER)
    (exchange,) = saved.exchanges("", asked.conversation_id)
    assert (exchange.problem, exchange.answer, exchange.open) == ("模型服务无法连接", None, False)


def test_nobody_reads_or_changes_what_belongs_to_another(saved: Conversations) -> None:
    asked = saved.ask("甲", "岸电？")
    key = asked.conversation_id
    assert saved.listed("乙") == saved.listed("") == ()
    assert saved.exchanges("乙", key) == ()
    assert saved.conversation("乙", key) is None
    assert not saved.is_open("乙", asked.id)
    assert not saved.settle("乙", asked.id, ANSWER)
    assert not saved.fail("乙", asked.id, "坏")
    for change in (
        lambda: saved.ask("乙", "什么？", key),
        lambda: saved.ask_again("乙", asked.id, "什么？"),
        lambda: saved.rename("乙", key, "我的"),
        lambda: saved.pin("乙", key, True),
        lambda: saved.delete("乙", key),
    ):
        with pytest.raises(LibraryError, match="找不到"):
            change()
    assert saved.exchanges("甲", key) == (asked,)


def test_ids_are_long_and_never_the_same(saved: Conversations) -> None:
    ids = {saved.ask("", "问").conversation_id for _ in range(50)}
    assert len(ids) == 50
    assert min(map(len, ids)) >= 22


def test_a_changed_question_takes_the_place_of_the_old_one_and_what_followed(saved: Conversations) -> None:
    first = saved.ask("", "岸电？")
    saved.settle("", first.id, ANSWER)
    saved.ask("", "集卡呢？", first.conversation_id)
    changed = saved.ask_again("", first.id, "岸电使用率？")
    assert saved.exchanges("", first.conversation_id) == (changed,)
    assert saved.listed("")[0].title == "岸电使用率"
    saved.rename("", first.conversation_id, "港口")
    saved.ask_again("", changed.id, "岸电")
    assert saved.listed("")[0].title == "港口"


def test_what_a_question_was_answered_before_stays_reachable(saved: Conversations) -> None:
    first = saved.ask("甲", "岸电？")
    saved.settle("甲", first.id, ANSWER)
    second = saved.ask_again("甲", first.id, "岸电？")
    other = answer("另一个回答")
    saved.settle("甲", second.id, other)
    third = saved.ask_again("甲", second.id, "岸电？")
    (now,) = saved.exchanges("甲", first.conversation_id)
    assert now.earlier == third.earlier == (first.id, second.id)
    kept = [saved.earlier("甲", now, version) for version in now.earlier]
    assert [one and one.answer for one in kept] == [ANSWER, other]
    assert saved.earlier("乙", now, first.id) is None
    # What did not answer is no version, and another question has none.
    saved.fail("甲", third.id, "没有回答")
    fourth = saved.ask_again("甲", third.id, "岸电？")
    assert fourth.earlier == (first.id, second.id)
    changed = saved.ask_again("甲", fourth.id, "集卡？")
    assert changed.earlier == ()
    assert saved.earlier("甲", fourth, first.id) is None


def test_any_question_is_kept_as_typed(saved: Conversations) -> None:
    for question in (HOSTILE, " \x00\n", "\x00\x1b\u202e", "港" * 10_000):
        asked = saved.ask("", question)
        (exchange,) = saved.exchanges("", asked.conversation_id)
        assert exchange.question == question
        assert 0 < len(saved.listed("", limit=1)[0].title) <= 40


def test_backup_and_rebuild_lose_nothing(
    saved: Conversations, settings: LibrarySettings, tmp_path: Path
) -> None:
    asked = saved.ask("甲", "岸电？")
    saved.settle("甲", asked.id, ANSWER)
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    rebuild(settings)
    backup(settings, tmp_path / "backup.zip")
    elsewhere = LibrarySettings.in_folder(tmp_path / "elsewhere")
    restore(elsewhere, tmp_path / "backup.zip")
    for place in (settings, elsewhere):
        (exchange,) = again(place).exchanges("甲", asked.conversation_id)
        assert exchange.answer == ANSWER
    assert again(elsewhere).ask("甲", "再问", asked.conversation_id).open


def test_questions_are_kept_while_the_library_is_written_and_its_generation_stays(
    saved: Conversations, settings: LibrarySettings
) -> None:
    with PolicyLibrary.open(settings) as library:
        with library.write() as writer:
            writer.put(parsed("规划.txt"))
            writer.flush()
            before = library.generation
            asked = saved.ask("", "岸电？")
            saved.settle("", asked.id, ANSWER)
            assert library.generation == before
        assert [document.source for document in library.documents()] == ["规划.txt"]
        after = library.generation
        saved.ask("", "又问", asked.conversation_id)
        assert library.generation == after


def test_many_ask_at_once_and_every_question_is_kept(saved: Conversations, settings: LibrarySettings) -> None:
    begun = saved.ask("", "开始").conversation_id

    def ask(number: int) -> None:
        asked = again(settings).ask("", f"问题{number}", begun)
        saved.settle("", asked.id, ANSWER)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = saved.exchanges("", begun)
    assert sorted(one.question for one in said[1:]) == sorted(f"问题{number}" for number in range(12))
    assert all(one.answer == ANSWER for one in said[1:])


def test_what_was_kept_under_another_name_goes_to_the_person_it_belongs_to(saved: Conversations) -> None:
    mine = saved.ask("a@example.org", "岸电？")
    other = saved.ask("b@example.org", "岸电？")
    saved.take_over("https://login.example 1", ("a@example.org", "1"))
    assert [one.id for one in saved.listed("https://login.example 1")] == [mine.conversation_id]
    assert saved.listed("a@example.org") == ()
    assert [one.id for one in saved.listed("b@example.org")] == [other.conversation_id]
