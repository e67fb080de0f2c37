from __future__ import annotations

from assistant.ui.tables import cited_html, table_html
from tests.assistant.ui.samples import HOSTILE, citation, passage, seen
from vectorstore.types import DocumentTable, PassageKind, TableRow

ROWS = (TableRow(("岸电使用率", "60%", "95%"), 100, 120), TableRow(("清洁集卡占比", "30%", ""), 120, 140))
TABLE = DocumentTable("主要指标", (("指标", "2025年", "2030年"),), ROWS, ("一、目标",), None, 90, 140)


def test_a_table_is_shown_whole_with_the_row_of_the_passage_highlighted() -> None:
    here = passage("清洁集卡占比：2025年30%", kind=PassageKind.TABLE_ROW, start=120, end=140)
    drawn = seen(table_html(TABLE, here))
    assert drawn.tags.count("tr") == 3
    assert drawn.marked == "清洁集卡占比30%"
    assert "主要指标" in drawn.text


def test_no_row_is_highlighted_where_none_is_meant() -> None:
    assert seen(table_html(TABLE)).marked == ""


def test_hostile_cells_stay_text() -> None:
    hostile = DocumentTable(HOSTILE, ((HOSTILE,),), (TableRow((HOSTILE,), 0, 5),), (), None, 0, 5)
    drawn = seen(table_html(hostile))
    assert not {"script", "img", "a"} & set(drawn.tags)
    assert drawn.text.count(HOSTILE) == 3


def test_only_the_quoted_rows_are_shown_each_with_what_leads_to_its_proof() -> None:
    text = "清洁集卡占比：2025年30%"
    quoted = citation(text, text, 3, passage=passage(text, kind=PassageKind.TABLE_ROW, start=120, end=140))
    drawn = seen(cited_html(TABLE, [quoted], "e1"))
    assert "清洁集卡占比" in drawn.text
    assert "岸电使用率" not in drawn.text
    assert drawn.links == ["#card-e1-3"]
