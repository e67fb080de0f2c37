"""What the documents do not say is refused, however near they come to it."""

from __future__ import annotations

import pytest

from tests.assistant.asking import Ask, Filled, asker, proven
from vectorstore.library import PolicyLibrary

PLAN = """甲川市海洋牧场发展规划

（2026—2030年）

一、发展目标

到2030年，全市海洋牧场面积达到300公顷，从业人员收入稳步提高。

二、保障措施

市财政加大对海洋牧场建设的支持力度，对新建人工鱼礁的企业给予补助。苗种中心投资建设68万平方米育苗池。
"""


@pytest.mark.parametrize(
    "question",
    [
        "海岬高新区2030年常住人口目标是多少？",
        "海岬高新区2025年PM2.5年均浓度是多少？",
        "海岬高新区2035年地区生产总值目标是多少？",
        "砚川市2027年生物医药产业产值目标是多少？",
        "望汀区2030年地区生产总值目标是多少？",
        "鹿屿县2030年旅游总收入目标是多少？",
        "南浦市2030年生物医药产业目标是多少？",
        "临澜市2030年新能源汽车产量目标是多少？",
        "临澜市商务局的联系电话是多少？",
        "“星火计划”每家企业补助多少万元？",
        "轨道交通3号线几时通车？",
    ],
)
def test_what_no_document_says_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.refused
    assert "资料中未找到" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "甲川市2028年海洋牧场面积是多少？",
        "乙原市2030年海洋牧场面积是多少？",
        "对新建人工鱼礁的企业补助多少万元？",
        "海洋牧场2030年产值是多少亿元？",
        "海洋牧场规划的联系电话是多少？",
        "海洋牧场苗种中心的投资是多少亿元？",
        "海洋牧场的产值是多少？",
    ],
    ids=[
        "wrong year",
        "wrong place",
        "no amount",
        "wrong quantity",
        "no telephone",
        "an area for money",
        "an area for a value",
    ],
)
def test_the_right_topic_without_the_asked_fact_is_refused(library_of: Filled, question: str) -> None:
    assert asker(library_of({"a.txt": PLAN}))(question).refused


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("甲川市2030年海洋牧场面积是多少？", "300公顷"),
        ("甲川市海洋牧场面积目标多大", "300公顷"),
        ("甲川市如何支持海洋牧场建设？", "加大对海洋牧场建设的支持力度"),
        ("推进省级海洋牧场建设，到2030年面积要达到多少公顷？", "300公顷"),
    ],
)
def test_what_it_does_say_is_not(library_of: Filled, question: str, held: str) -> None:
    answer = asker(library_of({"a.txt": PLAN}))(question)
    assert not answer.refused
    assert held in answer.text


def test_a_refusal_shows_what_is_nearest_with_its_source(ask: Ask, example_library: PolicyLibrary) -> None:
    answer = ask("海岬高新区2025年PM2.5年均浓度是多少？")
    assert "相关内容" in answer.text
    assert "22微克" in answer.text
    assert proven(answer, example_library)


def test_a_refusal_where_nothing_is_near_cites_nothing(library_of: Filled) -> None:
    answer = asker(library_of({"a.txt": PLAN}))("qwerty asdfgh")
    assert answer.refused
    assert answer.citations == ()


def test_beside_the_one_figure_that_is_asked_for_stands_nothing_without_it(library_of: Filled) -> None:
    text = (
        "甲川市渔业办法\n\n第一条 支持海洋牧场企业新建人工鱼礁，做好海洋牧场企业服务。\n\n"
        "第二条 海洋牧场企业新建人工鱼礁，每座补助30万元。\n"
    )
    answer = asker(library_of({"a.txt": text}))("海洋牧场企业新建人工鱼礁补助多少万元？")
    assert "30万元" in answer.text
    assert "做好海洋牧场企业服务" not in answer.text


def test_whether_an_aim_was_reached_takes_the_aim_and_what_was_reached(library_of: Filled) -> None:
    text = "甲川市渔业情况\n\n2025年，全市渔业产值完成86亿元。\n\n到2025年，力争全市渔业产值达到90亿元。\n"
    answer = asker(library_of({"a.txt": text}))("甲川市2025年渔业产值目标完成了吗？").text
    assert "86亿元" in answer
    assert "90亿元" in answer


def test_what_happened_for_the_first_time_is_no_plan(library_of: Filled) -> None:
    text = "甲川市渔业规划\n\n到2030年，力争全市渔业产值突破200亿元，养殖面积稳步扩大。\n"
    assert asker(library_of({"a.txt": text}))("甲川市渔业产值什么时候首次突破200亿元？").refused
