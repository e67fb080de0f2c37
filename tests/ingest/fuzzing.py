"""Reads broken files for a time or up to a number: `python -m tests.ingest.fuzzing SEED SECONDS INPUTS`.

Each input is a small file of some format with bytes turned, cut, doubled or taken from another one; of zipped
formats a part inside is changed. It is read as ingestion reads it, in this process: a crash ends it, and the
file that did it is left in the folder that is printed first. The last line tells the figures.
"""

from __future__ import annotations

import io
import json
import logging
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp

from ingest.files import Found
from ingest.messages import Task, Wanted
from ingest.worker import read_file
from tests.ingest.loaders.made_up import plain_text
from tests.ingest.loaders.test_docx import made_up_word
from tests.ingest.loaders.test_ofd import made_up_ofd
from tests.ingest.loaders.test_pdf import made_up_pdf
from tests.ingest.loaders.test_spreadsheet import made_up_workbook

_MEMORY = 4_000_000_000
_ROW = "云栖市,绿地,12\n" * 4
_PAGE = f"<html><head><title>规划</title></head><body><h1>规划</h1><p>{plain_text()[:400]}</p></body></html>"
_RECORD = json.dumps(
    {"title": "云栖市规划", "content": plain_text()[:300], "url": "http://x"}, ensure_ascii=False
)
_TOKENS = [
    b"<",
    b"]]>",
    b"\x00",
    b"%PDF",
    b"PK\x03\x04",
    b'"',
    b"\xff\xfe",
    b"{",
    b"<!DOCTYPE x [",
    b"endobj",
    b"9" * 30,
]


def corpus() -> dict[str, bytes]:
    """Return small files, one of each format that is read without other programs."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲.txt", plain_text())
        archive.writestr("乙.html", _PAGE)
    mht = f"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{_PAGE}"
    return {
        "a.txt": plain_text().encode(),
        "b.txt": plain_text().encode("gb18030"),
        "a.md": f"# 规划\n\n| 指标 | 目标 |\n|---|---|\n| 绿地 | 12 |\n\n{plain_text()[:300]}".encode(),
        "a.html": _PAGE.encode(),
        "a.mht": mht.encode(),
        "a.csv": ("地区,指标,目标\n" + _ROW).encode(),
        "a.jsonl": f"{_RECORD}\n{_RECORD}\n".encode(),
        "a.docx": made_up_word(),
        "a.xlsx": made_up_workbook(),
        "a.ofd": made_up_ofd(),
        "a.pdf": made_up_pdf(),
        "a.zip": packed.getvalue(),
    }


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return a file with some of its bytes changed."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _changed_inside(data, other, chance)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        place, length = chance.randrange(len(changed) + 1), chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(5):
            case 0 if changed:
                changed[place % len(changed)] ^= 1 << chance.randrange(8)
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length] * chance.choice((1, 3, 50))
            case 3:
                start = chance.randrange(len(other) + 1)
                changed[place : place + length] = other[start : start + length]
            case _:
                changed[place:place] = chance.choice(_TOKENS)
    return bytes(changed)


def _changed_inside(data: bytes, other: bytes, chance: random.Random) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w") as target:
        names = source.namelist()
        victim = chance.choice(names)
        for name in names:
            part = source.read(name)
            target.writestr(name, mutated(part, other, chance) if name == victim else part)
    return written.getvalue()


def main(seed: int, seconds: float, inputs: int) -> None:
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    chance, files, folder = random.Random(seed), corpus(), Path(mkdtemp(prefix="fuzz-"))  # noqa: S311
    print(folder, flush=True)
    told: Counter[str] = Counter()
    slowest, begun, number = 0.0, time.monotonic(), 0
    while number < inputs and time.monotonic() - begun < seconds:
        name, other = chance.choice(list(files)), chance.choice(list(files.values()))
        path = folder / f"current.{name.rpartition('.')[2]}"
        path.write_bytes(mutated(files[name], other, chance))
        started = time.monotonic()
        for read in read_file(Task(Found(path, path.name)), Wanted()):
            assert "\n" not in read.reason, read.reason
            told[read.outcome if "读取时出错" not in read.reason else read.reason] += 1
        slowest = max(slowest, time.monotonic() - started)
        path.unlink()
        number += 1
    folder.rmdir()
    took = round(time.monotonic() - begun, 1)
    print(
        json.dumps(
            {"inputs": number, "seconds": took, "slowest": round(slowest, 2), "answers": told},
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
