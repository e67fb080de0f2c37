"""Inputs that were read wrongly once, each standing for a kind of fault."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.parsing import understand
from vectorstore.types import PolicyDocument, Status

FAULTS = Path(__file__).parents[1] / "data" / "faults"
TODAY = date(2026, 11, 28)


def document(name: str) -> PolicyDocument:
    path = next(FAULTS.glob(f"{name}*"))
    return understand(path.read_bytes(), path.name).parsed.document


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("01", date(2019, 10, 16), date(2024, 10, 15)),
        ("02", date(2019, 10, 9), date(2024, 10, 8)),
        ("03", date(2019, 2, 1), date(2024, 1, 31)),
        ("37", date(2019, 1, 1), date(2023, 12, 31)),
        ("42", date(2023, 2, 8), date(2026, 2, 7)),
        ("46_validity_1", date(2018, 12, 8), date(2021, 12, 7)),
        ("46_validity_2", date(2018, 12, 8), date(2021, 12, 7)),
    ],
)
def test_what_is_over_is_never_called_in_force(name: str, first: date, last: date) -> None:
    told = document(name)
    assert told.validity is not None
    assert (told.validity.first_day, told.validity.last_day) == (first, last)
    assert told.standing(TODAY) is Status.EXPIRED
    assert told.standing_label(TODAY) == "有效期已满"
    assert told.standing(last) is Status.IN_FORCE


def test_the_validity_of_a_licence_is_not_that_of_the_rule() -> None:
    told = document("05")
    assert told.standing(TODAY) is Status.IN_FORCE
    assert told.standing_label(TODAY) == "现行有效（未载明有效期）"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("16", "2026年云栖市积分入学申请指引"),
        ("17", "云栖市河道管理办法"),
        ("25", "修正「雲棲縣急難救助要點」，並自即日生效，請查照。"),
        ("27", "云栖县公厕补贴表"),
        ("35", "35_csv_title"),
        ("37", "云栖市人民政府关于调整门诊时间的决定"),
    ],
)
def test_the_title_is_the_paper_s_own(name: str, title: str) -> None:
    assert document(name).title == title


def test_front_matter_is_no_text() -> None:
    path = next(FAULTS.glob("17_*"))
    assert "ab12" not in understand(path.read_bytes(), path.name).parsed.text


def test_a_letter_of_taiwan_tells_its_number_day_and_issuer() -> None:
    told = document("25")
    assert (told.document_number, told.issued_on) == ("府社救字第1130067890號", date(2024, 6, 3))
    assert told.issuer == "雲棲縣政府"


def test_a_reply_tells_its_own_number() -> None:
    assert document("30").document_number == "云卫发〔2026〕76号"


def test_a_page_in_a_dialog_is_read() -> None:
    path = next(FAULTS.glob("41_*"))
    assert "扶助金每戶每節一萬元。" in understand(path.read_bytes(), path.name).parsed.text


def test_an_article_whose_number_is_set_wide_is_one_of_its_own() -> None:
    path = next(FAULTS.glob("42_*"))
    parsed = understand(path.read_bytes(), path.name).parsed
    passage = next(passage for passage in parsed.passages if "第15条" in passage.text)
    assert passage.section == ("二、支持范围", "（二）鼓励企业上市", "第15条")
