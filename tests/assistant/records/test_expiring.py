from __future__ import annotations

from datetime import date

from assistant.records.expiring import expired, expiring
from tests.assistant.ui.samples import document
from vectorstore.types import Period, PolicyDocument, Status
from vectorstore.validity import Validity

TODAY = date(2026, 11, 20)


def ending(day: date | None, status: Status = Status.IN_FORCE, **fields: object) -> PolicyDocument:
    return document(
        id=f"{day}",
        status=status,
        period=fields.get("period", Period()),
        validity=Validity(last_day=day, limited=day is not None),
    )


def test_what_ends_within_ninety_days_comes_in_the_order_of_its_end() -> None:
    last, later, soon, far = (date(2026, 11, 20), date(2027, 2, 1), date(2026, 12, 1), date(2027, 2, 19))
    found = expiring(map(ending, (later, far, soon, last, None)), TODAY)
    assert [one.id for one in found] == [str(last), str(soon), str(later)]


def test_a_plan_ends_with_the_last_day_of_its_last_year() -> None:
    plan = ending(None, period=Period(2021, 2026))
    assert expiring([plan], TODAY) == (plan,)
    assert expiring([plan], date(2026, 5, 1)) == ()
    assert expired([plan], date(2027, 1, 1)) == (plan,)


def test_what_is_over_or_was_replaced_is_none_that_ends_soon() -> None:
    over = ending(date(2026, 11, 19))
    replaced = ending(date(2026, 12, 1), Status.SUPERSEDED)
    assert expiring([over, replaced], TODAY) == ()
    assert expired([replaced, over], TODAY) == (over, replaced)
