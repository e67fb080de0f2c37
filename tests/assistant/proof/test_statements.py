from hypothesis import given
from hypothesis import strategies as st

from assistant.proof.statements import statements


def test_marks_before_and_after_the_stop_belong_to_their_sentence() -> None:
    first, second = statements("规模300亿元[1]。园区5个。[2][1]")
    assert (first.text, first.numbers) == ("规模300亿元。", (1,))
    assert (second.text, second.numbers) == ("园区5个。", (2, 1))


def test_a_line_is_a_statement_and_blank_ones_are_none() -> None:
    found = statements("重点发展：\n\n- 甲产业[1]\n- 乙产业[2]\n")
    assert [(one.text, one.numbers) for one in found] == [
        ("重点发展：", ()),
        ("- 甲产业", (1,)),
        ("- 乙产业", (2,)),
    ]
    assert [one.states_a_fact for one in found] == [False, True, True]


def test_a_decimal_point_ends_nothing() -> None:
    assert len(statements("增长3.5%[1]，其中1.5个百分点来自工业[2]。")) == 1


@given(st.text(alphabet="甲乙1.。！？\n[]；：”）", max_size=60))
def test_every_statement_stands_where_it_says_and_none_overlap(answer: str) -> None:
    end = 0
    for one in statements(answer):
        assert end <= one.start < one.end <= len(answer)
        assert one.text.strip() == one.text != ""
        end = one.end
