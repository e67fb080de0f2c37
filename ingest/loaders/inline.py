"""What is small in a line: white space without meaning, raised figures."""

from __future__ import annotations

import re

_HAN = r"㐀-鿿，。、；：？！（）《》“”"
_WRAPPED = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n]\s*(?=[{_HAN}])")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def one_line(words: str) -> str:
    """Put a text on one line; a line break between Chinese characters is no space."""
    return " ".join(_WRAPPED.sub("", words.replace("\u3000", " ")).split())


def raised(words: str) -> str:
    """Write raised figures as such: 10 to the power of 4 must not read as 104."""
    return words.translate(_RAISED) if re.fullmatch(r"\s*[-+−]?\d{1,3}\s*", words) else words
