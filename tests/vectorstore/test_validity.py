"""What a document is called on a day: no stronger than what is proven."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.vectorstore.samples import parsed
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import Period, PolicyDocument, Status
from vectorstore.validity import Validity, entered_day

TODAY = date(2026, 11, 28)
MEASURE = PolicyDocument(id="a", source="a.txt", content_hash="a", title="甲川市办法", status=Status.IN_FORCE)
FIVE_YEARS = Validity(date(2021, 11, 29), date(2026, 11, 28), limited=True, basis="自2021年11月29日起算5年")


@pytest.mark.parametrize(
    ("fields", "standing", "label"),
    [
        ({"validity": FIVE_YEARS}, Status.IN_FORCE, "现行有效"),
        ({"validity": replace(FIVE_YEARS, last_day=date(2026, 11, 27))}, Status.EXPIRED, "有效期已满"),
        ({"validity": Validity(date(2012, 8, 1))}, Status.IN_FORCE, "现行有效（未载明有效期）"),
        ({"validity": Validity(date(2026, 11, 29))}, Status.UNKNOWN, "尚未施行"),
        (
            {"validity": Validity(None, date(2027, 1, 1), limited=True, latest=True)},
            Status.UNKNOWN,
            "有效期截止日不明",
        ),
        ({"validity": Validity(limited=True)}, Status.UNKNOWN, "有效期截止日不明"),
        ({"period": Period(2021, 2025)}, Status.EXPIRED, "规划期已满"),
        ({"period": Period(2026, 2030)}, Status.IN_FORCE, "现行有效"),
        ({"status": Status.UNKNOWN}, Status.UNKNOWN, "未载明有效期"),
        ({"status": Status.DRAFT, "validity": FIVE_YEARS}, Status.DRAFT, "征求意见稿"),
        ({"period": Period(2019, 2024), "validity": FIVE_YEARS}, Status.IN_FORCE, "现行有效"),
    ],
)
def test_the_standing_goes_by_exact_days(fields: dict[str, object], standing: Status, label: str) -> None:
    document = replace(MEASURE, **fields)  # type: ignore[arg-type]
    assert (document.standing(TODAY), document.standing_label(TODAY)) == (standing, label)


def test_the_last_day_still_counts_and_the_next_one_does_not() -> None:
    document = replace(MEASURE, validity=FIVE_YEARS)
    assert document.standing(date(2026, 11, 28)) is Status.IN_FORCE
    assert document.standing(date(2026, 11, 29)) is Status.EXPIRED


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {"validity": FIVE_YEARS},
            "自2021年11月29日起施行，有效期至2026年11月28日（自2021年11月29日起算5年）。",
        ),
        ({"validity": Validity(date(2012, 8, 1))}, "自2012年8月1日起施行，未载明有效期。"),
        ({"validity": Validity(date(2027, 1, 1))}, "自2027年1月1日起施行，未载明有效期，目前尚未施行。"),
        ({"period": Period(2021, 2025)}, "规划期为2021年至2025年，已届满。"),
        ({"status": Status.UNKNOWN}, "文件未载明有效期。"),
        ({"status": Status.DRAFT}, ""),
    ],
)
def test_how_it_was_worked_out_is_said_in_one_sentence(fields: dict[str, object], reason: str) -> None:
    assert replace(MEASURE, **fields).standing_reason(TODAY) == reason  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["2026-03-08", "2026年3月8日", "2026/3/8", " 2026.03.08 "])
def test_a_day_is_entered_as_people_write_it(value: str) -> None:
    assert entered_day(value) == date(2026, 3, 8)


@pytest.mark.parametrize("value", ["3月8日", "2026年3月", "2026年13月1日", "明天"])
def test_what_is_no_day_is_refused_with_the_way_to_write_it(value: str) -> None:
    with pytest.raises(LibraryError, match=f"看不懂日期 {value}；请照 2026-01-31"):
        entered_day(value)


def test_several_issuers_are_several_values() -> None:
    assert replace(MEASURE, issuer="甲川市教育局、甲川市财政局").issuers == ("甲川市教育局", "甲川市财政局")
    assert MEASURE.issuers == ()


def test_the_library_keeps_the_days_their_proof_and_what_was_left_out(tmp_path: Path) -> None:
    made = parsed("办法.txt")
    validity = replace(FIVE_YEARS, subject="本办法", start=3, end=9)
    made = replace(made, document=replace(made.document, validity=validity), left_out=("划去的文字：旧数",))
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(made)
        (document,) = library.documents()
        assert document.validity == validity
        assert library.left_out(document.id) == ("划去的文字：旧数",)
        with library.write() as writer:
            writer.correct("办法.txt", {"period": "2026-2030"})
        # Which years a plan is for says nothing of the days on which it applies.
        assert library.documents()[0].validity == validity
