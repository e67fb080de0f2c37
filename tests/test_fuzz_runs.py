"""A run that tries many inputs tells what each of them did, and lives on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import fuzz_runs


def test_a_crash_a_stall_and_an_error_are_told_with_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz_runs, "LIMIT_SECONDS", 0.2)

    def tried(number: int) -> str:
        match number:
            case 15:
                while True:
                    pass
            case 17:
                os.abort()
            case 19:
                raise ValueError("unexpected")
        return "well"

    log = tmp_path / "log.jsonl"
    fuzz_runs.run(tried, 10, 8, log)
    fuzz_runs.run(tried, 10, 12, log)
    done = fuzz_runs.pieces(log)
    assert [(piece.first, piece.inputs) for piece in done] == [(10, 6), (16, 2), (18, 4)]
    found = {what: numbers for piece in done for what, numbers in piece.findings.items()}
    assert found == {"process: SIGPROF": [15], "process: SIGABRT": [17], "ValueError: unexpected": [19]}
    assert "FOUND ValueError: unexpected [19]" in fuzz_runs.told(log)
