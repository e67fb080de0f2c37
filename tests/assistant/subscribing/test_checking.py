"""What is told of a subscription when the library changes, and what is no change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from assistant.records.scoping import Choice
from assistant.subscribing.told import counts, turns, value_of
from assistant.subscribing.watched import Fate, WatchedFacts, WatchedQuestion
from tests.assistant.subscribing.changing_library import (
    FIGURES,
    GRANTS,
    OTHER_TEXT,
    PLAN,
    PLAN_TEXT,
    QUESTION,
    REWARD,
    TODAY,
    Changing,
)
from vectorstore.errors import LibraryError
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import FactKind
from vectorstore.languages.language import Language
from vectorstore.ledger import FactFilter

CHINESE = Language.SIMPLIFIED
HIGHER = PLAN_TEXT.replace("300亿元", "450亿元")


def test_a_changed_figure_is_told_of_a_question_as_old_and_new(changed: Changing) -> None:
    changed.subscribe(QUESTION)
    changed.put(PLAN, HIGHER)
    (checked,) = changed.check()
    (change,) = checked.changes
    assert change.fate is Fate.DIFFERS
    assert turns(change, CHINESE) == (("300亿元", "450亿元"),)
    after = change.after
    assert after is not None
    assert changed.library.text(after.document_id)[after.start : after.end] == after.quote
    (report,) = changed.one().reports
    assert (report.changes, report.read) == ((change,), False)
    assert changed.kept.unread("甲") == 1
    assert changed.one().state == changed.library.state


def test_a_changed_figure_is_told_of_a_filter_and_what_did_not_change_is_not(changed: Changing) -> None:
    changed.subscribe(FIGURES)
    changed.put(PLAN, HIGHER)
    ((change,),) = [checked.changes for checked in changed.check()]
    assert change.fate is Fate.DIFFERS
    assert turns(change, CHINESE) == (("300亿元", "450亿元"),)


@pytest.mark.parametrize("watched", [QUESTION, REWARD, FIGURES])
def test_the_same_files_ingested_again_and_others_that_do_not_matter_change_nothing(
    changed: Changing, watched: WatchedQuestion | WatchedFacts
) -> None:
    changed.subscribe(watched)
    changed.put(PLAN, PLAN_TEXT, again=True)
    changed.put("养老.txt", OTHER_TEXT)
    assert [checked.changes for checked in changed.check()] == [()]
    assert changed.one().reports == ()
    assert changed.check() == []


def test_a_file_that_was_renamed_changes_nothing(changed: Changing) -> None:
    changed.subscribe(QUESTION)
    (changed.folder / PLAN).rename(changed.folder / "规划（正式）.txt")
    changed.put("规划（正式）.txt", PLAN_TEXT)
    changed.check()
    assert changed.one().reports == ()


def test_a_removed_document_is_told_with_what_it_said(changed: Changing) -> None:
    changed.subscribe(REWARD)
    changed.remove(GRANTS)
    ((change,),) = [checked.changes for checked in changed.check()]
    assert (change.fate, change.after) == (Fate.GONE, None)
    assert "20万元" in change.shown.quote
    assert change.why == "该文件已移出资料库"
    assert changed.one().proofs == ()


def test_an_answer_that_the_library_did_not_have_is_told_as_new(changed: Changing) -> None:
    changed.subscribe(WatchedQuestion("老年食堂的午餐价格是多少？", "老年食堂的午餐价格是多少？"))
    assert changed.one().proofs == ()
    changed.put("养老.txt", OTHER_TEXT)
    ((change,),) = [checked.changes for checked in changed.check()]
    assert change.fate is Fate.NEW
    assert "12元" in change.shown.quote


def test_a_new_document_with_another_figure_is_told_of_a_filter_as_new(changed: Changing) -> None:
    changed.subscribe(WatchedFacts(FactFilter(FactKind.INDICATOR, name="冷链物流")))
    changed.put("专项规划.txt", PLAN_TEXT.replace("振兴规划", "冷链专项规划").replace("300", "500"))
    ((change,),) = [checked.changes for checked in changed.check()]
    assert change.fate is Fate.NEW
    assert value_of(change.shown, CHINESE) == "500亿元"
    assert counts([change], CHINESE) == "新增 1 处"


def test_what_takes_the_place_of_a_removed_document_is_told_as_old_and_new(changed: Changing) -> None:
    changed.subscribe(WatchedFacts(FactFilter(FactKind.INDICATOR, name="冷链物流")))
    changed.put("修订.txt", HIGHER)
    changed.remove(PLAN)
    ((change,),) = [checked.changes for checked in changed.check()]
    assert turns(change, CHINESE) == (("300亿元", "450亿元"),)


def test_a_document_that_another_one_repeals_and_one_whose_time_is_over_are_told(changed: Changing) -> None:
    changed.subscribe(REWARD)
    changed.put("新办法.txt", "云栖市人才办法\n\n第一条 《云栖市企业奖励办法》同时废止。\n")
    standings = [one.fate for checked in changed.check() for one in checked.changes]
    assert standings == [Fate.STANDING]
    changed.remove("新办法.txt")
    assert [len(checked.changes) for checked in changed.check()] == [1]
    ((change,),) = [checked.changes for checked in changed.check(date(2031, 1, 2))]
    assert turns(change, CHINESE) == (("现行有效", "有效期已满"),)


def test_what_staff_correct_in_the_ledger_is_told(changed: Changing) -> None:
    changed.subscribe(FIGURES)
    found = changed.library.ledger.facts(FactFilter(FactKind.INDICATOR, name="冷链"))[0]
    revision = FactRevision(PLAN, FactKind.INDICATOR, found.fact.quote, found.fact.read, (("value", "310"),))
    with changed.library.write() as writer:
        writer.revise(revision)
    ((change,),) = [checked.changes for checked in changed.check()]
    assert turns(change, CHINESE) == (("300亿元", "310亿元"),)


def test_a_question_keeps_to_its_limits_and_what_comes_later_is_within_them(changed: Changing) -> None:
    text = QUESTION.query
    changed.subscribe(WatchedQuestion(text, text, Choice(regions=("云栖市",))), "地区")
    changed.subscribe(WatchedQuestion(text, text, sources=(PLAN,)), "文件")
    changed.put("专项规划.txt", PLAN_TEXT.replace("振兴规划", "冷链专项规划").replace("300", "500"))
    told = {checked.subscription.owner: checked.changes for checked in changed.check()}
    assert [change.fate for change in told["地区"]] == [Fate.NEW]
    assert told["文件"] == ()
    changed.put(PLAN, HIGHER)
    told = {checked.subscription.owner: checked.changes for checked in changed.check()}
    assert [change.fate for change in told["文件"]] == [Fate.DIFFERS]
    changed.remove(PLAN)
    told = {checked.subscription.owner: checked.changes for checked in changed.check()}
    assert [change.fate for change in told["文件"]] == [Fate.GONE]


def test_of_many_that_ask_at_once_one_checks(changed: Changing) -> None:
    identity = changed.subscribe(QUESTION)
    changed.put(PLAN, HIGHER)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: changed.checking.check(identity, TODAY), range(8)))
    assert len([one for one in done if one is not None]) == 1
    assert len(changed.one().reports) == 1


def test_a_paused_subscription_rests_and_tells_afterwards_what_changed(changed: Changing) -> None:
    identity = changed.subscribe(QUESTION)
    changed.kept.pause("甲", identity, True)
    changed.put(PLAN, HIGHER)
    assert changed.check() == []
    changed.kept.pause("甲", identity, False)
    assert [len(checked.changes) for checked in changed.check()] == [1]


def test_a_filter_that_lets_too_much_through_is_refused(
    changed: Changing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.subscribing.proving.MOST_FACTS", 1)
    with pytest.raises(LibraryError, match="请缩小筛选范围"):
        changed.subscribe(FIGURES)
    monkeypatch.setattr("assistant.subscribing.proving.MOST_FACTS", 2)
    changed.subscribe(FIGURES)
    monkeypatch.setattr("assistant.subscribing.proving.MOST_FACTS", 1)
    changed.put(PLAN, HIGHER)
    (checked,) = changed.check()
    assert "请缩小筛选范围" in checked.problem
    assert changed.one().problem == checked.problem
    assert len(changed.one().proofs) == 2
