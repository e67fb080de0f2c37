"""Subscriptions are asked in the background, after a change of the library, and not twice."""

from __future__ import annotations

from datetime import timedelta

from assistant.records.ongoing import OngoingAnswers
from assistant.subscribing.noticing import Noticing
from tests.assistant.subscribing.changing_library import PLAN, PLAN_TEXT, QUESTION, TODAY, Changing


def test_a_change_is_noticed_by_whoever_looks_in_next(changed: Changing) -> None:
    changed.subscribe(QUESTION)
    noticing = Noticing(changed.library, changed.checking, OngoingAnswers())
    noticing.notice(TODAY)
    noticing.wait(60)
    assert changed.one().reports == ()
    changed.put(PLAN, PLAN_TEXT.replace("300亿元", "450亿元"))
    noticing.notice(TODAY)
    noticing.wait(60)
    assert len(changed.one().reports) == 1
    assert changed.checking.due(TODAY) == ()


def test_without_a_change_nothing_is_begun_but_on_another_day_or_after_a_while(changed: Changing) -> None:
    now = 1000.0
    noticing = Noticing(changed.library, changed.checking, OngoingAnswers(), lambda: now)
    noticing.notice(TODAY)
    noticing.wait(60)
    changed.subscribe(QUESTION)
    # Made of an earlier day: due, though neither the library nor this process saw anything change.
    tomorrow = TODAY + timedelta(days=1)
    noticing.notice(TODAY)
    assert not noticing.working
    assert changed.one().day == TODAY
    noticing.notice(tomorrow)
    noticing.wait(60)
    assert changed.one().day == tomorrow
