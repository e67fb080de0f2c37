"""A figure that no passage supports is held against the ledger's figure of the same thing, place and year."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.checked_sentence import CheckedSentence, Finding
from assistant.settings import AssistantSettings
from assistant.verification import Verification
from tests.assistant.asking import Filled

PLAN = """云泽市海洋经济规划（2026—2030年）

一、目标

到2028年，全市海洋经济规模达到850亿元；到2030年，力争突破1200亿元，年均增速18%以上。

到2030年，望海区海洋经济规模力争达到650亿元，滨江区力争达到300亿元。
"""


@pytest.fixture
def verification(library_of: Filled) -> Verification:
    library = library_of({"规划.txt": PLAN})
    return Verification(library, Assistant(library, AssistantSettings()).search, date(2026, 9, 1))


def checked(verification: Verification, sentence: str) -> CheckedSentence:
    (found,) = verification.draft(sentence)
    return found


@pytest.mark.parametrize(
    ("sentence", "suggestion"),
    [
        ("到2030年，云泽市海洋经济规模达到1300亿元。", "到2030年，云泽市海洋经济规模力争突破1200亿元。"),
        ("到2030年，望海区海洋经济规模达到850亿元。", "到2030年，望海区海洋经济规模力争达到650亿元。"),
    ],
)
def test_a_wrong_figure_is_corrected_by_the_one_of_its_own_year_and_place(
    verification: Verification, sentence: str, suggestion: str
) -> None:
    found = checked(verification, sentence)
    assert (found.finding, found.suggestion) == (Finding.DIFFERS, suggestion)
    assert "2030年" in found.citations[0].quote


def test_a_figure_is_proposed_for_its_own_place_alone_and_for_no_sentence_without_one(
    library_of: Filled,
) -> None:
    text = "云泽市船舶产业规划\n\n云泽市人民政府\n\n到2030年，{}船舶产业规模力争突破300亿元。\n"
    said = {}
    for owner in ("全市", "全区"):
        library = library_of({"规划.txt": text.format(owner)})
        verification = Verification(library, Assistant(library, AssistantSettings()).search, date(2026, 9, 1))
        for place in ("云泽市", "望海区", ""):
            found = checked(verification, f"到2030年，{place}船舶产业规模达到500亿元。")
            said[owner, place] = found.suggestion
    right = "到2030年，云泽市船舶产业规模力争突破300亿元。"
    assert {key: told for key, told in said.items() if told} == {("全市", "云泽市"): right}


def test_a_bound_that_is_dropped_is_told_with_the_figure_and_its_own_sentence(
    verification: Verification,
) -> None:
    found = checked(verification, "到2030年，云泽市海洋经济规模力争达到1200亿元。")
    assert found.finding is not Finding.AGREES
    assert "不低于1200亿元" in found.reason
    assert "1200亿元" in found.citations[0].quote


def test_the_figure_of_another_place_corrects_nothing(verification: Verification) -> None:
    assert not checked(verification, "到2030年，桐原市海洋经济规模达到1300亿元。").suggestion


def test_a_year_without_a_figure_of_its_own_is_not_given_that_of_another(verification: Verification) -> None:
    assert "850" not in checked(verification, "到2035年，云泽市海洋经济规模达到1300亿元。").suggestion
