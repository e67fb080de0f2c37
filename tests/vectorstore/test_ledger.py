"""The ledger of facts: stored with the documents, found by filters, contradictions first."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.vectorstore.samples import parsed
from tests.vectorstore.test_migrations import library_of
from vectorstore import fact_queries
from vectorstore.facts import Fact, FactKind, FactReading, Indicator, Reference, ValueKind
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument

SENTENCE = "青岚市到2030年大健康产业总规模达到800亿元。"


def figure(value: str, name: str = "大健康产业总规模", region: str = "青岚市", year: int = 2030) -> Fact:
    statement = Indicator(
        region, name, name, year, None, ValueKind.TARGET, "", value, "亿元", f"{value}00000000", "元"
    )
    return Fact(statement, 0, SENTENCE[:-1], 0, len(SENTENCE) - 1)


def under_heading(fact: Fact) -> Fact:
    """The same figure where the text says 产业规模 alone, and its heading of what."""
    assert isinstance(fact.statement, Indicator)
    return replace(fact, statement=replace(fact.statement, name="产业规模"))


def stating(source: str, title: str, *facts: Fact) -> ParsedDocument:
    return replace(parsed(source, title=title), facts=FactReading(facts))


def reading(document: ParsedDocument) -> FactReading:
    return FactReading((figure("800"),))


def test_facts_are_stored_with_their_document_and_leave_with_it(any_engine: LibrarySettings) -> None:
    fact, basis = figure("800"), Fact(Reference("basis", "青岚市纲要"), 0, "青岚市", 0, 3)
    with PolicyLibrary.open(any_engine) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", fact, basis))
        found = library.ledger.facts(FactFilter())
        assert [one.fact for one in found] == [fact, basis]
        assert {one.passage.section for one in found} == {("第一章 总体要求", "第1节")}
        assert library.ledger.unread == {}
        with library.write() as writer:
            writer.remove(found[0].document.id)
        assert library.ledger.facts(FactFilter()) == []
        assert library.ledger.count(FactFilter()) == 0


def test_filters_narrow_the_ledger(tmp_path: Path) -> None:
    basis = Fact(Reference("basis", "青岚市纲要"), 0, "青岚市", 0, 3)
    facts = (figure("800"), figure("30", "规上企业", "云溪区", 2028), basis)
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", *facts))

        def count(wanted: FactFilter) -> int:
            return library.ledger.count(wanted)

        assert count(FactFilter(FactKind.INDICATOR)) == 2
        assert count(FactFilter(region="云溪")) == 1
        assert count(FactFilter(year=2028)) == 1
        assert count(FactFilter(name="总规模")) == 1
        assert count(FactFilter(value_kind=ValueKind.ACTUAL)) == 0
        assert count(FactFilter(region="100%_")) == 0
        assert library.ledger.regions() == ("云溪区", "青岚市")


def test_a_place_comes_before_its_parts_and_figures_of_one_name_together(tmp_path: Path) -> None:
    own = figure("300", "健康产业规模")
    part, told = figure("110", "中药产业规模"), figure("46", "中药产业规模", year=2025)
    other = figure("35", "互联网医疗产业规模")
    part, other = under_heading(part), under_heading(other)
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", part, other, own))

        def names() -> list[tuple[str, int]]:
            found = (one.fact.statement for one in library.ledger.facts(FactFilter(region="青岚市")))
            return [(one.normal_name, one.year) for one in found if isinstance(one, Indicator)]

        parts = [("中药产业规模", 2030), ("互联网医疗产业规模", 2030)]
        assert names() == [("健康产业规模", 2030), *parts]
        with library.write() as writer:
            writer.put(stating("乙.txt", "青岚市报告", told))
        assert names() == [
            *(("中药产业规模", year) for year in (2025, 2030)),
            ("健康产业规模", 2030),
            ("互联网医疗产业规模", 2030),
        ]


def test_figures_that_contradict_each_other_come_first(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", figure("30", "不动产"), figure("800")))
            writer.put(stating("乙.txt", "青岚市方案", figure("850"), figure("30", "不动产")))
        found = library.ledger.facts(FactFilter())
        assert [one.disputed for one in found] == [True, True, False, False]
        paged = [one.fact for at in range(4) for one in library.ledger.facts(FactFilter(), at, 1)]
        assert paged == [one.fact for one in found]
        with library.write() as writer:
            writer.forget("乙.txt")
        assert not any(one.disputed for one in library.ledger.facts(FactFilter()))


def test_all_ways_to_page_through_figures_tell_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered = [figure(str(number), f"指标{number:02}", year=2020 + number % 3) for number in range(30)]
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", *numbered))
            writer.put(stating("乙.txt", "青岚市方案", figure("99", "指标07", year=2021)))
        for wanted in (
            FactFilter(FactKind.INDICATOR),
            FactFilter(year=2021),
            FactFilter(FactKind.INDICATOR, text="大健康"),
            FactFilter(FactKind.INDICATOR, document=library.documents()[1].id),
        ):
            with monkeypatch.context() as patched:
                whole = library.pinned().ledger.facts(wanted, 0, 100)
                # Many more facts than are read at once.
                patched.setattr(fact_queries, "_FEW", 2)
                with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as again:
                    assert again.ledger.count(wanted) == len(whole)
                    paged = [one for at in range(0, 40, 3) for one in again.ledger.facts(wanted, at, 3)]
            assert [one.fact for one in paged] == [one.fact for one in whole]
            assert [one.disputed for one in paged] == [one.disputed for one in whole]
            assert [one.disputed for one in whole].index(False) == sum(one.disputed for one in whole)


def test_a_library_of_an_earlier_schema_gets_its_facts_by_rebuild(tmp_path: Path) -> None:
    settings = library_of("0005", tmp_path)
    with PolicyLibrary.open(settings) as library:
        (document,) = library.documents()
        assert library.ledger.unread == {document.id: ""}
        assert library.ledger.facts(FactFilter()) == []
        rebuild(settings, read_facts=reading)
        assert [one.fact for one in library.ledger.facts(FactFilter())] == [figure("800")]
        assert library.ledger.unread == {}


def test_a_document_whose_facts_could_not_be_read_is_listed(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(replace(parsed("甲.txt"), facts=FactReading(problem="出错")))
        (document,) = library.documents()
        assert library.ledger.unread == {document.id: "出错"}


@pytest.mark.parametrize("again", [False, True])
def test_facts_do_not_tell_two_readings_of_a_document_apart(tmp_path: Path, again: bool) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", figure("800")))
        with library.write() as writer:
            assert writer.put(stating("甲.txt", "青岚市规划"), again=again) == "unchanged"
        assert library.ledger.count(FactFilter()) == 1
