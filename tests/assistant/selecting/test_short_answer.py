"""The point stands above the unit only where it says sooner what is asked."""

from __future__ import annotations

from tests.assistant.asking import Filled, asker

GRANT = "第四条 对首次认定的海洋牧场，给予30万元一次性奖励；其中建有人工鱼礁的，奖励标准提高到40万元。"
LONG = (
    "第四条 市海洋局每年对海洋牧场的运行情况开展一次评估，评估结果向社会公布，"
    f"并作为安排下一年度资金的重要参考。{GRANT[4:]}"
)


def lines(library_of: Filled, article: str) -> list[str]:
    title, rest = "云泽市海洋牧场扶持办法", "第五条 本办法自2026年3月1日起施行。"
    library = library_of({"办法.txt": f"{title}\n\n{article}\n\n{rest}\n"})
    return asker(library)("云泽市对首次认定的海洋牧场奖励多少万元？").text.splitlines()


def test_a_short_unit_is_not_told_twice(library_of: Filled) -> None:
    assert lines(library_of, GRANT) == [f"{GRANT}[1]"]


def test_the_point_of_a_long_unit_stands_above_it(library_of: Filled) -> None:
    point, *unit = lines(library_of, LONG)
    assert "30万元" in point
    assert "评估" not in point
    assert "评估" in "".join(unit)
