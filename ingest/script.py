"""Simplified and Traditional characters."""

from __future__ import annotations

import re
from functools import cache

import opencc

_HAN = re.compile(r"[㐀-鿿]+")
_SAMPLE = 20_000
_TRADITIONAL_SHARE = 0.08


def simplified(text: str) -> str:
    """Return the text in Simplified characters (OpenCC t2s), character by character of the same length."""
    return str(_converter().convert(text))


def script_of(text: str) -> str:
    """Tell the script of a text: "hans", "hant", or "" where it has no Chinese characters."""
    han = "".join(_HAN.findall(text[:_SAMPLE]))
    if not han:
        return ""
    changed = sum(one != other for one, other in zip(han, simplified(han), strict=False))
    return "hant" if changed > len(han) * _TRADITIONAL_SHARE else "hans"


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
