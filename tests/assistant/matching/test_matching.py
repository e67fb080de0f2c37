"""Measures are held against an applicant clause by clause; nothing unknown is taken for granted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.matching.matching import Applicant, Fit, Match, match, offers
from tests.assistant.asking import Filled
from vectorstore.library import PolicyLibrary

TODAY = date(2026, 9, 1)
RULES = """云泽市支持海洋产业发展若干措施

云泽政规〔2026〕3号

第一条 对首次通过认定的高新技术企业，给予20万元一次性奖励；其中属于海洋装备领域的，奖励标准提高到30万元。
第二条 对年产值首次突破5亿元、10亿元的企业，分别给予50万元、100万元一次性奖励。
第三条 有下列情形之一的，不予支持：
（一）被列入严重失信主体名单的；
（二）提供虚假材料的。
第四条 本措施自2026年3月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture
def library(library_of: Filled) -> PolicyLibrary:
    return library_of({"措施.txt": RULES})


def matched(library: PolicyLibrary, applicant: Applicant, words: str) -> Match:
    found = match(offers(library, "", TODAY), applicant)
    return next(one for one in found if words in one.offer.found.fact.quote)


CLEAN = {"被列入严重失信主体名单": False, "提供虚假材料": False}


def test_what_meets_every_clause_fits(library: PolicyLibrary) -> None:
    applicant = Applicant({"首次通过认定的高新技术企业": True, "高新技术企业": True, **CLEAN})
    assert matched(library, applicant, "20万元").fit is Fit.FITS


def test_what_is_not_known_is_to_be_found_out(library: PolicyLibrary) -> None:
    found = matched(library, Applicant({"高新技术企业": True, **CLEAN}), "20万元")
    assert found.fit is Fit.OPEN
    assert [one.text for one, outcome in found.clauses if outcome is Fit.OPEN] == ["首次通过认定"]


def test_what_is_for_whom_the_applicant_is_comes_before_what_is_for_others(library: PolicyLibrary) -> None:
    found = match(offers(library, "", TODAY), Applicant({"企业": True}))
    assert [one.fit for one in found] == [Fit.OPEN] * 3
    assert [one.is_for_others for one in found] == [False, True, True]
    assert "50万元" in found[0].offer.found.fact.quote


def test_one_exclusion_outweighs_all_else(library: PolicyLibrary) -> None:
    applicant = Applicant(
        {"首次通过认定的高新技术企业": True, "高新技术企业": True, **CLEAN, "提供虚假材料": True}
    )
    found = matched(library, applicant, "20万元")
    assert found.fit is Fit.FAILS
    assert [one.text for one, outcome in found.clauses if outcome is Fit.FAILS] == ["提供虚假材料"]


@pytest.mark.parametrize(("output", "fit"), [(4, Fit.FAILS), (6, Fit.FITS)])
def test_a_number_is_held_against_its_bound(library: PolicyLibrary, output: int, fit: Fit) -> None:
    applicant = Applicant({"企业": True, **CLEAN}, {"年产值": Decimal(output) * 10**8})
    assert matched(library, applicant, "50万元").fit is fit


def test_what_narrows_a_clause_asks_what_the_clause_asks_too(library: PolicyLibrary) -> None:
    found = matched(library, Applicant(), "30万元")
    clauses = ["首次通过认定的高新技术企业", "高新技术企业", "属于海洋装备领域的高新技术企业"]
    assert [one.asked for one, _ in found.clauses][:3] == clauses


def test_measures_that_are_over_are_not_offered(library: PolicyLibrary) -> None:
    assert offers(library, "", date(2029, 1, 1)) == []


def test_measures_of_other_regions_are_not_offered(library: PolicyLibrary) -> None:
    assert offers(library, "桐原市", TODAY) == []
    assert offers(library, "云泽市", TODAY)
