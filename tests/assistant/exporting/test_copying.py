from __future__ import annotations

import pytest

from assistant.exporting.answer_tables import tables_of
from assistant.exporting.copying import as_html, as_text, copied_tables
from tests.assistant.exporting.tables import CITED, GRID, QUOTED, ROW
from tests.assistant.ui.samples import answer


def test_a_table_is_copied_alone_and_each_row_names_its_sources() -> None:
    label = "《青屿市绿色港口发展办法》第一章第二节"
    assert as_text(copied_tables(tables_of(answer(GRID, *CITED)), CITED)).splitlines() == [
        "指标\t2030年\t依据",
        f"岸电使用率\t95%\t{label}（现行有效）",
        f"集卡占比\t60.50\t{label}（征求意见稿）；{label}（现行有效）",
    ]


def test_quoted_rows_are_copied_under_the_name_of_their_table() -> None:
    blocks = copied_tables(tables_of(answer("[3]", ROW), [QUOTED]), [ROW])
    assert as_html(blocks).startswith('<p>主要指标</p><table border="1"><tr><td>指标</td><td>2025年</td>')


@pytest.mark.parametrize(
    ("cell", "pasted"), [("=1+1", "'=1+1"), ("-3.5%", "-3.5%"), ("-", "-"), ("－", "－"), ("+86", "'+86")]
)
def test_no_spreadsheet_calculates_what_is_pasted(cell: str, pasted: str) -> None:
    tables = tables_of(answer(f"| 甲 | 乙 |\n| --- | --- |\n| 丙 | {cell} |"))
    assert as_text(copied_tables(tables, ())).splitlines()[1] == f"丙\t{pasted}\t"
