from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from assistant.records.feedback import Reason
from assistant.records.signoff import Decision
from assistant.ui.language import Language, english, translated
from vectorstore.types import DocumentKind, Status

UI = Path(__file__).parents[3] / "assistant" / "ui"
NAME = re.compile(r"\{\w+\}")


def texts() -> Iterator[str]:
    """Give every text that the page's code says."""
    for file in UI.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def test_every_text_of_the_page_has_its_english() -> None:
    assert sorted(set(texts()) - set(english())) == []


@pytest.mark.parametrize("labels", [Status, DocumentKind, Reason, Decision])
def test_every_label_of_a_value_has_its_english(labels: type[StrEnum]) -> None:
    assert [one.label for one in labels if one.label and one.label not in english()] == []  # type: ignore[attr-defined]


def test_english_keeps_what_is_filled_in_and_holds_no_chinese() -> None:
    for chinese, words in english().items():
        assert sorted(NAME.findall(chinese)) == sorted(NAME.findall(words)), chinese
        assert not re.search(r"[\u4e00-\u9fff]", words), chinese


def test_each_language_says_it_its_own_way() -> None:
    assert translated("资料库", Language.SIMPLIFIED) == "资料库"
    assert translated("资料库", Language.TRADITIONAL) == "資料庫"
    assert translated("资料库", Language.ENGLISH) == "Library"
