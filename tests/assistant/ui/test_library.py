from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.ui import sharing
from tests.assistant.ui.samples import seen
from tests.copying import copied_library
from vectorstore.settings import LibrarySettings
from vectorstore.types import DocumentKind, Status

PAGE = """
from assistant.ui.library import show_library
from assistant.ui.sharing import resources

show_library(resources())
"""


@pytest.fixture
def page(
    example_settings: LibrarySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], AppTest]]:
    """Opens the library page on a library of its own that holds the examples."""
    folder = tmp_path / "data"
    copied_library(example_settings.policy_data_dir, folder)
    monkeypatch.setenv("POLICY_DATA_DIR", str(folder))

    def forget() -> None:
        sharing.resources.clear()
        st.cache_data.clear()

    forget()
    yield lambda: AppTest.from_string(PAGE, default_timeout=60).run()
    sharing.resources().library.close()
    forget()


def text(page: AppTest) -> str:
    """Return what a reader sees, after making sure that nothing failed."""
    assert not page.exception
    return "".join(seen(str(element.proto.body)).text for element in page.get("html"))


def test_every_document_is_listed_with_its_standing(page: Callable[[], AppTest]) -> None:
    shown = text(page())
    for document in sharing.resources().library.documents():
        assert document.title in shown
    assert "征求意见稿" in shown
    assert "已废止/被替代" in shown


def test_a_search_leaves_what_is_wanted(page: Callable[[], AppTest]) -> None:
    opened = page()
    opened.text_input(key="library-query").set_value("砚川").run()
    assert "砚川市" in text(opened)
    assert "临澜市支持生物医药" not in text(opened)


def test_a_filter_that_finds_nothing_says_so_and_shows_that_it_is_on(page: Callable[[], AppTest]) -> None:
    opened = page()
    assert "发布于 2026-04-10" in text(opened)
    (filters,) = opened.get("popover")
    assert filters.proto.popover.label == "筛选"
    opened.multiselect(key="library-statuses").set_value([Status.UNKNOWN]).run()
    opened.text_input(key="library-query").set_value("没有这样的文件").run()
    assert "没有符合条件的文件" in text(opened)
    (filters,) = opened.get("popover")
    assert filters.proto.popover.label == "筛选（1 项）"
    endings = opened.button_group(key="library-endings").proto.options
    assert [one.content for one in endings] == ["即将到期（90 天内）", "已到期", "已废止"]


def test_a_document_shows_its_structure_tables_and_passages(page: Callable[[], AppTest]) -> None:
    opened = page()
    library = sharing.resources().library
    document = next(one for one in library.documents() if library.tables(one.id))
    opened.button(key=f"view-{document.id}").click().run()
    shown = text(opened)
    passages = list(library.passages(document.id))
    assert passages[-1].text[:12] in shown
    assert passages[-1].section[-1] in shown
    assert library.tables(document.id)[0].rows[0].cells[-1] in shown
    opened.button(key="back").click().run()
    assert opened.text_input(key="library-query") is not None


def test_a_document_says_how_its_standing_was_worked_out_and_proves_it(page: Callable[[], AppTest]) -> None:
    opened = page()
    library = sharing.resources().library
    document = next(one for one in library.documents() if one.validity and one.validity.last_day)
    assert document.validity is not None
    opened.button(key=f"view-{document.id}").click().run()
    shown = text(opened)
    assert "有效期至" in shown
    assert library.text(document.id)[document.validity.start : document.validity.end] in shown


def test_a_correction_by_hand_is_kept_and_a_wrong_one_is_told(page: Callable[[], AppTest]) -> None:
    opened = page()
    document = sharing.resources().library.documents()[0]
    opened.button(key=f"view-{document.id}").click().run()
    opened.text_input(key=f"field-issued_on-{document.id}").set_value("去年")
    save = next(button for button in opened.button if button.label == "保存更正")
    save.click().run()
    assert "2026-01-31" in text(opened)
    opened.text_input(key=f"field-issued_on-{document.id}").set_value("2025-12-01")
    opened.text_input(key=f"field-issuer-{document.id}").set_value("临澜市港口局")
    opened.selectbox(key=f"field-类型-{document.id}").set_value(DocumentKind.LAW)
    next(button for button in opened.button if button.label == "保存更正").click().run()
    corrected = sharing.resources().library.document(document.id)
    assert corrected.issuer == "临澜市港口局"
    assert str(corrected.issued_on) == "2025-12-01"
    assert corrected.kind is DocumentKind.LAW


def head(opened: AppTest) -> str:
    """Return what stands at the top of a document."""
    drawn = [str(element.proto.body) for element in opened.get("html")]
    return seen(next(body for body in drawn if "pa-heading" in body)).text


def save(opened: AppTest) -> None:
    next(button for button in opened.button if button.label == "保存更正").click().run()


def test_period_and_validity_are_corrected_each_for_itself(page: Callable[[], AppTest]) -> None:
    opened = page()
    library = sharing.resources().library
    document = next(one for one in library.documents() if one.validity and one.validity.last_day)
    quoted = library.text(document.id)[document.validity.start : document.validity.end]  # type: ignore[union-attr]
    opened.button(key=f"view-{document.id}").click().run()
    opened.text_input(key=f"field-period-{document.id}").set_value("2026-2029")
    save(opened)
    assert "已保存" in text(opened)
    assert quoted in head(opened)
    assert library.document(document.id).validity == document.validity
    opened.text_input(key=f"field-validity-{document.id}").set_value("2029-06-30")
    save(opened)
    assert "已保存" in text(opened)
    assert "有效期至2029年6月30日" in head(opened)
    assert quoted not in head(opened)
    opened.run()
    assert "已保存" not in text(opened)


def test_what_may_be_typed_stands_below_a_field_and_what_is_wrong_beside_it(
    page: Callable[[], AppTest],
) -> None:
    opened = page()
    library = sharing.resources().library
    document = library.documents()[0]
    opened.button(key=f"view-{document.id}").click().run()
    assert any("2026-2030" in caption.value for caption in opened.caption)
    opened.text_input(key=f"field-period-{document.id}").set_value("十四五")
    opened.text_input(key=f"field-region-{document.id}").set_value("别处")
    save(opened)
    assert "期间不能是 十四五" in text(opened)
    assert "已保存" not in text(opened)
    assert library.document(document.id) == document


def test_a_document_is_removed_only_after_it_was_confirmed(page: Callable[[], AppTest]) -> None:
    opened = page()
    library = sharing.resources().library
    document = library.documents()[0]
    opened.button(key=f"view-{document.id}").click().run()
    opened.button(key="remove").click().run()
    assert document in library.documents()
    opened.button(key="remove-confirmed").click().run()
    assert document.id not in [one.id for one in library.documents()]
    assert not opened.exception


def test_a_link_to_a_document_that_is_gone_leads_to_the_list(page: Callable[[], AppTest]) -> None:
    opened = page()
    opened.query_params["document"] = "gone"
    opened.run()
    assert "不在资料库" in text(opened)
    assert opened.text_input(key="library-query") is not None
