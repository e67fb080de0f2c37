"""Who, where, which names and on what terms: the thing being mentioned is no answer."""

from __future__ import annotations

import pytest

from assistant.choosing.circumstances import lacks_circumstance


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("甲川渔业集团的董事长是谁", "甲川渔业集团董事长林未名到会致辞"),
        ("谁任海洋药物专班的召集人", "海洋药物专班由副市长任召集人"),
        ("育苗中心由谁管理", "育苗中心由市海洋局管理"),
        ("甲川规划由哪个部门负责解释", "本规划由市发展改革委负责解释"),
        ("育苗中心的地址在哪", "育苗中心位于湾前路8号"),
        ("育苗中心建在哪里?", "在东湾渔港建设育苗中心"),
        ("海洋小镇都建在哪些镇", "在东湾镇、西湾镇建设海洋小镇"),
        ("3家牵头企业分别是谁", "牵头企业为甲川渔业、乙原药业和丙岭船业"),
        ("首批4个项目的名称是什么", "首批4个项目名称如下:"),
        ("渔船补助的申请条件有哪些", "申请人应当持有捕捞许可证"),
        ("鱼礁补助多少", "每座补助30万元"),
    ],
    ids=["role", "office", "task", "body", "address", "site", "towns", "names", "led in", "terms", "else"],
)
def test_what_tells_it_lacks_nothing(part: str, text: str) -> None:
    assert not lacks_circumstance(part, text)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("甲川渔业集团的董事长是谁", "支持甲川渔业集团扩大养殖"),
        ("甲川渔业集团的董事长是谁", "来自邻省的船业公司董事长林未名"),
        ("育苗中心由谁管理", "建设育苗中心,投资2亿元"),
        ("育苗中心由哪家机构共建", "与有关机构合作共建育苗中心"),
        ("育苗中心的地址在哪", "加强与周边城市合作,共建育苗中心"),
        ("海洋小镇都建在哪些镇", "推动一批海洋小镇建设"),
        ("5家牵头企业分别是谁", "组织渔业、船业企业,牵头企业达5家"),
        ("渔船补助的申请条件有哪些", "对符合条件的渔船给予补助"),
    ],
    ids=["no role", "of another", "no task", "no body", "no site", "no town", "too few names", "no terms"],
)
def test_what_only_mentions_it_lacks_it(part: str, text: str) -> None:
    assert lacks_circumstance(part, text)
