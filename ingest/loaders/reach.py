"""How many cells a workbook's merges and links reach: the library that reads it makes every one of them."""

from __future__ import annotations

import zipfile

from lxml import etree
from openpyxl.utils.cell import range_boundaries

_MOST_CELLS = 2_000_000
_REACHING = ("{*}mergeCell", "{*}hyperlink")


def reaches_too_far(package: zipfile.ZipFile) -> bool:
    """Say whether the merges and links of a workbook's sheets reach more cells than can be held.

    Raises:
        ValueError, etree.XMLSyntaxError: a sheet is broken.
    """
    total = 0
    for info in package.infolist():
        if not info.filename.lower().endswith(".xml"):
            continue
        with package.open(info) as sheet:
            for _, element in etree.iterparse(
                sheet, tag=_REACHING, resolve_entities=False, no_network=True, huge_tree=True
            ):
                total += _cells(str(element.get("ref", "")))
                element.clear()
                if total > _MOST_CELLS:
                    return True
    return False


def _cells(reference: str) -> int:
    if ":" not in reference:
        return 1
    left, top, right, bottom = (side or 0 for side in range_boundaries(reference))
    return (right - left + 1) * (bottom - top + 1)
