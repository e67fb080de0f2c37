"""Days in every way that official papers write them."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.dates import date_in, first_day_of, last_day_of, later


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026年3月5日", date(2026, 3, 5)),
        ("二〇二六年三月五日", date(2026, 3, 5)),
        ("二○二六年十二月二十一日", date(2026, 12, 21)),
        ("2026-03-05 10:20:00", date(2026, 3, 5)),
        ("2026.3.5", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        ("中華民國113年6月3日", date(2024, 6, 3)),
        ("民國一百一十三年六月三日", date(2024, 6, 3)),
        ("中華民國元年1月1日", date(1912, 1, 1)),
        ("2026年2月30日", None),
        ("2026年3月", None),
    ],
)
def test_a_whole_day_is_read(words: str, day: date | None) -> None:
    assert date_in(words) == day


def test_what_wants_its_day_begins_with_the_first_and_ends_with_the_last() -> None:
    assert (first_day_of("2024年2月"), last_day_of("2024年2月")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (first_day_of("2024年"), last_day_of("2024年底")) == (date(2024, 1, 1), date(2024, 12, 31))


def test_a_month_without_that_day_ends_earlier() -> None:
    assert later(date(2024, 2, 29), years=1) == date(2025, 2, 28)
    assert later(date(2024, 8, 31), months=6) == date(2025, 2, 28)
