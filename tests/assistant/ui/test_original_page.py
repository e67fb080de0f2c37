from __future__ import annotations

import pytest

from assistant.ui.original_page import place_html
from assistant.viewing.pages import Found
from tests.assistant.ui.samples import seen


@pytest.mark.parametrize(
    ("found", "page", "line"),
    [
        (Found(9, {3: ((0, 5),), 4: ((9, 12),)}, legible=True), 3, "引文已标在第 3、4 页"),
        (Found(9, {}, legible=True), 3, "未能在第 3 页标出引文"),
        (Found(9, {}, legible=False), 3, "原件为扫描件"),
        (Found(9, {}, legible=True), None, "未能确定引文所在的页"),
    ],
)
def test_the_reader_is_told_where_the_quote_is_marked_or_why_not(
    found: Found, page: int | None, line: str
) -> None:
    told = seen(place_html(found, page, 3)).text
    assert "第 3 页，共 9 页" in told
    assert line in told
