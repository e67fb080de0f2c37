"""How the layouts of real offices are read: files by hand, each with what a careful reader reads in it.

    python -m benchmarks.office.layouts [--misses]

The files (`benchmarks/layouts`) are about places that do not exist, and were made by people who had not
seen the code: lists of projects, budgets with income beside expenditure, monthly figures, registers;
notices of several offices, regulations, gazettes, guides of a portal. Prints for each folder how much of
what stands in them is read right: title, issuers, number, day, place, each cell under the name of its
column, sentences under their headings.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.pipeline import parse
from vectorstore.types import ParsedDocument, PassageKind

_FOLDER = Path(__file__).parents[1] / "layouts"
FOLDERS = ("spreadsheets-1", "spreadsheets-2", "papers-1", "papers-2", "mixed-3", "mixed-4")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that stands in a file, and whether it was read."""

    file: str
    what: str
    read: bool


def main() -> None:
    """Read all files and print a row for each folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="list what was not read")
    misses = parser.parse_args().misses
    print("| files | read right | of |\n| --- | ---: | ---: |")
    for folder in FOLDERS:
        checks = checks_of(folder)
        print(f"| {folder} | {sum(check.read for check in checks)} | {len(checks)} |")
        for check in checks if misses else ():
            if not check.read:
                print(f"  {check.file}: {check.what}")


def checks_of(folder: str) -> list[Check]:
    """Read the files of a folder and hold them against what stands in them."""
    found: list[Check] = []
    for line in (_FOLDER / folder / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        expected = json.loads(line)
        name = expected["file"]
        parsed = parse((_FOLDER / folder / name).read_bytes(), name)
        for what, read in (
            *_described(expected, parsed),
            *_tabled(expected, parsed),
            *_told(expected, parsed),
        ):
            found.append(Check(name, what, read))
    return found


def _described(expected: dict[str, Any], parsed: ParsedDocument) -> Iterator[tuple[str, bool]]:
    document = parsed.document
    yield f"title {expected['title']}", _plain(document.title) == _plain(expected["title"])
    if "issuer" in expected:
        yield f"issuer {expected['issuer']}", sorted(document.issuers) == sorted(expected["issuer"])
    if "number" in expected:
        yield f"number {expected['number']}", document.document_number == expected["number"]
    if "date" in expected:
        yield f"date {expected['date']}", str(document.issued_on or "") == expected["date"]
    if "region" in expected:
        yield f"region {expected['region']}", document.region.endswith(expected["region"])


def _tabled(expected: dict[str, Any], parsed: ParsedDocument) -> Iterator[tuple[str, bool]]:
    tabled = [passage for passage in parsed.passages if passage.kind is PassageKind.TABLE_ROW]
    rows = [(_plain(passage.text), _plain("".join(passage.section))) for passage in tabled]
    text = _plain(parsed.text)
    for value in expected.get("values", ()):
        row, told, group = (_plain(value.get(key, "")) for key in ("row", "value", "group"))
        names = [_unbracketed(name) for name in value["column"]]
        own = (said for said, above in rows if row in said and (group in said or group in above))
        cells = (part for sentence in own for part in re.split("[；｜]", sentence))
        read = any(told in cell and all(name in _unbracketed(cell) for name in names) for cell in cells)
        # What stands in no column is the value of a pair.
        yield (
            f"{value['row']} {value['column']} {value['value']}",
            read or (not names and f"{row}：{told}" in text),
        )


def _told(expected: dict[str, Any], parsed: ParsedDocument) -> Iterator[tuple[str, bool]]:
    text = _plain(parsed.text)
    for remark in expected.get("remarks", ()):
        yield f"remark {remark}", _plain(remark) in text
    for absent in expected.get("not_text", ()):
        yield f"left out {absent}", _plain(absent) not in text
    for section in expected.get("sections", ()):
        wanted = [_plain(heading) for heading in section["heading"].split(" / ")]
        paths = [
            [_plain(heading) for heading in passage.section]
            for passage in parsed.passages
            if _plain(section["sentence"]) in _plain(passage.text)
        ]
        read = any(all(any(one in own or own in one for own in path) for one in wanted) for path in paths)
        yield f"{section['heading']}: {section['sentence']}", read


def _plain(words: str) -> str:
    return re.sub(r"[\s,，]", "", words)


def _unbracketed(words: str) -> str:
    """Return a column's name without its unit, which is written behind its figures."""
    return re.sub(r"[（(][^（()）]*[）)]", "", _plain(words))


if __name__ == "__main__":
    main()
