from __future__ import annotations

from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from assistant.records.history import Exchange
from assistant.types import Scope
from tests.assistant.ui.samples import answer


def exported(*exchanges: Exchange) -> AppTest:
    def script(exchanges: object) -> None:
        from assistant.ui.exporting import show_export

        show_export("港口", exchanges, "all")  # type: ignore[arg-type]

    return AppTest.from_function(script, default_timeout=60, args=(exchanges,)).run()


def test_an_answer_can_be_taken_along_as_word_and_as_markdown() -> None:
    now = datetime.now(UTC)
    page = exported(Exchange("e", "c", "问", Scope(), now, now, answer("甲")))
    assert not page.exception
    assert [button.proto.label for button in page.get("download_button")] == ["Word 简报", "Markdown"]


def test_without_an_answer_there_is_nothing_to_take_along() -> None:
    page = exported(Exchange("e", "c", "问", Scope(), datetime.now(UTC)))
    assert not page.exception
    assert not page.get("download_button")
