"""What a question tells of its own case lies in one tier of a grant and not in the others."""

from __future__ import annotations

import pytest

from assistant.selecting.tiers import tier_of, told_quantities

WITHIN, OUTSIDE, NO_TIER = (True, False), (False, True), (False, False)


@pytest.mark.parametrize(
    ("question", "sentence", "tier"),
    [
        ("年营业收入3000万元的企业补多少？", "营业收入2000万元（含）至1亿元的，补助80万元。", WITHIN),
        ("年营业收入3000万元的企业补多少？", "营业收入500万元至2000万元的，补助30万元。", OUTSIDE),
        ("年营业收入3000万元的企业补多少？", "营业收入1亿元（含）以上的，补助200万元。", OUTSIDE),
        ("工龄12年休几天？", "工龄满10年不满20年的，休假10天。", WITHIN),
        ("工龄12年休几天？", "工龄满20年的，休假15天。", OUTSIDE),
        ("我今年58岁能参加吗？", "年龄60周岁以下的居民可以参加。", WITHIN),
        ("年营业收入3000万元的企业补多少？", "企业名单由市商务局公布。", NO_TIER),
        ("年营业收入3000万元的企业补多少？", "工龄满10年的可以申请。", NO_TIER),
        ("2030年补多少？", "到2030年以前的，补助80万元以上。", NO_TIER),
    ],
)
def test_a_told_quantity_is_held_against_the_bounds_of_its_unit(
    question: str, sentence: str, tier: tuple[bool, bool]
) -> None:
    assert tier_of(told_quantities(question), sentence) == tier
