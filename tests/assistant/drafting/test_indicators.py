"""Questions about a table as a whole go by the table, those about one of its rows by the row."""

from tests.assistant.asking import MARK, Ask, Filled, asker, proven
from vectorstore.library import PolicyLibrary

PLAN = """云泽市海洋经济规划（2026—2030年）

一、目标

到2030年，全市海洋经济主要指标如下。

| 序号 | 指标 | 2025年 | 2030年 | 属性 |
|---|---|---|---|---|
| 一、产业规模 | | | | |
| 1 | 总产值（亿元） | 400 | 650 | 预期性 |
| 2 | 出口额（亿元） | 30 | 50 | 预期性 |
| 二、民生服务 | | | | |
| 3 | 学位（个） | 900 | 1200 | 约束性 |

重点工程如下，由各区分头组织实施。

| 工程 | 投资（亿元） | 牵头单位 |
|---|---|---|
| 港区 | 40 | 市交通局 |
| 大桥 | 30 | 市住建局 |
"""


def test_rows_of_a_table_without_caption_are_counted_by_themselves_and_in_their_groups(
    library_of: Filled,
) -> None:
    answer = asker(library_of({"规划.md": PLAN}))("云泽市海洋经济规划的总产值、出口额等主要指标有哪些？")
    text = MARK.sub("", answer.text)
    assert "共三项" in text
    assert "港区" not in text
    assert [name in text for name in ("一、产业规模", "二、民生服务", "学位")] == [True] * 3


def test_a_row_that_is_named_answers_by_itself(library_of: Filled) -> None:
    plan = PLAN.replace("学位（个）", "公办学位数量（个）")
    question = "云泽市公办学位数量的现状是多少？这个指标是约束性还是预期性？"
    text = asker(library_of({"规划.md": plan}))(question).text
    assert [held in text for held in ("900", "约束性", "总产值")] == [True, True, False]


def test_rows_are_told_with_their_values_below_the_names_of_the_columns(
    ask: Ask, example_library: PolicyLibrary
) -> None:
    answer = ask("临澜市生物医药产业规划有哪些指标？")
    lines = answer.text.splitlines()
    assert "| 类别 | 主要指标 | 2025年 | 2028年 | 2030年 | 属性 |" in lines
    row = next(line for line in lines if "生物医药产业规模（亿元）[1]" in line)
    assert row == "| 规模效益 | 生物医药产业规模（亿元）[1] | 520.3 | 850 | 力争1200 | 预期性 |"
    assert proven(answer, example_library)


GUIDE = """云泽市渔船登记办事指南

一、申请材料

| 材料 | 份数 | 说明 |
|---|---|---|
| 登记申请表 | 1 | 原件 |
| 船舶检验证书 | 2 | 复印件 |
| 船主身份证明 | 1 | 原件 |
"""


def test_a_list_that_stands_in_a_table_is_told_with_all_its_rows(library_of: Filled) -> None:
    library = library_of({"指南.md": GUIDE})
    answer = asker(library)("云泽市渔船登记申请要带哪些材料？")
    assert all(name in answer.text for name in ("登记申请表", "船舶检验证书", "船主身份证明"))
    assert proven(answer, library)
