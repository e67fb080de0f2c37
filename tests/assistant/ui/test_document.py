from __future__ import annotations

from assistant.ui.document import place_of
from tests.assistant.ui.samples import passage


def test_a_passage_is_told_by_its_number_and_what_else_is_known_of_its_place() -> None:
    assert place_of(passage("正文", section=())) == "第 1 段"
    assert (
        place_of(passage("正文", section=("第一章", "第二节"), page=3))
        == "第 1 段 · 第一章 › 第二节 · 第 3 页"
    )
