"""Names and types of files that are made for people to take along."""

from __future__ import annotations

import re

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of an .xlsx file."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of a .docx file."""
_UNFIT = re.compile(r"[\\/:*?\"<>|.\s]+")
_CHARS = 40


def file_name(title: str, otherwise: str) -> str:
    """Return the name of a file without its ending, fit for every system.

    Args:
        title: what the file holds.
        otherwise: the name where nothing of the title is left.
    """
    return _UNFIT.sub("_", title)[:_CHARS].strip("_") or otherwise
