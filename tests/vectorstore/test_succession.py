"""Which document replaces which, by title, by number, and in which order."""

from dataclasses import replace
from datetime import date

from tests.vectorstore.samples import parsed
from vectorstore.succession import resolve
from vectorstore.types import DocumentKind, PolicyDocument, Status
from vectorstore.validity import EARLIER

NAME = "青岚市夜市管理办法"


def made(source: str, title: str, year: int, *repeals: str, number: str = "") -> PolicyDocument:
    document = parsed(source, source, title=title, number=number, repeals=repeals).document
    return replace(document, issued_on=date(year, 1, 1))


def successors(*documents: PolicyDocument) -> dict[str, str]:
    """Source → source of what replaced it, for those that were."""
    names = {document.id: document.source for document in documents}
    return {
        document.source: names[document.superseded_by]
        for document in resolve(documents)
        if document.status is Status.SUPERSEDED
    }


def test_a_notice_goes_with_what_it_issued() -> None:
    old = made("旧", f"青岚市人民政府关于印发{NAME}的通知", 2010)
    quoted = made("旧二", f"青岚市人民政府关于印发《{NAME}》的通知", 2011)
    new = made("新", "青岚市市场管理办法", 2026, NAME)
    assert successors(old, quoted, new) == {"旧": "新", "旧二": "新"}


def test_of_three_versions_with_one_title_each_replaces_the_one_before() -> None:
    first, second, third = made("一", NAME, 2010), made("二", NAME, 2018, NAME), made("三", NAME, 2026, NAME)
    told = {"一": "二", "二": "三"}
    assert successors(first, second, third) == successors(third, second, first) == told


def test_an_older_document_replaces_no_newer_one() -> None:
    assert successors(made("旧", "青岚市市场管理办法", 2010, NAME), made("新", NAME, 2026)) == {}


def test_a_number_is_enough() -> None:
    old = made("旧", "青岚市集市管理规定", 2010, number="青政发〔2010〕5号")
    assert successors(old, made("新", NAME, 2026, "青政发[2010]5号")) == {"旧": "新"}


def measures(source: str, title: str, year: int, *repeals: str) -> PolicyDocument:
    return replace(made(source, title, year, *repeals), kind=DocumentKind.MEASURE)


def test_what_was_issued_earlier_on_the_subject_that_the_words_name_is_replaced() -> None:
    old = measures("旧", "青岚市加快重点产业实施意见", 2020)
    other = measures("另", "青岚市养老服务管理办法", 2020)
    swept = f"{EARLIER}支持重点产业发展相关奖励政策"
    new = measures("新", "青岚市支持重点产业加快发展的实施意见", 2023, swept)
    assert successors(old, other, new) == {"旧": "新"}


def test_words_that_name_no_subject_mean_that_of_the_newer_title() -> None:
    old = measures("旧", "青岚市见习基地管理暂行办法", 2018)
    other = measures("另", "青岚市夜市管理办法", 2018)
    new = measures("新", "青岚市见习基地管理办法", 2024, f"{EARLIER}有关规定")
    assert successors(old, other, new) == {"旧": "新"}


def test_neither_a_later_paper_nor_one_of_another_place_is_swept_away() -> None:
    swept = f"{EARLIER}有关规定"
    new = measures("新", "青岚市见习基地管理办法", 2024, swept)
    later = measures("后", "青岚市见习基地管理实施细则", 2025)
    elsewhere = replace(measures("外", "见习基地管理办法", 2018), region="白沙市")
    assert successors(new, later, elsewhere) == {}
