"""Tables of contents and titles that are printed twice."""

from __future__ import annotations

import re
from collections import Counter

from ingest.marks import SEAM
from ingest.numbering import number_of

_ENTRY_MAX = 160
_LEADER = re.compile(r"(?:[.．·]{3,}|…+|\.(?:\s\.){2,})[\s*]*(?:\t|\s)*\**\d{0,4}\**\s*$")
_TAB_PAGE = re.compile(r"\S\t\s*\d{1,3}\s*$")
_BULLET = re.compile(r"^\s*[-*+•·]\s+")
_CONTENTS = re.compile(r"^\s*#*\s*\**\s*(?:目\s*[录錄次]|contents)\s*\**\s*$", re.IGNORECASE)


def drop_contents(text: str) -> str:
    """Take out the table of contents: dotted leaders, page numbers behind tabs, a list that recurs."""
    lines = text.split("\n")
    dropped = {index for index, line in enumerate(lines) if _is_contents_entry(line)}
    starts = [index for index, line in enumerate(lines) if len(line) < 40 and _CONTENTS.match(line)]
    for start in starts[:3]:
        dropped.add(start)
        dropped.update(_contents_after(lines, start))
    return "\n".join(SEAM if index in dropped else line for index, line in enumerate(lines))


def drop_repeated_title(text: str) -> str:
    """Take out a title that is printed again below, when only the table of contents stands between."""
    lines = text.split("\n")
    standing = [index for index, line in enumerate(lines) if line.strip() or line == SEAM]
    for order, first in enumerate(standing[:6]):
        following = standing[order + 1 :]
        again = next((index for index in following if lines[index] != SEAM), None)
        if again is None or lines[first] == SEAM or again == following[0]:
            continue
        if _bare(lines[first]) == _bare(lines[again]):
            lines[first] = SEAM
    return "\n".join(lines)


def _is_contents_entry(line: str) -> bool:
    if len(line) > _ENTRY_MAX:
        return False
    bare = line.replace("*", "")
    if _LEADER.search(bare) and re.search(r"\d\s*$", bare):
        return True
    one_tab = bare.strip().count("\t") == 1
    return one_tab and bool(_TAB_PAGE.search(bare)) and number_of(bare.strip()) is not None


def _contents_after(lines: list[str], start: int) -> list[int]:
    below = Counter(_bare(line) for line in lines[start + 1 :] if line.strip())
    taken: list[int] = []
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if not line.strip():
            continue
        if _is_contents_entry(line) or (
            len(line.strip()) <= 60 and "。" not in line and below[_bare(line)] > 1
        ):
            taken.append(index)
            below[_bare(line)] -= 1
            continue
        break
    return taken


def _bare(line: str) -> str:
    line = re.sub(r"(?:[.．·…]{2,}|\t|(?<=[㐀-鿿”）])\s+(?=\d))[\s*]*\d{0,4}[\s*]*$", "", line)
    return re.sub(r"[\s#*]+", "", _BULLET.sub("", line))
