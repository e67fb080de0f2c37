"""How much memory there is for all that reads files."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

# What a container may use stands here (Linux, control groups 2 and 1).
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def memory() -> int:
    """Return the bytes that the machine, or the container, has in all."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for limit in _LIMITS:
        # "max" is no limit.
        with suppress(OSError, ValueError):
            found.append(int(limit.read_text()))
    return min(found)
