import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reasoning import without_reasoning


def shown(*pieces: str) -> str:
    return "".join(without_reasoning(pieces))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<think>想</think>答", "答"),
        ("答<thinking>想</thinking>完", "答完"),
        ("<think>想不完", ""),
        ("想过了</think>答", "想过了答"),
        ("5<6，a<b>c", "5<6，a<b>c"),
        ("答<thin", "答<thin"),
        ("", ""),
    ],
)
def test_thoughts_are_left_out(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(
    st.lists(st.sampled_from(["<think>", "</think>", "<", "th", "ink>", "甲", "</", ">", "a"]), max_size=20)
)
def test_how_the_stream_was_cut_does_not_matter(pieces: list[str]) -> None:
    whole = "".join(pieces)
    assert shown(*pieces) == shown(whole) == shown(*whole)
