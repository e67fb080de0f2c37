from assistant.proof.flagging import flagged_text, held_text, stretches
from assistant.types import CheckedStatement, Verdict

TEXT = "规模300亿元[1]。园区9个[1]。引进人才。"
STATEMENTS = (
    CheckedStatement(0, 11, "规模300亿元。", (1,), Verdict.SUPPORTED),
    CheckedStatement(11, 19, "园区9个。", (1,), Verdict.CONTRADICTED, "资料中为“5个”"),
    CheckedStatement(19, 24, "引进人才。", (), Verdict.UNSUPPORTED, "没有注明出处"),
)


def test_the_stretches_are_the_text() -> None:
    assert "".join(stretch.text for stretch in stretches(TEXT, STATEMENTS)) == TEXT


def test_what_does_not_hold_stands_apart_with_its_reason() -> None:
    first, second, third = stretches(TEXT, STATEMENTS)
    assert (first.warning, first.struck) == ("", False)
    assert (second.text, second.struck) == ("园区9个[1]。", True)
    assert second.warning == "与资料不符：资料中为“5个”"
    assert (third.warning, third.struck) == ("未能核对：没有注明出处", False)


def test_plain_text_tells_the_reasons() -> None:
    assert flagged_text(TEXT, STATEMENTS) == (
        "规模300亿元[1]。园区9个[1]。（与资料不符：资料中为“5个”）引进人才。（未能核对：没有注明出处）"
    )


def test_a_line_is_cut_by_its_own_statements() -> None:
    (stretch,) = stretches("引进人才。", STATEMENTS, offset=19)
    assert stretch.doubt is STATEMENTS[2]


def test_in_a_row_the_reason_stands_in_the_last_cell() -> None:
    row = "| 园区 | 9个 |"
    doubt = CheckedStatement(0, len(row), row, (), Verdict.UNSUPPORTED, "没有注明出处")
    assert flagged_text(row, [doubt]) == "| 园区 | 9个（未能核对：没有注明出处） |"


def test_what_is_contradicted_is_not_gone_on_from() -> None:
    assert held_text(TEXT, STATEMENTS) == "规模300亿元[1]。引进人才。"
