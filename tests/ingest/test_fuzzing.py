"""No broken file crashes or stalls the reading, or ends in an error that nobody expected.

FUZZ_INPUTS sets how many are read (1000000 for the long form), FUZZ_SEED where chance begins.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

INPUTS = int(os.environ.get("FUZZ_INPUTS", "400"))
SEED = os.environ.get("FUZZ_SEED", "1")
ROOT = Path(__file__).parents[2]
LIMIT_SECONDS = 60.0


@pytest.mark.timeout(300 + INPUTS)
def test_broken_files_of_every_format_are_read_or_refused() -> None:
    command = [sys.executable, "-m", "tests.ingest.fuzzing", SEED, str(10 * INPUTS), str(INPUTS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["inputs"] == INPUTS
    assert told["slowest"] < LIMIT_SECONDS
    assert set(told["answers"]) <= {"read", "failed"}
