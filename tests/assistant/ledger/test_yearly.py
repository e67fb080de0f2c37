"""Deadlines to come stand by when they are due next, those of every year among the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.ledger.yearly import coming, next_day
from tests.vectorstore.samples import parsed
from vectorstore.facts import Deadline, Fact, FactKind, FactReading
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

TODAY = date(2026, 11, 30)
DATED = Deadline("apply", "2026-12-01", "2026-12-20")
LATER = Deadline("close", last_day="2028-06-30")
THIS_DAY = Deadline("close", counted_from="每年", length="11月30日前")
OVER_THIS_YEAR = Deadline("close", counted_from="每年", length="3月1日")
UNDATED = Deadline("close", counted_from="公示之日", length="7日")


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        (DATED, date(2026, 12, 20)),
        (THIS_DAY, TODAY),
        (OVER_THIS_YEAR, date(2027, 3, 1)),
        (UNDATED, date.max),
    ],
)
def test_a_deadline_is_due_next(deadline: Deadline, day: date) -> None:
    assert next_day(deadline, TODAY) == day


def test_those_of_every_year_stand_among_the_others(tmp_path: Path) -> None:
    words = "申报时间见各批次通知，逾期不予受理。"
    made = parsed("通知.txt", words)
    said = (LATER, UNDATED, OVER_THIS_YEAR, DATED, THIS_DAY)
    facts = FactReading(tuple(Fact(one, 0, words[at : at + 3], at, at + 3) for at, one in enumerate(said)))
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(replace(made, facts=facts))
        wanted = FactFilter(FactKind.DEADLINE, since=TODAY)
        found = coming(library.ledger, wanted, TODAY, 0, 20)
        assert [one.fact.statement for one in found] == [THIS_DAY, DATED, OVER_THIS_YEAR, LATER, UNDATED]
        assert coming(library.ledger, wanted, TODAY, 1, 2) == found[1:3]
