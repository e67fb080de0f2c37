from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from assistant.ui import opened
from tests.assistant.ui.samples import answer, citation, document


def source(identity: str, number: int = 1) -> opened.Source:
    proof = citation("甲乙", "甲", number, document=document(id=identity))
    return opened.Source(answer("甲[1]", proof), proof)


def shown() -> list[str]:
    return [one.document_id for one in opened.opened_sources()]


def in_session(check: Callable[[], None]) -> None:
    """Run a check where the page's memory is."""

    def script(run) -> None:  # type: ignore[no-untyped-def]
        run()

    page = AppTest.from_function(script, args=(check,)).run()
    assert not page.exception, page.exception


def test_the_oldest_of_more_than_six_goes() -> None:
    def check() -> None:
        for number in range(8):
            opened.open_source(source(f"d{number}"))
        assert shown() == [f"d{number}" for number in range(2, 8)]
        assert opened.opened_source() == source("d7")

    in_session(check)


def test_a_document_opened_again_keeps_its_place_and_shows_the_new_one() -> None:
    def check() -> None:
        for identity in ("d1", "d2"):
            opened.open_source(source(identity))
        opened.show_passage("p2")
        opened.open_source(source("d1", number=3))
        opened.show_passage("p1")
        assert shown() == ["d1", "d2"]
        now = opened.opened_source()
        assert now is not None
        assert (now.citation.number, now.passage) == (3, "p1")
        opened.show_source("d2")
        now = opened.opened_source()
        assert now is not None
        assert now.passage == "p2"
        opened.open_source(source("d2"))
        assert opened.opened_source() == source("d2")

    in_session(check)


def test_the_neighbour_of_what_is_closed_comes_before_the_reader() -> None:
    def check() -> None:
        for identity in ("d1", "d2", "d3"):
            opened.open_source(source(identity))
        opened.show_source("d2")
        opened.close_source()
        assert opened.opened_source() == source("d3")
        opened.close_source()
        assert opened.opened_source() == source("d1")
        opened.close_source()
        assert opened.opened_source() is None
        opened.close_source()

    in_session(check)


def test_closing_what_is_not_before_the_reader_leaves_the_reader_alone() -> None:
    def check() -> None:
        for identity in ("d1", "d2", "d3"):
            opened.open_source(source(identity))
        opened.close_source("d1")
        assert shown() == ["d2", "d3"]
        assert opened.opened_source() == source("d3")

    in_session(check)
