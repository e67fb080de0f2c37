"""How office files are read: made-up papers in every format, what was read held against what was written.

    python -m benchmarks.office [--files 2000] [--from 0] [--format docx …] [--faults 20] [--keep FOLDER]

The papers are the same every time. Prints one row a format and the first faults; leaves with 1 where a share
is below what is asked.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from benchmarks.office.comparing import Score
from benchmarks.office.files import FORMATS, read

ASKED = {
    "text": 0.999,
    "order": 0.999,
    "rows": 0.99,
    "headings": 0.99,
    "title": 0.98,
    "number": 0.98,
    "date": 0.98,
    "issuer": 0.98,
    "validity": 0.99,
}


def main() -> int:
    """Write, read, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--from", type=int, default=0, dest="start")
    parser.add_argument("--format", nargs="*", choices=sorted(FORMATS))
    parser.add_argument("--faults", type=int, default=20)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    formats = options.format or list(FORMATS)
    scores: dict[str, Score] = defaultdict(Score)
    left = options.faults
    for seed in range(options.start, options.start + options.files):
        name = formats[seed % len(formats)]
        file, score = read(seed, name)
        scores[name].merge(score)
        scores["all"].merge(score)
        if score.faults and options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / file.name).write_bytes(file.data)
        for fault in score.faults[: min(left, 3)]:
            print(f"{file.name}: {fault}")
            left -= 1
    print(f"\n| {options.files} files | " + " | ".join(ASKED) + " |\n|---|" + "---:|" * len(ASKED))
    for name, score in scores.items():
        shown = (f"{score.share(kind):.4f}" if score.all[kind] else "–" for kind in ASKED)
        print(f"| {name} | " + " | ".join(shown) + " |")
    return int(any(scores["all"].share(kind) < least for kind, least in ASKED.items()))


if __name__ == "__main__":
    sys.exit(main())
