"""What to write instead of a sentence that differs from its source, and states no more than the source."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.citations import Quote
from assistant.proof.proper_names import proper_names
from vectorstore.segmentation import fold

# 全市 in a source is its own city: it corrects no other one.
_CORRECTED = re.compile("资料中为“(?![全本我该])([^”…]+)”，不是“([^”]+)”")
# How firmly a figure is stated, before it and behind it.
_LEAD = (
    "(?:(?:力争|争取|努力|预计|预期|有望|拟)(?:实现)?)?"
    "(?:达到|达|突破|超过|不少于|不低于|不超过|约为|约|增至|提高到|至少)?"
)
_TRAIL = "(?:以上|以下|左右|以内)?"
_BOUNDED = re.compile(f"^(?:不低于|不超过|约)|{_TRAIL}$")
_PLACE = re.compile(r"[省市县区镇乡州旗盟]$")
_OWN = re.compile("[全我本]([省市县区镇乡州旗盟])")


def proposed(text: str, reason: str, quotes: Iterable[Quote]) -> str:
    """Return a sentence with the source's words in the place of its own, as firm as the source has them.

    Args:
        text: the sentence.
        reason: why it differs; it names both.
        quotes: what it differs from.

    Returns:
        The sentence, or "" where the reason names no words, or no quote says them of the sentence's place.
    """
    match = _CORRECTED.search(reason)
    if match is None:
        return ""
    said = re.search(_LEAD + re.escape(match[2]) + _TRAIL, text)
    told = re.compile(_LEAD + re.escape(_BOUNDED.sub("", match[1])) + _TRAIL)
    for quote in quotes:
        stated = told.search(quote.text)
        if said and stated and _of_same_place(text, quote.text[: stated.start()], quote.document.region):
            return text[: said.start()] + stated[0] + text[said.end() :]
    return ""


def _of_same_place(text: str, before: str, region: str) -> bool:
    """Return whether a sentence names the place that a source's words are of, where either names one.

    Args:
        text: the sentence.
        before: what stands before the words in the source.
        region: of the source.
    """
    before = re.split(r"[；。\n]", before)[-1]
    named, owner = _places(text), _places(before)
    whole, own = _OWN.search(text), _OWN.search(before)
    place = owner[-1] if owner else fold(region)
    if own and not owner and not place.endswith(own[1]):
        # 全区 in a source of a city: of which district, nobody can tell.
        return whole is not None and whole[1] == own[1]
    if named:
        return place.endswith(named[-1]) or not place
    if whole:
        return place.endswith(whole[1]) or not place
    return not owner and own is None


def _places(text: str) -> list[str]:
    return [name for name in proper_names(fold(text)) if _PLACE.search(name)]
