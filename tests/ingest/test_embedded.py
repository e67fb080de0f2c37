from ingest.embedded import tables_as_pipes
from ingest.pipeline import parse
from vectorstore.types import PassageKind

TABLE = (
    '<table border="1"><tr><th>类别</th><th>指标</th><th>2030年</th></tr>'
    '<tr><td rowspan="2">设施</td><td>起降点（个）</td><td><b>60</b></td></tr>'
    "<tr><td>航线（条）</td><td>40</td></tr></table>"
)


def test_a_table_becomes_rows_of_pipes() -> None:
    assert tables_as_pipes(f"前{TABLE}后").split("\n") == [
        "前",
        "| 类别 | 指标 | 2030年 |",
        "|---|---|---|",
        "| 设施 | 起降点（个） | 60 |",
        "|  | 航线（条） | 40 |",
        "后",
    ]


def test_a_cell_over_columns_stands_in_each_of_them() -> None:
    table = "<table><tr><td colspan=2>目标</td></tr><tr><td>2025年</td><td>2030年</td></tr></table>"
    assert "| 目标 | 目标 |" in tables_as_pipes(table)


def test_words_about_tables_stay() -> None:
    assert tables_as_pipes("见<表1>和 x < table 的比较") == "见<表1>和 x < table 的比较"


def test_the_rows_of_a_document_are_found() -> None:
    parsed = parse(
        f"# 云岭市规划\n\n一、指标\n\n主要指标如下。\n\n{TABLE}\n\n二、任务\n\n建设起降点。".encode(), "a.md"
    )
    rows = [passage.text for passage in parsed.passages if passage.kind == PassageKind.TABLE_ROW]
    assert rows == ["设施｜起降点（个）：2030年60个", "设施｜航线（条）：2030年40条"]
