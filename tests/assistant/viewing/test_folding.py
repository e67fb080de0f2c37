from __future__ import annotations

from assistant.viewing.folding import occurrences


def found(text: str, looked_for: str) -> list[str]:
    return [text[start:end] for start, end in occurrences(text, looked_for)]


def test_blanks_line_breaks_width_and_case_do_not_count() -> None:
    text = "岸电 使用率。岸电\n使用率。ＧＤＰ"
    assert found(text, "岸电使用率") == ["岸电 使用率", "岸电\n使用率"]
    assert found(text, " gdp ") == ["ＧＤＰ"]


def test_signs_count() -> None:
    assert found("35家，3.5亿元", "3.5") == ["3.5"]


def test_places_do_not_overlap_and_nothing_is_nowhere() -> None:
    assert found("哈哈哈哈哈", "哈哈") == ["哈哈", "哈哈"]
    assert found("文字", "  ") == []
    assert found("", "文字") == []
