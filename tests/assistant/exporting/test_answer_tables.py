from __future__ import annotations

from assistant import Assistant
from assistant.exporting.answer_tables import quoted_rows
from assistant.settings import AssistantSettings
from vectorstore.library import PolicyLibrary


def test_rows_that_the_text_sets_out_as_a_table_are_not_shown_again(example_library: PolicyLibrary) -> None:
    whole = Assistant(example_library, AssistantSettings()).ask("海岬高新区的主要指标有哪些？").answer
    assert "| 地区生产总值（亿元）[1] |" in whole.text
    assert quoted_rows(example_library, whole) == ()


def test_a_quoted_row_is_shown_in_its_table(example_library: PolicyLibrary) -> None:
    question = "临澜市药品上市许可持有人企业2025年有多少家，2030年目标多少？"
    one = Assistant(example_library, AssistantSettings()).ask(question).answer
    (quoted,) = quoted_rows(example_library, one)
    assert "主要指标" in quoted.table.caption
    assert len(quoted.citations) < len(quoted.table.rows)
