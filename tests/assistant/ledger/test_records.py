"""Facts as JSON and in tables, with what staff said of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.days import today
from assistant.ledger.cells import cells
from assistant.ledger.records import facts_record
from tests.vectorstore.test_ledger import figure, stating
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import Indicator
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings


def test_a_record_and_a_row_tell_what_staff_said(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", figure("800"), figure("30", "规上企业")))
        changes: tuple[tuple[tuple[str, str], ...], ...] = ((), (("value", "35"),))
        for found, said in zip(library.ledger.facts(FactFilter()), changes, strict=True):
            fact = found.fact
            with library.write() as writer:
                writer.revise(FactRevision("甲.txt", fact.kind, fact.quote, fact.read, said, not said))
        (one,) = facts_record(library.ledger, FactFilter(), 0, 10)["facts"]
        assert (one["value"], one["original"]["value"], one["corrected"]) == ("35", "30", True)
        both = facts_record(library.ledger, FactFilter(rejected=True), 0, 10)["facts"]
        assert [record["rejected"] for record in both] == [True, False]
        rows = library.ledger.facts(FactFilter(rejected=True))
        told = [cells(row, library.ledger, today())["更正"] for row in rows]
        assert told == ["误读", "已更正，原为：数值 30"]


def test_a_name_that_says_nothing_without_its_heading_is_told_with_it(tmp_path: Path) -> None:
    bare = figure("110", "产业规模")
    assert isinstance(bare.statement, Indicator)
    of_heading = replace(bare, statement=replace(bare.statement, normal_name="中药产业规模"))
    in_brackets = replace(bare, statement=replace(bare.statement, name="产值（现价）", normal_name="产值"))
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as library:
        with library.write() as writer:
            writer.put(stating("甲.txt", "青岚市规划", of_heading, in_brackets))
        told = {cells(row, library.ledger, today())["指标"] for row in library.ledger.facts(FactFilter())}
    assert told == {"中药产业规模", "产值（现价）"}
