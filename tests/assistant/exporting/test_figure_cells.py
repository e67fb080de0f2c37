from __future__ import annotations

import pytest

from assistant.exporting.figure_cells import figure_of


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("980", (980, "0")),
        ("7.0", (7.0, "0.0")),
        ("1,234.50", (1234.5, "#,##0.00")),
        ("10.7%", (0.107, "0.0%")),
        ("-3.5", (-3.5, "0.0")),
        ("−2", (-2, "0")),
        ("≥90", None),
        ("9.8左右", None),
        ("〔318〕", None),
        ("007", None),
        ("1234567890123456", None),
        ("+5", None),
        ("12,34", None),
        ("—", None),
        ("", None),
    ],
)
def test_only_what_is_a_figure_and_nothing_else_becomes_a_number(
    text: str, figure: tuple[float, str] | None
) -> None:
    assert figure_of(text) == figure
