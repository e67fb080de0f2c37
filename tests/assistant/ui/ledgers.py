"""A library whose documents state something of every kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from assistant.days import today
from tests.vectorstore.samples import parsed
from tests.vectorstore.test_ledger import figure, stating
from vectorstore.facts import Deadline, Fact, FactReading, Measure, Statement, Task
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument

COMING = today() + timedelta(days=30)
DUTIES: dict[str, Statement] = {
    "编制河道治理方案，由市水务局牵头，市财政局配合，2027年底前完成。": Task(
        "编制河道治理方案", ("市水务局",), ("市财政局",), "2027年底前"
    ),
    "落实安置用地（责任单位：市自然资源局）。": Task("落实安置用地", ("市自然资源局",), duty=True),
}
DAYS: dict[str, Statement] = {
    "申报材料应于下月提交。": Deadline("apply", "", COMING.isoformat()),
    "本办法自2020年3月1日起施行。": Deadline("effect", "2020-03-01"),
    "自公示之日起30日内拨付，逾期不予办理。": Deadline("close", "", "", "公示之日", "30日"),
}
GRANTS: dict[str, Statement] = {
    "对首次入库的企业，给予10万元奖励。": Measure("首次入库的企业", "10万元"),
    "对连片改造项目，按投资额30%补助，最高200万元。": Measure("连片改造项目", "", "30%", "200万元"),
    "失信企业不予支持。": Measure("失信企业", excluded=True),
}


def of_statements(source: str, title: str, stated: dict[str, Statement]) -> ParsedDocument:
    """Make a document of sentences, each of which proves a fact."""
    document = parsed(source, *stated, title=title)
    facts = (
        Fact(statement, passage.ordinal, passage.text[:-1], passage.start, passage.end - 1)
        for passage, statement in zip(document.passages, stated.values(), strict=True)
    )
    return replace(document, facts=FactReading(tuple(facts)))


def ledger_documents() -> Iterable[ParsedDocument]:
    """Make the documents."""
    yield stating("甲.txt", "青岚市规划", figure("30", "规上企业", "云溪区", 2028), figure("800"))
    yield stating("乙.txt", "青岚市方案", figure("850"))
    yield of_statements("分工.txt", "青岚市河道治理分工方案", DUTIES)
    yield of_statements("办法.txt", "青岚市企业培育办法", DAYS)
    yield of_statements("措施.txt", "青岚市改造奖补措施", GRANTS)


def fill_ledger(folder: Path) -> None:
    """Put the documents into the library of a data folder."""
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=folder)) as library, library.write() as writer:
        for document in ledger_documents():
            writer.put(document)
