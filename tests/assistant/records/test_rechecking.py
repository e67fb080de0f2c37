from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.citations import cite, quote_behind
from assistant.records.rechecking import change_since
from assistant.types import Citation, Hit
from tests.vectorstore.samples import SENTENCES, parsed
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import Status

TODAY = date(2026, 11, 29)
SOURCE = "规划.txt"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[PolicyLibrary]:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path)) as opened:
        with opened.write() as writer:
            writer.put(parsed(SOURCE))
        yield opened


@pytest.fixture
def cited(library: PolicyLibrary) -> Citation:
    (document,) = library.documents()
    first = next(iter(library.passages(document.id)))
    return cite([quote_behind(library, SENTENCES[0], 1, Hit(first, document, 1.0))], TODAY)[0]


def test_nothing_is_told_of_a_document_that_is_as_it_was(library: PolicyLibrary, cited: Citation) -> None:
    assert change_since(library, cited, TODAY) == ""


def test_a_document_that_was_removed_is_told(library: PolicyLibrary, cited: Citation) -> None:
    with library.write() as writer:
        writer.remove(cited.document.id)
    assert "已移出资料库" in change_since(library, cited, TODAY)


@pytest.mark.parametrize(
    ("texts", "told"),
    [((*SENTENCES, "新增一条。"), "仍有这段引文"), (("全文另行制定。",), "没有这段引文")],
)
def test_a_document_that_was_replaced_is_told_and_whether_it_still_says_so(
    library: PolicyLibrary, cited: Citation, texts: tuple[str, ...], told: str
) -> None:
    with library.write() as writer:
        writer.put(parsed(SOURCE, *texts))
    assert told in change_since(library, cited, TODAY)


def test_another_standing_is_told(library: PolicyLibrary, cited: Citation) -> None:
    then = replace(cited, standing=Status.DRAFT, standing_label=Status.DRAFT.label)
    assert change_since(library, then, TODAY) == f"作答后该文件的状态已变为：{cited.standing_words}。"
