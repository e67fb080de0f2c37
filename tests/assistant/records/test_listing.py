from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.records.expiring import Ending
from assistant.records.listing import Filter, Heading, gaps, structure, wanted
from tests.assistant.ui.samples import document, passage
from vectorstore.types import DocumentKind, Period, PolicyDocument, Status

TODAY = date(2026, 6, 1)
PORT = document(id="port", kind=DocumentKind.MEASURE, ingested_at=datetime(2026, 5, 1, tzinfo=UTC))
OLD = document(
    id="old",
    title="白沙市海洋規劃",
    region="白沙市",
    issuer="",
    document_number="",
    issued_on=None,
    period=Period(2016, 2020),
    kind=DocumentKind.PLAN,
    ingested_at=datetime(2026, 5, 2, tzinfo=UTC),
)
NEWS = document(id="news", title="港口见闻", issuer="", document_number="", status=Status.NOT_POLICY)


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        (Filter(), ["old", "port", "news"]),
        (Filter("海洋规划"), ["old"]),
        (Filter("青政发 绿色"), ["port"]),
        (Filter(statuses=(Status.EXPIRED,)), ["old"]),
        (Filter(endings=(Ending.OVER,)), ["old"]),
        (Filter(endings=(Ending.SOON, Ending.REPLACED)), []),
        (Filter(regions=("青屿市",)), ["port", "news"]),
        (Filter(kinds=(DocumentKind.PLAN, DocumentKind.MEASURE)), ["old", "port"]),
        (Filter(incomplete_only=True), ["old"]),
        (Filter("没有这样的文件"), []),
    ],
)
def test_a_filter_leaves_what_it_wants_the_newest_first(chosen: Filter, left: list[str]) -> None:
    assert [found.id for found in wanted((PORT, OLD, NEWS), chosen, TODAY)] == left


def test_what_is_not_known_is_named_and_news_need_no_issuer() -> None:
    assert gaps(PORT) == ()
    assert gaps(NEWS) == ()
    bare = PolicyDocument("bare", "a.txt", "0", "办法")
    assert gaps(bare) == ("地区", "发文机关", "日期", "状态")
    assert gaps(replace(bare, status=Status.DRAFT)) == ("地区", "发文机关", "日期")


def test_the_structure_is_each_heading_once_with_its_own_passages() -> None:
    paths = [
        (),
        ("一、总则",),
        ("一、总则", "（一）目标"),
        ("一、总则", "（一）目标"),
        ("二、附则", "（一）解释"),
    ]
    passages = [passage("文", section=path, ordinal=number) for number, path in enumerate(paths)]
    assert structure(passages) == (
        Heading("一、总则", 0, 1),
        Heading("（一）目标", 1, 2),
        Heading("二、附则", 0, 0),
        Heading("（一）解释", 1, 1),
    )
