"""What a question wants a figure of must be what the sentence tells a figure of."""

from __future__ import annotations

import pytest

from tests.assistant.asking import Ask, Filled, asker

PLAN = """甲川市海洋药物若干措施

第一条 对完成Ⅰ期、Ⅱ期、Ⅲ期临床试验的海洋药物，分别给予50万元、80万元、90万元资助。

第二条 对首次取得三类渔具登记证的，每个品种奖励20万元。

第三条 甲川海洋股权投资基金总规模6亿元，首期投入2亿元。

第四条 打造“四通八达”服务平台，由育苗平台、检测平台、交易平台、培训平台组成。

第五条 支持甲川药业集团打造“千亿级”海洋药物企业，对其育苗给予租金补贴。

第六条 深水网箱每座节约面积300平方米。

第七条 企业应当自公告之日起一年内提出申请，逾期不予受理。

第八条 到2030年，规模以上渔业企业达到45家；养殖尾水达标率由2025年的70%调整为2026年的82%。
"""


@pytest.fixture
def ask(library_of: Filled) -> Ask:
    return asker(library_of({"measures.txt": PLAN}))


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("海洋药物做完三期临床试验，最多能拿多少资助？", "90万元"),
        ("首次取得三类渔具登记证奖励多少？", "20万元"),
        ("甲川海洋股权投资基金总规模多大？", "6亿元"),
        ("深水网箱实际上能省多少面积？", "300平方米"),
        ("企业申报要在多长时间内提出？", "一年内"),
        ("甲川市规上渔业企业2030年要到多少家？", "45家"),
        ("甲川市养殖尾水达标率2026年是上升还是下降？", "82%"),
        ("“四通八达”服务平台由哪四类平台组成？", "检测平台"),
    ],
    ids=[
        "Ⅲ as 三",
        "its class",
        "a word cut out between two",
        "not the province of 实际上能省",
        "how long",
        "规上",
        "one of two is true",
        "哪四类 counts",
    ],
)
def test_words_that_only_ask_name_no_other_thing(ask: Ask, question: str, held: str) -> None:
    answer = ask(question)
    assert not answer.refused
    assert held in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "首次取得二类渔具登记证奖励多少？",
        "海洋药物完成四期临床试验资助多少？",
        "甲川市海洋药物企业的租金补贴标准是多少？",
    ],
    ids=["another class", "another phase", "千亿级 is no amount"],
)
def test_another_class_phase_or_figure_is_refused(ask: Ask, question: str) -> None:
    assert ask(question).refused


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("建造远洋渔船补助多少？", ""),
        ("新建人工鱼礁补助多少？", "30万元"),
    ],
    ids=["of another thing", "in its own clause"],
)
def test_the_figure_stands_beside_what_it_measures(library_of: Filled, question: str, held: str) -> None:
    text = (
        "甲川市渔业规划\n\n改善码头条件，建造远洋渔船，新建人工鱼礁每座补助30万元，"
        "到2030年水产加工总量稳步增长，突破95亿元。\n"
    )
    others = {f"{number}.txt": f"丙岭县林业规划\n\n到2030年，造林{number}万亩。\n" for number in range(3)}
    answer = asker(library_of({"a.txt": text, **others}))(question)
    assert answer.refused is not bool(held)
    assert held in answer.text
