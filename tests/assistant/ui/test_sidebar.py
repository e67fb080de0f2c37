from __future__ import annotations

from datetime import date

from assistant.ui.sidebar import contents_html
from tests.assistant.ui.samples import HOSTILE, document, seen
from vectorstore.types import Period

TODAY = date(2026, 6, 1)


def test_each_document_is_named_with_its_standing_on_the_day() -> None:
    shown = seen(contents_html([document(), document(id="old", period=Period(2016, 2020))], TODAY)).text
    assert "资料库（2 份文件）" in shown
    assert "青屿市绿色港口发展办法" in shown
    assert shown.index("现行有效") < shown.index("规划期已满")


def test_a_large_library_is_counted_rather_than_listed() -> None:
    shown = contents_html([document(id=str(number)) for number in range(3000)], TODAY)
    assert "另有 2970 份文件" in shown
    assert shown.count("<li") == 30


def test_hostile_titles_stay_text() -> None:
    shown = seen(contents_html([document(title=HOSTILE, document_number=HOSTILE)], TODAY))
    assert not {"script", "img", "a"} & set(shown.tags)
    assert HOSTILE in shown.text


def test_a_document_without_a_title_is_named_by_its_file() -> None:
    assert "青屿市绿色港口发展办法.txt" in contents_html([document(title="")], TODAY)
