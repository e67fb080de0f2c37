"""Lists that a document gives by its headings: the parts of the section that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citations import Quote, quote_of
from assistant.question import AnswerKind, Question, unasked
from assistant.sentences import split_sentences
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
_RUN_IN = re.compile(r"^(?:——)?([^\n，,。；：:]{3,24})[。：:](?=[^\n]{8})", re.MULTILINE)
_HEADING_CHARS = 40
_OTHERWISE = (AnswerKind.NUMBER, AnswerKind.STATUS, AnswerKind.COMPARISON, AnswerKind.DOCUMENTS)


def outlined(library: PolicyLibrary, question: Question, hits: Sequence[Hit]) -> tuple[Quote, ...]:
    """Answer a list question with the sub-headings of the section whose heading it names.

    Args:
        library: the library the passages come from.
        question: what is asked.
        hits: the found passages; the sections they stand in are looked at.

    Returns:
        A quote for each sub-heading, in document order; empty where no section fits.
    """
    count = _count(fold(question.query))
    if question.kind in _OTHERWISE:
        return ()
    asked = frozenset(words(question.query))
    # Without a list or a count asked for, the question must be about the heading and nothing else.
    loose = question.kind is AnswerKind.LIST or count is not None
    for hit in hits:
        for depth in range(len(hit.passage.section), 0, -1):
            path = hit.passage.section[:depth]
            if not _names(asked, path[-1]) or not (loose or _only_names(question, hit, path[-1])):
                continue
            parts = _parts(library, hit, path)
            if _FEWEST <= len(parts) <= _MOST and count in (None, len(parts)):
                return _in_one_sentence(library, hit, path, parts) or parts
    return ()


def _count(folded: str) -> int | None:
    """Return the number of things that a question says there are: 四大, 5项."""
    match = _COUNT.search(folded)
    if match is None:
        return None
    return int(match.group(1)) if match.group(1).isdigit() else _DIGITS[match.group(1)]


def _names(asked: frozenset[str], heading: str) -> bool:
    """Tell whether a question holds all words of a heading that have two characters at least."""
    wanted = [word for word in words(_NUMBERING.sub("", heading)) if len(word) > 1]
    return bool(wanted) and asked.issuperset(wanted)


def _only_names(question: Question, hit: Hit, heading: str) -> bool:
    """Tell whether a question asks for a heading's content: nothing else is in it but place and title."""
    rest = unasked(fold(question.query))
    for mention in question.mentions:
        rest = rest.replace(mention.text, " ")
    known = {*words(heading), *words(hit.document.title), *words(hit.document.region)}
    return all(word in known or len(word) == 1 for word in words(rest))


def _parts(library: PolicyLibrary, hit: Hit, path: tuple[str, ...]) -> tuple[Quote, ...]:
    """Return the headings right below a section, each quoted where it stands."""
    quotes: dict[str, Quote] = {}
    for passage in library.passages(hit.document.id):
        if passage.section[: len(path)] != path or passage.kind not in _PROSE:
            continue
        for heading in _headings(passage, len(path)):
            at = passage.text.find(heading)
            if heading in quotes:
                continue
            if at < 0 or len(heading) > _HEADING_CHARS:
                return ()
            start = passage.start + at
            place = Quote(passage, hit.document, heading, heading, start, start + len(heading))
            quotes[heading] = place
    return tuple(quotes.values())


def _in_one_sentence(
    library: PolicyLibrary, hit: Hit, path: tuple[str, ...], parts: tuple[Quote, ...]
) -> tuple[Quote, ...]:
    """Return the sentence of the section that names all its parts, where there is one."""
    named = [_NUMBERING.sub("", part.text) for part in parts]
    for passage in library.passages(hit.document.id):
        if passage.section[: len(path)] == path and passage.kind in _PROSE:
            for sentence in split_sentences(passage):
                if all(name in sentence.text for name in named):
                    return (quote_of(library, sentence, hit.document),)
    return ()


def _headings(passage: Passage, depth: int) -> list[str]:
    """Return the headings that a passage opens below a depth; short items share a passage and run in."""
    if len(passage.section) > depth:
        return [passage.section[depth]]
    return [match.group(1) for match in _RUN_IN.finditer(passage.text)]
