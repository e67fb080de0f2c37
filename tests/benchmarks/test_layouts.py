"""The layouts of real offices stay as readable as they are."""

from __future__ import annotations

import pytest

from benchmarks.office.layouts import FOLDERS, checks_of

# What is read right; of 185, 204, 210, 260, 269 and 321.
_LEAST = {
    "spreadsheets-1": 176,
    "spreadsheets-2": 194,
    "papers-1": 193,
    "papers-2": 244,
    "mixed-3": 261,
    "mixed-4": 308,
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_layout_is_read_worse_than_it_was(folder: str) -> None:
    missed = [check for check in checks_of(folder) if not check.read]
    assert len(checks_of(folder)) - len(missed) >= _LEAST[folder], missed
