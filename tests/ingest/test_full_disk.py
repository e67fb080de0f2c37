"""However little room is left, an ingestion says so, or is well."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vectorstore.disks import small_disk
from vectorstore.doctor import examine
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

ROOMS = [int(room) for room in os.environ.get("DISK_ROOMS", "700 1500 4000").split()]


def documents(folder: Path) -> Path:
    """Write a dozen documents of some length."""
    folder.mkdir()
    for number in range(12):
        sections = "\n\n".join(
            f"第{part}条 云栖市安排第{number}批专项资金{100 * number + part}万元，支持人才公寓建设。"
            for part in range(1, 80)
        )
        (folder / f"{number}.txt").write_text(f"云栖市第{number}号文件\n\n{sections}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_is_said_and_what_is_said_to_be_well_is(tmp_path: Path, room: int) -> None:
    source = documents(tmp_path / "documents")
    with small_disk(tmp_path / "disk", "32m") as disk:
        settings = LibrarySettings.in_folder(disk / "data")
        with PolicyLibrary.open(settings) as library, library.write():
            pass
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 1000 * room))
        command = [sys.executable, "-m", "ingest", str(source), "--workers", "1"]
        environment = {**os.environ, "POLICY_DATA_DIR": str(settings.policy_data_dir)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        said = done.stderr.strip()
        if done.returncode:
            assert "空间" in said.splitlines()[-1], said
            assert "Traceback" not in said
        ballast.unlink()
        with PolicyLibrary.open(settings) as library:
            held = len(library.documents())
            assert held == 12 or done.returncode, said
        assert examine(settings).findings == (), done.returncode
        # With room again the rest goes in.
        again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert again.returncode == 0, again.stderr
        with PolicyLibrary.open(settings) as library:
            assert len(library.documents()) == 12
        assert examine(settings).findings == ()
