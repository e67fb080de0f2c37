from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.records.scoping import Choice, scope_of
from assistant.types import Scope
from vectorstore.types import Period, PolicyDocument, Status

TODAY = date(2026, 6, 1)
PLAN = PolicyDocument(
    "plan", "a", "0", "青屿市规划", "青屿市", period=Period(2026, 2030), status=Status.IN_FORCE
)
OVER = PolicyDocument("over", "b", "1", "青屿市旧规划", "青屿市", period=Period(2021, 2025))
DRAFT = PolicyDocument(
    "draft", "c", "2", "白沙市办法", "白沙市", issued_on=date(2026, 2, 1), status=Status.DRAFT
)
SILENT = PolicyDocument("silent", "d", "3", "通知")
LIBRARY = (PLAN, OVER, DRAFT, SILENT)


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(regions=("青屿市",)), {"plan", "over"}),
        (Choice(regions=("青屿市", "白沙市"), in_force_only=True), {"plan"}),
        (Choice(in_force_only=True), {"plan", "silent"}),
        (Choice(documents=("draft",)), {"draft"}),
        (Choice(years=(2026, 2026)), {"plan", "draft"}),
        (Choice(years=(2020, 2022)), {"over"}),
    ],
)
def test_a_choice_leaves_the_documents_that_fit(choice: Choice, left: set[str]) -> None:
    scope = scope_of(choice, LIBRARY, TODAY)
    assert scope is not None
    assert set(scope.documents) == left


def test_no_choice_limits_nothing_and_an_impossible_one_is_told_apart_from_it() -> None:
    assert scope_of(Choice(), LIBRARY, TODAY) == Scope()
    assert scope_of(Choice(regions=("白沙市",), in_force_only=True), LIBRARY, TODAY) is None


def test_an_open_end_of_a_period_reaches_on() -> None:
    endless = replace(PLAN, period=Period(2026, None))
    assert Choice(years=(2040, 2050)).fits(endless, TODAY)
    assert not Choice(years=(2020, 2025)).fits(endless, TODAY)
