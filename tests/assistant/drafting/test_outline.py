"""A list that a document gives by its headings is answered by these headings, all of them."""

from __future__ import annotations

import pytest

from tests.assistant.asking import MARK, Ask, Filled, asker, proven
from vectorstore.library import PolicyLibrary

PLAN = """# 甲川市海洋牧场发展规划

## 一、重点任务

### （一）投放人工鱼礁

每年投放人工鱼礁不少于两万空方，由市海洋局组织验收。

### （二）培育经营主体

支持渔民合作社参与海洋牧场建设，按规定给予贴息。

### （三）发展休闲渔业

建设海上观光平台，开发垂钓线路。

## 二、保障措施

**加强组织领导。**成立海洋牧场建设领导小组，定期研究重大事项。

**强化资金保障。**统筹海洋专项资金，优先支持人工鱼礁建设。
"""


@pytest.mark.parametrize(
    ("question", "headings"),
    [
        ("海洋牧场规划的重点任务有哪些？", ["投放人工鱼礁", "培育经营主体", "发展休闲渔业"]),
        ("甲川市海洋牧场的保障措施包括哪些？", ["加强组织领导", "强化资金保障"]),
        ("三项重点任务分别是什么？", ["投放人工鱼礁", "培育经营主体", "发展休闲渔业"]),
    ],
)
def test_the_parts_of_a_section_answer_in_their_order(
    library_of: Filled, question: str, headings: list[str]
) -> None:
    library = library_of({"plan.md": PLAN})
    answer = asker(library)(question)
    places = [answer.text.find(heading) for heading in headings]
    assert -1 not in places
    assert places == sorted(places)
    assert proven(answer, library)


def test_numbers_of_articles_are_no_list(library_of: Filled) -> None:
    articles = PLAN.replace("（一）投放人工鱼礁", "第二条").replace("（二）培育经营主体", "第三条")
    articles = articles.replace("（三）发展休闲渔业", "第四条")
    text = asker(library_of({"plan.md": articles}))("海洋牧场建设有哪些任务？").text
    assert not {"第二条[1]", "第三条[2]"} & set(text.splitlines())
    assert "建设海上观光平台" in text


def test_other_sections_are_left_out(library_of: Filled) -> None:
    text = asker(library_of({"plan.md": PLAN}))("海洋牧场规划的重点任务有哪些？").text
    assert "加强组织领导" not in text


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("临澜市生物医药规划的保障措施有哪些？", ["组织领导", "资金支持", "用地保障", "监督评估"]),
        pytest.param(
            "海岬高新区的“一城三区”发展定位是哪些？",
            ["海湾智造新城", "示范区", "开放合作先行区", "宜居宜业样板区"],
            marks=pytest.mark.xfail(strict=True, reason="a list that goes on in the next passage is cut"),
        ),
    ],
)
def test_lists_of_the_examples_are_whole(
    ask: Ask, example_library: PolicyLibrary, question: str, held: list[str]
) -> None:
    answer = ask(question)
    assert not answer.refused
    assert not [wanted for wanted in held if wanted not in answer.text]
    assert proven(answer, example_library)


def test_a_quoted_name_of_several_things_is_explained_by_them(
    ask: Ask, example_library: PolicyLibrary
) -> None:
    answer = ask("海岬高新区“一港两谷三园”指什么？")
    wanted = ["海岬药港", "传感谷", "数创谷", "新型储能产业园", "海洋装备产业园", "低空经济产业园"]
    assert not [name for name in wanted if name not in answer.text]
    assert proven(answer, example_library)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("“海洋牧场领航员”是哪个部门选派的？", "市海洋局选派"),
        ("“海洋牧场领航员”是谁选派的？", "市海洋局选派"),
    ],
)
def test_a_name_within_a_section_does_not_call_for_its_headings(
    library_of: Filled, question: str, held: str
) -> None:
    more = "### （四）选派指导人员\n\n“海洋牧场领航员”由市海洋局选派，每年不少于二十名。\n\n## 二、保障措施"
    ask = asker(library_of({"plan.md": PLAN.replace("## 二、保障措施", more)}))
    text = ask(question).text
    assert held in text
    assert "投放人工鱼礁" not in text


def test_every_item_has_a_mark_of_its_own(ask: Ask) -> None:
    lines = ask("临澜市生物医药规划的保障措施有哪些？").text.splitlines()
    assert all(MARK.search(line) for line in lines)


CAMPAIGN = """# 甲川市海域治理规划

## 一、治理

坚持陆海统筹，守住一湾碧水。

专栏1：“十五五”时期打赢海湾治理攻坚战

1. 摸清家底，建立台账。组织排查入海排口，逐一登记在册。

2. 截住源头、分类整治。推进渔港污水收集，关停违规养殖。

3. 长效管护。聘请护湾员，每周巡查一次。
"""


def test_a_box_that_is_asked_for_is_told_with_all_its_items(library_of: Filled) -> None:
    text = asker(library_of({"plan.md": CAMPAIGN}))("甲川市海湾治理攻坚战有哪三项重点？").text
    assert "摸清家底，建立台账" in text
    assert "截住源头、分类整治" in text
    assert "长效管护" in text


def test_one_part_named_in_the_question_is_answered_by_itself(library_of: Filled) -> None:
    text = asker(library_of({"plan.md": PLAN}))("“保障措施”里强化资金保障怎么做？").text
    assert "统筹海洋专项资金" in text
