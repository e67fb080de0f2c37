"""No broken file crashes or stalls the reading, or ends in an error that nobody expected.

FUZZ_INPUTS sets how many are read, FUZZ_SEED is the number of the first; the long form is run by
`tests.ingest.fuzzing`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import fuzz_runs

INPUTS = int(os.environ.get("FUZZ_INPUTS", "1000"))
SEED = os.environ.get("FUZZ_SEED", "1")
ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(300 + INPUTS)
def test_broken_files_of_every_format_are_read_or_refused(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    command = [sys.executable, "-m", "tests.ingest.fuzzing", SEED, str(INPUTS), str(log)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    done = fuzz_runs.pieces(log)
    assert sum(piece.inputs for piece in done) == INPUTS
    assert [piece.findings for piece in done if piece.findings] == []
    assert max(piece.slowest[0] for piece in done) < fuzz_runs.LIMIT_SECONDS
