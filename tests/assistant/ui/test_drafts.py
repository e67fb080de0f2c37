from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.ui import sharing
from tests.assistant.ui.samples import seen
from vectorstore.settings import LibrarySettings

PAGE = """
from assistant.ui.drafts import show_drafts
from assistant.ui.sharing import resources

show_drafts(resources())
"""
DRAFT = (
    "对首次取得三类医疗器械注册证的，每个品种给予300万元奖励。"
    "对首次取得二类医疗器械注册证（不含诊断试剂）的，每个品种给予80万元奖励。<b>我们</b>继续努力。"
)


@pytest.fixture
def page(example_settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page on the library of the examples."""
    monkeypatch.setenv("POLICY_DATA_DIR", str(example_settings.policy_data_dir))
    sharing.resources.clear()
    st.cache_data.clear()
    yield AppTest.from_string(PAGE, default_timeout=60).run()
    sharing.resources().library.close()
    sharing.resources.clear()


def text(page: AppTest) -> str:
    """Return what a reader sees, after making sure that nothing failed."""
    assert not page.exception
    return "".join(seen(str(element.proto.body)).text for element in page.get("html"))


def test_a_pasted_draft_is_checked_and_what_needs_care_comes_first(page: AppTest) -> None:
    page.text_area(key="draft-text").set_value(DRAFT)
    page.button[0].click().run()
    shown = text(page)
    assert "共 3 句，其中 1 句需要留意。" in shown
    assert "不符" in shown
    assert "建议：" in shown
    assert "50万元" in shown
    assert "300万元" not in shown
    page.toggle(key="draft-care").set_value(False).run()
    everything = text(page)
    assert "相符" in everything
    assert "<b>我们</b>继续努力。" in everything


def test_what_is_merely_near_a_sentence_is_not_shown_as_its_ground(page: AppTest) -> None:
    page.text_area(key="draft-text").set_value("2030年海岬高新区低空飞行年架次达到30万。")
    page.button[0].click().run()
    shown = text(page)
    assert "引用的资料" not in shown
    assert "最接近的内容，不是依据：" in shown
