from __future__ import annotations

import pytest

from assistant.exporting.series import series_of
from assistant.types import Citation
from tests.assistant.ui.samples import document, passage
from vectorstore.types import PassageKind, Status


def row(text: str, kind: PassageKind = PassageKind.TABLE_ROW) -> Citation:
    return Citation(2, passage(text, kind=kind), document(), text, 0, len(text), Status.IN_FORCE, "《办法》")


def test_an_indicator_with_three_years_is_a_series() -> None:
    (series,) = series_of(
        [
            row(
                "绿色发展｜3 岸电使用量（万千瓦时）：2030年力争1,200万千瓦时；2025年600万千瓦时；"
                "2022年350.5万千瓦时；预期性"
            )
        ]
    )
    assert series.name == "岸电使用量（万千瓦时）"
    assert series.number == 2
    assert series.points == ((2022, 350.5), (2025, 600), (2030, 1200))


@pytest.mark.parametrize(
    "text",
    [
        "岸电使用量：2025年600万千瓦时；2030年1200万千瓦时",
        "岸电使用量：2022年35%；2025年600万千瓦时；2030年1200万千瓦时",
        "岸电使用量：2022年350至400；2025年另行规定；2030年1200",
        "没有年份的一行",
    ],
)
def test_too_few_points_mixed_units_and_ranges_make_no_series(text: str) -> None:
    assert series_of([row(text)]) == ()


def test_running_text_is_never_read_as_a_row() -> None:
    assert series_of([row("指标：2022年1个；2025年2个；2030年3个", kind=PassageKind.TEXT)]) == ()
