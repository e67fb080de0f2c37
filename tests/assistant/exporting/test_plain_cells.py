from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from assistant.exporting.plain_cells import held_text, put_text


def written(text: str) -> str:
    """Return what a workbook's cell holds once it was written and read again."""
    book = Workbook()
    put_text(book.active.cell(1, 1), text)
    file = BytesIO()
    book.save(file)
    return str(load_workbook(BytesIO(file.getvalue())).active.cell(1, 1).value)


@pytest.mark.parametrize(
    "text",
    [
        "指标\t数值",
        "\u3000\u3000第一条",
        "二〇三〇年\u3000目标",
        "到\u00a02030年",
        "首行\n次行",
        "零宽\u200b空格",
        "造字\ue000",
        "𠮷野家😀",
        " 前后有空格 ",
    ],
)
def test_a_cell_keeps_every_character_that_it_may_hold(text: str) -> None:
    assert written(text) == text


def test_what_no_workbook_may_hold_is_left_out_and_a_break_is_one() -> None:
    assert written("甲\x00乙\x0b丙\x1f丁\ud800戊\ufffe") == "甲乙丙丁戊"
    assert written("首行\r\n次行\r末行") == "首行\n次行\n末行"


@pytest.mark.parametrize("sign", ["长", "😀"])
def test_a_cell_holds_no_more_than_a_spreadsheet_program_opens(sign: str) -> None:
    held = held_text(sign * 40_000)
    assert len(held.encode("utf-16-le")) == 64_000
    assert set(held) == {sign}
