from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.escaping import html_text, markdown_text
from tests.assistant.ui.samples import HOSTILE, seen


def test_hostile_text_becomes_text_without_a_single_element() -> None:
    shown = seen(html_text(HOSTILE))
    assert shown.tags == []
    assert shown.text == HOSTILE


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Zl", "Zp"))))
def test_any_readable_text_is_shown_as_it_is(text: str) -> None:
    assert seen(html_text(text)).text == text


def test_line_breaks_become_elements_so_that_the_html_is_one_line() -> None:
    assert html_text("甲\n  乙") == "甲<br>  乙"


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\ufeff"])
def test_characters_that_nobody_sees_are_left_out(mark: str) -> None:
    assert html_text(f"甲{mark}乙") == "甲乙"
    assert markdown_text(f"甲{mark}乙") == "甲乙"


@given(st.text(alphabet="$*_`[]()!<>#|~:\\甲a1"))
def test_every_ascii_punctuation_mark_of_a_label_is_escaped(text: str) -> None:
    label = markdown_text(text)
    assert (
        re.search(r"(?<!\\)(?:\\\\)*[$*_`\[\]()!<>#|~]", re.sub(r"\\[$*_`\[\]()!<>#|~:\\]", "", label))
        is None
    )
    assert re.sub(r"\\(.)", r"\1", label).replace("\u2060", "") == text


def test_no_name_or_address_in_a_label_survives_its_colon() -> None:
    assert ":smile:" not in re.sub(r"\\(.)", r"\1", markdown_text(":smile:"))
    assert "https:/" not in re.sub(r"\\(.)", r"\1", markdown_text("https://example.org"))


def test_a_label_is_one_line() -> None:
    assert markdown_text("甲\n# 乙") == "甲 \\# 乙"
