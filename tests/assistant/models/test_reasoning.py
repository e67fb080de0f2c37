import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.reasoning import UnopenedThoughtsError, without_reasoning


def shown(*pieces: str, begins_thinking: bool = False) -> str:
    return "".join(without_reasoning(pieces, begins_thinking=begins_thinking))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<think>想</think>答", "答"),
        ("答<thinking>想</thinking>完", "答完"),
        ("<think>想不完", ""),
        ("<think>想</think>答</think>完", "答完"),
        ("\n</think>答", "\n答"),
        ("5<6，a<b>c", "5<6，a<b>c"),
        ("答<thin", "答<thin"),
        ("", ""),
    ],
)
def test_thoughts_are_left_out(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_thoughts_that_end_without_a_beginning_are_not_passed_off_as_the_answer() -> None:
    with pytest.raises(UnopenedThoughtsError):
        shown("想过了", "</think>答")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("想</think>答", "答"),
        ("<think>想</think>答", "答"),
        ("直接回答", "直接回答"),
        ("想<think>想不完", ""),
    ],
)
def test_a_model_known_to_begin_with_thoughts_is_shown_from_their_end(text: str, expected: str) -> None:
    assert shown(text, begins_thinking=True) == expected


def outcome(pieces: list[str], *, begins_thinking: bool) -> str:
    try:
        return shown(*pieces, begins_thinking=begins_thinking)
    except UnopenedThoughtsError:
        return "UNOPENED"


@given(
    st.lists(st.sampled_from(["<think>", "</think>", "<", "th", "ink>", "甲", "</", ">", "a"]), max_size=20),
    st.booleans(),
)
def test_how_the_stream_was_cut_does_not_matter(pieces: list[str], begins: bool) -> None:
    whole = "".join(pieces)
    assert outcome(pieces, begins_thinking=begins) == outcome([whole], begins_thinking=begins)
    assert outcome(pieces, begins_thinking=begins) == outcome(list(whole), begins_thinking=begins)
