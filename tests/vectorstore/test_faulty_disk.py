"""On a disk that fails nothing acknowledged is lost, nothing is wrong unnoticed, each failure is one line.

DISK_SEEDS sets how many libraries are written (1000 for the long form), DISK_SEED the first of them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = int(os.environ.get("DISK_SEEDS", "3"))
FIRST = os.environ.get("DISK_SEED", "100")
HERE = Path(__file__).parent


@pytest.mark.timeout(200 + 30 * SEEDS)
def test_a_failing_disk_loses_nothing_and_hides_nothing(tmp_path: Path) -> None:
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("需要 Linux 和 C 编译器 (needs Linux and a C compiler)")
    disk = tmp_path / "faulty_disk.so"
    flags = ["-shared", "-fPIC", "-O1", "-o", str(disk), str(HERE / "faulty_disk.c"), "-ldl", "-lpthread"]
    subprocess.run([compiler, *flags], check=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.vectorstore.faulty_writer", str(tmp_path), FIRST, str(SEEDS)],
        cwd=HERE.parents[1],
        env={**os.environ, "LD_PRELOAD": str(disk)},
        capture_output=True,
        text=True,
        check=False,
    )
    seeds = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(seeds) == SEEDS, done.stderr[-2000:]
    assert [seed for seed in seeds if seed["wrong"]] == []
    # All of it would be in vain if no disk failed.
    assert any(len(seed["told"]) < 4 or "said" in seed["told"] for seed in seeds)
