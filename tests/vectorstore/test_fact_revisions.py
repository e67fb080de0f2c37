"""What staff say of facts: it shows in the ledger, outlives rebuild and new versions, and is never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.vectorstore.samples import parsed
from tests.vectorstore.test_ledger import SENTENCE, figure, stating
from vectorstore.backup import backup, restore
from vectorstore.errors import LibraryError
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import Deadline, Fact, FactKind, FactReading, Indicator, Measure, Statement, Task
from vectorstore.ledger import BodyRole, FactFilter, FoundFact
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild
from vectorstore.revising import FIELDS, revised, texts_of
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument


def proven(statement: Statement, quote: str = SENTENCE[:-1]) -> Fact:
    return Fact(statement, 0, quote, 0, len(quote))


def of(found: FoundFact, rejected: bool = False, **changes: str) -> FactRevision:
    fact = found.fact
    said = tuple(changes.items())
    return FactRevision(found.document.source, fact.kind, fact.quote, fact.read, said, rejected, "甲")


def put(library: PolicyLibrary, *documents: ParsedDocument) -> None:
    with library.write() as writer:
        for document in documents:
            writer.put(document)


def values(library: PolicyLibrary, wanted: FactFilter | None = None) -> list[str]:
    found = library.ledger.facts(wanted or FactFilter())
    return [one.fact.statement.value for one in found if isinstance(one.fact.statement, Indicator)]


def test_a_correction_shows_at_once_and_is_found_by_what_it_says(any_engine: LibrarySettings) -> None:
    with PolicyLibrary.open(any_engine) as library:
        put(library, stating("甲.txt", "青岚市规划", figure("800"), figure("30", "不动产")))
        first = next(one for one in library.ledger.facts(FactFilter(name="大健康")))
        with library.write() as writer:
            writer.revise(of(first, value="900", year="2026-2031", region="云溪区"))
        (found,) = library.ledger.facts(FactFilter(region="云溪", year=2028))
        assert isinstance(found.fact.statement, Indicator)
        assert found.fact.statement.normal_value == "90000000000"
        assert found.fact.original == first.fact.statement
        assert library.ledger.count(FactFilter(name="不动产", region="云溪")) == 0
        with library.write() as writer:
            writer.withdraw(found.fact.revision)
        assert [one.fact for one in library.ledger.facts(FactFilter(name="大健康"))] == [first.fact]


def test_what_is_called_misread_is_listed_only_where_it_is_wanted(any_engine: LibrarySettings) -> None:
    with PolicyLibrary.open(any_engine) as library:
        put(
            library,
            stating("甲.txt", "青岚市规划", figure("800")),
            stating("乙.txt", "青岚市方案", figure("850")),
        )
        found = library.ledger.facts(FactFilter())
        assert all(one.disputed for one in found)
        with library.write() as writer:
            writer.revise(of(found[0], rejected=True))
        (left,) = library.ledger.facts(FactFilter())
        assert not left.disputed
        assert library.ledger.count(FactFilter()) == 1
        both = library.ledger.facts(FactFilter(rejected=True))
        assert sorted(one.fact.rejected for one in both) == [False, True]


def test_what_was_said_outlives_rebuild_and_the_next_version_of_the_file(tmp_path: Path) -> None:
    settings = LibrarySettings(policy_data_dir=tmp_path)
    facts = (figure("800"), figure("30", "不动产"))
    with PolicyLibrary.open(settings) as library:
        put(library, stating("甲.txt", "青岚市规划", *facts))
        for found, said in zip(
            library.ledger.facts(FactFilter()), ({"rejected": True}, {"value": "900"}), strict=True
        ):
            with library.write() as writer:
                writer.revise(of(found, **said))  # type: ignore[arg-type]
        assert values(library) == ["900"]
        rebuild(settings, read_facts=lambda _: FactReading(facts))
        assert values(library) == ["900"]
        put(library, stating("甲.txt", "青岚市规划（修订）", *facts))
        assert values(library) == ["900"]
        with library.write() as writer:
            writer.forget("甲.txt")
        assert len(library.ledger.idle) == 2
        put(library, stating("甲.txt", "青岚市规划", *facts))
        assert values(library) == ["900"]
        assert not library.ledger.idle


def test_a_correction_whose_words_are_gone_is_listed_and_comes_back_with_them(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        put(library, stating("甲.txt", "青岚市规划", figure("800")))
        with library.write() as writer:
            writer.revise(of(library.ledger.facts(FactFilter())[0], value="900"))
        other = replace(figure("700"), quote="青岚市到2030年", end=8)
        put(library, stating("甲.txt", "青岚市新规划", other))
        assert values(library) == ["700"]
        (idle,) = library.ledger.idle
        assert (idle.source, idle.quote, idle.who) == ("甲.txt", SENTENCE[:-1], "甲")
        assert idle.at is not None
        put(library, stating("甲.txt", "青岚市规划", figure("800")))
        assert (values(library), len(library.ledger.idle)) == (["900"], 0)


def test_words_read_otherwise_than_before_keep_what_was_said_of_their_only_fact(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        put(library, stating("甲.txt", "青岚市规划", figure("800")))
        with library.write() as writer:
            writer.revise(of(library.ledger.facts(FactFilter())[0], value="900"))
        put(library, stating("甲.txt", "青岚市新规划", figure("80")))
        assert values(library) == ["900"]
        put(library, stating("甲.txt", "青岚市再规划", figure("80"), figure("90")))
        assert values(library) == ["80", "90"]
        assert len(library.ledger.idle) == 1


def test_saying_more_of_a_fact_takes_the_place_of_what_was_said(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        put(library, stating("甲.txt", "青岚市规划", figure("800")))
        for value in ("900", "950"):
            with library.write() as writer:
                writer.revise(of(library.ledger.facts(FactFilter())[0], value=value))
        (found,) = library.ledger.facts(FactFilter())
        assert values(library) == ["950"]
        with library.write() as writer:
            writer.withdraw(found.fact.revision)
        assert (values(library), len(library.ledger.idle)) == (["800"], 0)
        with pytest.raises(LibraryError, match="撤销"), library.write() as writer:
            writer.withdraw(found.fact.revision)


def test_what_was_said_goes_into_a_backup(tmp_path: Path) -> None:
    old, new = (LibrarySettings(policy_data_dir=tmp_path / name) for name in ("old", "new"))
    with PolicyLibrary.open(old) as library:
        put(library, stating("甲.txt", "青岚市规划", figure("800")))
        with library.write() as writer:
            writer.revise(of(library.ledger.facts(FactFilter())[0], value="900"))
    backup(old, tmp_path / "backup.zip")
    restore(new, tmp_path / "backup.zip")
    with PolicyLibrary.open(new) as library:
        assert values(library) == ["900"]
        assert library.ledger.facts(FactFilter())[0].fact.original == figure("800").statement


def test_the_region_of_facts_follows_the_documents_without_rebuild(any_engine: LibrarySettings) -> None:
    own, named = figure("800"), figure("30", "规上企业", "云溪区")
    assert isinstance(named.statement, Indicator)
    named = replace(named, statement=replace(named.statement, named="云溪区"))
    measure = proven(Measure("规上企业", "10万元"))
    with PolicyLibrary.open(any_engine) as library:
        put(library, stating("甲.txt", "青岚市规划", own, named, measure))
        with library.write() as writer:
            writer.correct("甲.txt", {"region": "松涛县"})
        assert library.ledger.regions() == ("云溪区", "松涛县")
        assert library.ledger.regions(FactKind.MEASURE) == ("松涛县",)
        put(library, stating("甲.txt", "青岚市新规划", own, named, measure))
        assert library.ledger.regions() == ("云溪区", "松涛县")
        with library.write() as writer:
            writer.correct("甲.txt", {"region": None})
        assert library.ledger.regions() == ("云溪区", "青岚市")
        assert library.ledger.regions(FactKind.MEASURE) == ("青岚市",)


def test_other_kinds_are_found_and_ordered_by_what_they_are_about(tmp_path: Path) -> None:
    tasks = (
        proven(Task("编制方案", ("市发改局",), ("市财政局",), "2027年底前")),
        proven(Task("落实用地", ("市自然资源局",), (), "2026年6月底前", duty=True)),
    )
    deadlines = (
        proven(Deadline("apply", "", "2026-05-01")),
        proven(Deadline("close", counted_from="公告发布之日", length="30日")),
        proven(Deadline("effect", "2025-01-01")),
    )
    measures = (
        proven(Measure("甲类企业", "10万元"), "甲类企业10万元"),
        proven(Measure("乙类企业", "", "30%", "200万元"), "乙类企业最高200万元"),
        proven(Measure("失信企业", excluded=True), "失信企业不予支持"),
    )
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        put(library, stating("甲.txt", "青岚市规划", *tasks, *deadlines, *measures))

        def told(wanted: FactFilter) -> list[Statement]:
            return [one.fact.statement for one in library.ledger.facts(wanted)]

        day = date(2026, 1, 1)
        assert told(FactFilter(since=day)) == [deadlines[0].statement, deadlines[1].statement]
        assert told(FactFilter(before=day)) == [deadlines[2].statement]
        assert told(FactFilter(relation="close")) == [deadlines[1].statement]
        assert told(FactFilter(FactKind.MEASURE)) == [measures[at].statement for at in (1, 0, 2)]
        assert told(FactFilter(FactKind.MEASURE, text="甲类")) == [measures[0].statement]
        assert told(FactFilter(body="财政")) == [tasks[0].statement]
        assert told(FactFilter(role=BodyRole.PARTNER)) == [tasks[0].statement]
        assert told(FactFilter(role=BodyRole.DUTY)) == [tasks[1].statement]
        assert told(FactFilter(body="自然资源", role=BodyRole.LEAD)) == []
        assert library.ledger.bodies == ("市发改局", "市自然资源局", "市财政局")


@pytest.mark.parametrize(
    "statement",
    [
        figure("800").statement,
        Deadline("apply", "2026-01-01", "2026-02-01"),
        Task("编制方案", ("甲局", "乙局"), ("丙局",), "2027年"),
        Measure("企业", "10万元", "5%", "100万元"),
    ],
)
def test_the_fields_of_a_statement_can_be_written_back(statement: Statement) -> None:
    texts = texts_of(statement)
    assert list(texts) == list(FIELDS[proven(statement).kind])
    assert revised(statement, texts) == statement


@pytest.mark.parametrize(
    ("statement", "changes", "told"),
    [
        (figure("800").statement, {"value": "很多"}, "数值不能是 很多"),
        (figure("800").statement, {"year": "明年"}, "年份不能是 明年"),
        (figure("800").statement, {"name": " "}, "指标不能为空"),
        (Deadline("apply"), {"last_day": "5月1日"}, "看不懂日期 5月1日"),
        (Deadline("apply", "2026-05-01"), {"last_day": "2026-04-01"}, "晚于"),
        (Task("编制", ("甲局",)), {"lead": ""}, "不能为空"),
    ],
)
def test_what_a_field_cannot_say_is_refused(statement: Statement, changes: dict[str, str], told: str) -> None:
    with pytest.raises(LibraryError, match=told):
        revised(statement, changes)


def test_a_corrected_figure_is_normalised(tmp_path: Path) -> None:
    falling = figure("3").statement
    assert isinstance(falling, Indicator)
    falling = replace(falling, unit="%", normal_unit="%", normal_value="-3", measure="growth")
    changed = revised(falling, {"value": "4.50"})
    assert isinstance(changed, Indicator)
    assert (changed.value, changed.normal_value, changed.normal_unit) == ("4.50", "-4.5", "%")
    ranged = revised(figure("800").statement, {"value": "5-8", "unit": "万元"})
    assert isinstance(ranged, Indicator)
    assert (ranged.comparator, ranged.normal_value, ranged.normal_unit) == ("range", "50000-80000", "元")


def test_an_unknown_file_is_refused(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        put(library, parsed("甲.txt"))
        revision = FactRevision("没有.txt", FactKind.INDICATOR, "文", figure("1").statement)
        with pytest.raises(LibraryError), library.write() as writer:
            writer.revise(revision)
