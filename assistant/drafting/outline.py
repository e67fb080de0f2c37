"""Lists that a document gives by its headings: the parts of the section that a question asks for."""

from __future__ import annotations

import re

from assistant.citations import Quote
from assistant.drafting.draft import Draft, numbered
from assistant.drafting.inquiry import Inquiry
from assistant.question import AnswerKind, Question, unasked
from assistant.types import Hit
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, words
from vectorstore.types import Passage, PassageKind

_NUMBERING = re.compile(
    r"^(?:第[〇零一二三四五六七八九十百\d]+[编章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]|专栏\s*\d*[:：]?)\s*"
)
_COUNT = re.compile(r"([二两三四五六七八九十]|\d{1,2})(?:大|个|项|条|方面|类|种|点)")
_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_FEWEST, _MOST = 2, 12
_PROSE = (PassageKind.TEXT, PassageKind.LIST, PassageKind.BOX)
# A heading that runs in; behind a number it may have a comma.
_RUN_IN = re.compile(
    r"^(?:——)?((?:\d{1,2}[.、．]\s*|[（(][一二三四五六七八九十\d]{1,3}[）)])[^\n。；：:]{2,24}|[^\n，,。；：:]{2,24})[。：:](?=[^\n]{8})",
    re.MULTILINE,
)
_HEADING_CHARS = 40
_STOP = re.compile(r"[。！？；，\n]")


def outline(inquiry: Inquiry) -> Draft | None:
    """Return the sub-headings of the section whose heading a question names, in document order."""
    question, library = inquiry.question, inquiry.library
    count = _count(inquiry.folded)
    if question.kind is not AnswerKind.LIST and (question.kind is not AnswerKind.FACT or count is None):
        return None
    asked = frozenset([*words(question.query), *words(unasked(inquiry.folded))])
    for hit in inquiry.hits:
        for depth in range(len(hit.passage.section), 0, -1):
            path = hit.passage.section[:depth]
            if not _names(asked, path[-1]):
                continue
            parts = _parts(library, hit, path)
            # 第二条 alone names nothing.
            said = all(_NUMBERING.sub("", part.text).strip() for part in parts)
            fits = said and _FEWEST <= len(parts) <= _MOST and count in (None, len(parts))
            if fits and not any(_asked_alone(question, part) for part in parts):
                return Draft("\n".join(numbered(parts)), parts)
    return None


def _asked_alone(question: Question, part: Quote) -> bool:
    """Return whether a question names one of the parts itself, beside the name of them all."""
    head = fold(_NUMBERING.sub("", _STOP.split(part.text)[0]))
    rest = fold(question.query)
    for term in question.quoted:
        rest = rest.replace(fold(term), " ")
    return bool(head) and head in rest


def _count(folded: str) -> int | None:
    """Return the number of things that a question says there are: 四大, 5项."""
    match = _COUNT.search(folded)
    if match is None:
        return None
    return int(match.group(1)) if match.group(1).isdigit() else _DIGITS[match.group(1)]


def _names(asked: frozenset[str], heading: str) -> bool:
    """Return whether a question holds all words of a heading that have two characters at least."""
    wanted = [word for word in words(_NUMBERING.sub("", heading)) if len(word) > 1]
    return bool(wanted) and asked.issuperset(wanted)


def _parts(library: PolicyLibrary, hit: Hit, path: tuple[str, ...]) -> tuple[Quote, ...]:
    """Return the headings right below a section where they stand."""
    quotes: dict[str, Quote] = {}
    for passage in library.passages(hit.document.id):
        if passage.section[: len(path)] != path or passage.kind not in _PROSE:
            continue
        for heading, at in _headings(passage, len(path)):
            if heading in quotes:
                continue
            if at < 0 or len(heading) > _HEADING_CHARS:
                return ()
            text = passage.text[at : at + len(heading)].rstrip()
            start = passage.start + at
            quotes[heading] = Quote(passage, hit.document, text, text, start, start + len(text))
    return tuple(quotes.values())


def _headings(passage: Passage, depth: int) -> list[tuple[str, int]]:
    """Return the headings that a passage opens below a depth, with their places, -1 where absent."""
    if len(passage.section) > depth:
        return [(passage.section[depth], passage.text.find(passage.section[depth]))]
    # Short items share a passage, and their headings run in.
    return [(match.group(1), match.start(1)) for match in _RUN_IN.finditer(passage.text)]
