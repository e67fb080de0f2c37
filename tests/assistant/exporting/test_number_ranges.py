from __future__ import annotations

import pytest

from assistant.exporting.number_ranges import in_ranges


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([], ""), ([2], "2"), ([1, 2], "1、2"), ([1, 2, 3], "1—3"), ([1, 3, 4, 5, 7, 8], "1、3—5、7、8")],
)
def test_numbers_that_follow_one_another_are_a_range(numbers: list[int], told: str) -> None:
    assert in_ranges(numbers) == told
