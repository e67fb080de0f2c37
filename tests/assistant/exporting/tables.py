"""An answer with a table in its text, and rows of a document's table."""

from __future__ import annotations

from assistant.exporting.answer_tables import QuotedRows
from tests.assistant.ui.samples import citation, passage
from vectorstore.types import DocumentTable, PassageKind, Status, TableRow

TEXT = "到2030年，港口岸电使用率达到95%。到2030年，清洁能源集卡占比达到60%。"
FIRST, SECOND = "到2030年，港口岸电使用率达到95%。", "到2030年，清洁能源集卡占比达到60%。"
GRID = (
    "两项指标：\n| 指标 | 2030年 |\n| --- | --- |\n| 岸电使用率 | 95% [1] |\n| 集卡占比 [2] | 60.50 [2][1] |"
)
CITED = (citation(TEXT, FIRST, 1), citation(TEXT, SECOND, 2, standing=Status.DRAFT))
TABLE = DocumentTable(
    "主要指标",
    (("指标", "2025年"),),
    (TableRow(("岸电使用率", "60"), 100, 120), TableRow(("集卡占比", "≥30"), 120, 140)),
    (),
    None,
    90,
    140,
)
ROW = citation(
    "集卡占比：≥30",
    "集卡占比：≥30",
    3,
    passage=passage("集卡占比：≥30", kind=PassageKind.TABLE_ROW, start=120, end=140),
)
QUOTED = QuotedRows(TABLE, (ROW,))
