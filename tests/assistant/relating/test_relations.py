"""Which document rests on which, and which on what no longer holds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.relating.relations import Relation, most_related, neighbours, relations, unsound
from tests.assistant.asking import filled
from tests.assistant.relating.texts import ACTION, NEW, OLD, PLAN, RULES, TEXTS
from vectorstore.library import PolicyLibrary

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyLibrary]:
    with filled(tmp_path_factory.mktemp("relations"), TEXTS) as library:
        yield library


def told(found: tuple[Relation, ...]) -> set[tuple[str, str, str]]:
    return {
        (one.source.source, one.reference.relation, one.target.source if one.target else one.named)
        for one in found
    }


def test_references_lead_to_documents_of_the_library_or_are_missing(library: PolicyLibrary) -> None:
    found = told(relations(library.ledger))
    assert {(RULES, "basis", OLD), (NEW, "repeals", OLD), (ACTION, "basis", PLAN)} <= found
    assert (ACTION, "basis", "《养老服务标准指引》") in found


def test_each_relation_is_proven_by_its_document(library: PolicyLibrary) -> None:
    for one in relations(library.ledger):
        fact = one.found.fact
        assert library.text(one.source.id)[fact.start : fact.end] == fact.quote


def test_who_rests_on_what_is_repealed_or_expired_is_warned_of(library: PolicyLibrary) -> None:
    warned = unsound(relations(library.ledger), TODAY)
    assert told(warned) == {(RULES, "basis", OLD), (ACTION, "basis", PLAN)}
    lines = {one.source.source: one.warning(TODAY) for one in warned}
    assert "《青岚市养老服务管理办法》：已废止/被替代" in lines[RULES]
    assert "规划期已满" in lines[ACTION]


def test_no_warning_before_the_basis_has_expired(library: PolicyLibrary) -> None:
    assert ACTION not in {one.source.source for one in unsound(relations(library.ledger), date(2020, 5, 1))}


def test_a_document_has_those_that_it_names_and_those_that_name_it(library: PolicyLibrary) -> None:
    found = relations(library.ledger)
    [old] = [one for one in library.documents() if one.source == OLD]
    near = neighbours(old, found, TODAY)
    assert near.names == ()
    assert {one.source.source for one in near.named_by} == {RULES, NEW}
    assert near.named_by[0].source.source == RULES
    assert most_related(found) in {
        old.id,
        next(one.id for one in library.documents() if one.source == ACTION),
    }


def test_the_references_of_one_document_are_told_alone(library: PolicyLibrary) -> None:
    [rules] = [one for one in library.documents() if one.source == RULES]
    assert {one.source.source for one in relations(library.ledger, rules.id)} == {RULES}


def test_of_versions_with_one_title_the_latest_that_can_be_known_is_meant(tmp_path: Path) -> None:
    title = "青岚市社区食堂管理办法"
    texts = {
        f"{year}.txt": f"{title}\n\n青岚市人民政府\n{year}年3月2日\n\n第一条 社区食堂每日供餐{year}份。\n\n"
        + (f"第二条 本办法自{year}年4月1日起施行，原《{title}》同时废止。" if year > 2018 else "第二条 略。")
        for year in (2018, 2022, 2025)
    }
    texts["细则.txt"] = (
        "云溪区社区食堂补贴细则\n\n云溪区人民政府\n2023年5月6日\n\n"
        f"第一条 根据《{title}》，制定本细则。\n\n第二条 略。"
    )
    with filled(tmp_path, texts) as library:
        found = told(relations(library.ledger))
    assert found == {
        ("2022.txt", "repeals", "2018.txt"),
        ("2025.txt", "repeals", "2022.txt"),
        ("细则.txt", "basis", "2022.txt"),
    }


def test_nothing_of_an_empty_library(tmp_path: Path) -> None:
    with filled(tmp_path, {}) as library:
        assert relations(library.ledger) == ()
    assert most_related(()) == ""
