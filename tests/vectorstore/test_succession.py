"""Which document replaces which, by title, by number, and in which order."""

from dataclasses import replace
from datetime import date

from tests.vectorstore.samples import parsed
from vectorstore.succession import resolve
from vectorstore.types import PolicyDocument, Status

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
