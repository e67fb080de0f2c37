"""Copies of a library that may be open in this process."""

from __future__ import annotations

import subprocess
from pathlib import Path


def copied_library(folder: Path, target: Path) -> Path:
    """Copy a library's folder by another process.

    Whoever closes a file lets go of all locks that its process has on it, SQLite's too; the next process to
    close the file then takes its log away from under the connections here (sqlite.org/howtocorrupt.html).
    """
    subprocess.run(["cp", "-R", str(folder), str(target)], check=True)
    return target
