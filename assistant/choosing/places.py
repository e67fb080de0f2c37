"""The places that a question names, held against what documents are about."""

from __future__ import annotations

import re

from assistant.question import Question
from vectorstore.segmentation import fold, place_names, word_breaks

_PLACE = re.compile(
    r"[一-鿿]{2}(?:新区|开发区|高新区|自贸区|街道|(?<![上城超都全我本各该股省])市|(?<![全各本该两])县|"
    r"(?<![全我本该各外节两])省|(?<![园片社地全我小城市郊景湾库矿特本辖各两该新发税业住护范验心])区(?![域间位分别块])|"
    r"(?<![城村集小特])镇)"
)
_NOT_IN_A_NAME = re.compile(
    r"[能的是有在和与及到从个项年多少哪几各全一二三四五六七八九十两数]|^(?:推进|促进|支持|落实|按照|争取|列入|纳入|实施|建设|打造|发展)"
)
_KIND = re.compile(r"(?<=[一-鿿]{2})(?:省|市|自治区|区|县|镇)$")


def asked_places(question: Question) -> tuple[str, ...]:
    """Return the cores of the places that a question names: 九江 of 九江市."""
    folded = fold(question.query)
    named = [name for _, name in place_names(folded)] + list(foreign_places(question))
    return tuple(dict.fromkeys(_KIND.sub("", name) for name in named))


def foreign_places(question: Question) -> list[str]:
    """Return the places that a question names and no document of the library is about."""
    folded = fold(question.query)
    # Cut within words, 体系能省多少 would name a province.
    breaks = word_breaks(folded)
    named = [
        (match.start(), match.group())
        for match in _PLACE.finditer(folded)
        if not _NOT_IN_A_NAME.search(match.group()) and {match.start(), match.end()} <= breaks
    ]
    # A bare name such as 苏州 is surely the place asked about where it opens the question.
    named += [(start, name) for start, name in place_names(folded) if start == 0]
    return [
        name
        for start, name in named
        if not any(known.start < start + len(name) and start < known.end for known in question.mentions)
    ]
