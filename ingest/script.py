"""Simplified and Traditional characters."""

from __future__ import annotations

import re
from functools import cache
from operator import ne

import opencc

_HAN = re.compile(r"[㐀-鿿]+")
_SAMPLE = 20_000
_TRADITIONAL_SHARE = 0.08


def simplified(text: str) -> str:
    """Return the text in Simplified characters (OpenCC t2s), character by character of the same length."""
    return str(_converter("t2s").convert(text))


def script_of(text: str) -> str:
    """Tell the script of a text: "hans", "hant", or "" where it has no Chinese characters."""
    han = "".join(_HAN.findall(text[:_SAMPLE]))
    if not han:
        return ""
    changed = sum(map(ne, han, simplified(han)))
    return "hant" if changed > len(han) * _TRADITIONAL_SHARE else "hans"


def is_other_script(line: str, script: str) -> bool:
    """Tell a line that is plainly in the other script than a text: it has characters of that one only."""
    simple, traditional = simplified(line), str(_converter("s2t").convert(line))
    if script == "hant":
        return simple == line != traditional
    return script == "hans" and traditional == line != simple


@cache
def _converter(direction: str) -> opencc.OpenCC:
    return opencc.OpenCC(direction)
