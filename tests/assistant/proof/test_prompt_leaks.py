from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.proof.prompt_leaks import PromptLeak

RULES = "一、只使用编号资料里写明的内容。\n二、不使用你自己的知识，不推测，不补充，不评价。"


@given(st.lists(st.integers(0, len(RULES)), max_size=8))
def test_a_text_that_repeats_the_rules_is_heard_however_it_is_cut(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(RULES)]
    echo = PromptLeak(RULES)
    assert any(echo.heard(RULES[start:end]) for start, end in pairwise(places))


def test_a_few_words_in_common_are_none() -> None:
    echo = PromptLeak(RULES)
    assert not echo.heard("资料里写明的内容有三项，")
    assert not echo.heard("不使用财政资金，不评价绩效。")


def test_blanks_hide_nothing() -> None:
    assert PromptLeak(RULES).heard("只使用 编号资料\n里写明的内容。二、不使用你自己")
