"""A sentence answers only in the form that is asked for: a sum, an area, a share, a count, a date."""

from __future__ import annotations

import pytest

from assistant.choosing.forms import lacks_form


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("每千人配几个医生", "每千人口拥有医师4.2人"),
        ("地块面积和投资金额是多少", "面积2万平方米"),
        ("地块面积和投资金额是多少", "投资300万元"),
        ("优良海域面积比例是多少", "优良海域面积比例85%"),
        ("育苗池面积是多少", "育苗池2万平方米"),
        ("人工鱼礁补助多少", "每座补助30万元"),
        ("育苗中心什么时候建成", "力争用2-3年建成育苗中心"),
        ("育苗中心在全省排第几", "育苗中心跻身全省10强"),
    ],
    ids=[
        "people counted with 个",
        "one of two",
        "the other of two",
        "a share of areas",
        "an area",
        "a sum",
        "a span of years",
        "a rank",
    ],
)
def test_the_form_that_is_asked_for_is_there(part: str, text: str) -> None:
    assert not lacks_form(part, text)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("优良海域面积比例是多少", "优良海域面积2万公顷"),
        ("育苗池面积是多少", "育苗池投资2000万元"),
        ("建几座人工鱼礁", "人工鱼礁投资2000万元"),
        ("育苗中心在全省排第几", "育苗中心占地20亩"),
    ],
    ids=["an area for a share", "a sum for an area", "a sum for a count", "an area for a rank"],
)
def test_another_form_is_not(part: str, text: str) -> None:
    assert lacks_form(part, text)
