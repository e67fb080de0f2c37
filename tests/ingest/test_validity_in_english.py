"""How the days of a document were worked out, for who reads English."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.validity import validity_of
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language


@pytest.mark.parametrize(
    ("said", "issued_on", "number", "told"),
    [
        ("本办法自2026年3月1日起施行，有效期5年。", None, "", "5 years from 2026-03-01"),
        (
            "本办法自印发之日起施行，有效期6个月。",
            date(2026, 2, 1),
            "",
            "its date, 2026-02-01, is taken for “印发之日”; 6 months from there",
        ),
        (
            "本办法自印发之日起满30日后施行，有效期至2030年12月31日。",
            date(2026, 2, 1),
            "",
            "its date, 2026-02-01, is taken for “印发之日”; in effect 30 days later; "
            "the text states that it ends on 2030-12-31",
        ),
        (
            "第三条 本办法有效期3年。",
            date(2026, 2, 1),
            "",
            "counted from its date, 2026-02-01; 3 years from there",
        ),
        (
            "本办法自印发之日起施行，有效期1年。",
            None,
            "青政发〔2026〕3号",
            "valid for 1 year, but the text has no date, so that “印发之日” is not known; "
            "the document number is of 2026",
        ),
    ],
)
def test_how_the_days_were_worked_out_is_told_in_english(
    said: str, issued_on: date | None, number: str, told: str
) -> None:
    found = validity_of(said, "青石县扶持办法", issued_on, number=number)
    assert found is not None
    assert translated(found.basis, Language.ENGLISH) == told
