"""A wrong character of the same sound is understood where the library's text says what was meant."""

from __future__ import annotations

import pytest

from assistant.understanding.spelling import Change, Correction, correct, same_sound
from tests.assistant.asking import Filled
from vectorstore.library import PolicyLibrary

_SUPPORT = """云栖市支持企业发展若干措施

第一条 对符合条件的企业给予财政补贴，补贴标准为每户五万元。财政补贴由市财政局发放。
第二条 申请财政补贴的企业应当在云栖市依法纳税。企业申请补贴，应当提交营业执照。
第三条 火炬片区的企业另给奖励。
第四条 火炬片区由管理委员会管理。
"""
_HOMES = """泰州市保障性住房管理办法

第一条 泰州市的保障性住房面向家庭困难的居民。居民申请保障性住房，由泰州市住房保障中心受理。
第二条 保障性住房的租金由泰州市价格主管部门确定。家电由住户自备。
"""


@pytest.fixture
def library(library_of: Filled) -> PolicyLibrary:
    return library_of({"support.txt": _SUPPORT, "homes.txt": _HOMES})


@pytest.mark.parametrize(
    ("typed", "understood", "changes"),
    [
        ("财正补贴的标准是多少", "财政补贴的标准是多少", [("财正补贴", "财政补贴")]),
        ("企业怎么申清补贴", "企业怎么申请补贴", [("申清", "申请")]),
        ("火具片区的企业有奖励吗", "火炬片区的企业有奖励吗", [("火具", "火炬")]),
        ("保章性住房怎么申请", "保障性住房怎么申请", [("保章性住房", "保障性住房")]),
        ("泰洲市的租金谁来定", "泰州市的租金谁来定", [("泰洲市", "泰州市")]),
        ("財正補貼的標準", "財政補貼的標準", [("财正补贴", "财政补贴")]),
        ("补贴标准是多绍", "补贴标准是多少", [("多绍", "多少")]),
        ("企业怎么申请政财补贴", "企业怎么申请财政补贴", [("政财补贴", "财政补贴")]),
        ("申请财政补补贴要什么材料", "申请财政补贴要什么材料", [("财政补补贴", "财政补贴")]),
        ("财正补贴怎么申清", "财政补贴怎么申请", [("财正补贴", "财政补贴"), ("申清", "申请")]),
    ],
)
def test_a_wrong_character_of_the_same_sound_is_put_right(
    library: PolicyLibrary, typed: str, understood: str, changes: list[tuple[str, str]]
) -> None:
    correction = correct(typed, library)
    assert correction.text == understood
    assert sorted(correction.changes, key=str) == sorted((Change(*pair) for pair in changes), key=str)


@pytest.mark.parametrize(
    "right",
    [
        "财政补贴的标准是多少？",
        "企业怎么申请补贴",
        "电动车去哪加电",
        "台州市的租金谁来定",
        "今天天气怎么样",
        "税收收入是多少",
        "厂里少雇人行不行",
        "第十五条怎么说",
        "2030年GDP达到多少",
        "",
    ],
)
def test_a_right_question_stays_as_it_is(library: PolicyLibrary, right: str) -> None:
    assert correct(right, library) == Correction(right)


def test_an_empty_library_changes_nothing(library_of: Filled) -> None:
    assert correct("财正补贴", library_of({})) == Correction("财正补贴")


def test_characters_sound_alike_whatever_their_tone() -> None:
    assert {"证", "整", "争"} <= same_sound("正")
    assert "正" not in same_sound("正")
    assert "增" not in same_sound("正")
