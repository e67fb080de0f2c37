"""Documents of a made-up place for the tests of the library."""

import hashlib
from datetime import UTC, datetime

from vectorstore.types import (
    DocumentKind,
    DocumentTable,
    ParsedDocument,
    Passage,
    PassageKind,
    Period,
    PolicyDocument,
    Status,
    TableRow,
)

SENTENCES = (
    "青岚市到2030年大健康产业总规模达到800亿元。",
    "支持专精特新企业发展，按研发费用加计扣除后给予补助。",
    "建设云溪河沿岸生态廊道，新增绿地120公顷。",
)
PLACES = ("云溪区", "松涛县", "白鹭镇", "临江新城", "石桥乡")
FIELDS = ("人才公寓建设", "中试基地", "冷链物流", "智慧农业", "河道治理", "养老服务", "低空经济")

DISTRICTS = DocumentTable(
    caption="表1 分区目标",
    header=(("分区", "目标", "目标"), ("分区", "2025年", "2030年")),
    rows=(TableRow(("一、沿河片区", "", ""), 0, 6), TableRow(("云溪区", "12", "20"), 7, 16)),
    section=("第一章 总体要求", "第1节"),
    page=3,
    start=0,
    end=16,
)


def parsed(
    source: str,
    *texts: str,
    title: str = "青岚市产业发展规划",
    number: str = "",
    repeals: tuple[str, ...] = (),
    tables: tuple[DocumentTable, ...] = (),
) -> ParsedDocument:
    """Make a document whose passages are the given texts."""
    texts = texts or SENTENCES
    body = "\n".join(texts)
    content_hash = hashlib.sha256((title + body).encode()).hexdigest()
    document_id = content_hash[:16]
    document = PolicyDocument(
        id=document_id,
        source=source,
        content_hash=content_hash,
        title=title,
        region="青岚市",
        document_number=number,
        period=Period(2026, 2030),
        kind=DocumentKind.PLAN,
        status=Status.IN_FORCE,
        repeals=repeals,
        script="hans",
        format="txt",
        ingested_at=datetime(2026, 1, 2, tzinfo=UTC),
    )
    passages = []
    start = 0
    for ordinal, text in enumerate(texts):
        passages.append(
            Passage(
                id=f"{document_id}:{ordinal:05}",
                document_id=document_id,
                ordinal=ordinal,
                section=("第一章 总体要求", f"第{ordinal + 1}节"),
                kind=PassageKind.TEXT,
                text=text,
                page=None,
                start=start,
                end=start + len(text),
                previous=f"{document_id}:{ordinal - 1:05}" if ordinal else "",
                next=f"{document_id}:{ordinal + 1:05}" if ordinal + 1 < len(texts) else "",
            )
        )
        start += len(text) + 1
    return ParsedDocument(document, body, tuple(passages), tables)


def versioned(source: int, version: int) -> ParsedDocument:
    """Make one version of a document of twenty passages; no two versions share a passage."""
    texts = [
        f"第{source}号文件第{version}版第{place}段：{PLACES[(source + place) % len(PLACES)]}"
        f"安排专项资金{100 * version + place}万元，支持{FIELDS[(version + place) % len(FIELDS)]}。"
        for place in range(20)
    ]
    return parsed(f"{source}.txt", *texts, title=f"青岚市第{source}号文件")
